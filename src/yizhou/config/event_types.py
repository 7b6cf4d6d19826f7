"""Events of running the installation."""

from yizhou.events.kinds import kind

kind("keys.rotated", "更换数据密钥")
