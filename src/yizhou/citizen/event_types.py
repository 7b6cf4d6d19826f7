"""Events of the access that somebody has to the own file."""

from yizhou.events.kinds import kind

kind("citizen.slip_issued", "发给“我的服务”激活单")
kind("citizen.activated", "本人激活“我的服务”")
kind("citizen.signed_in", "本人登录“我的服务”", changes=False)
kind("citizen.closed", "停用“我的服务”")
