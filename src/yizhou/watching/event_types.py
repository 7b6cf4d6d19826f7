"""Events of unusual looks."""

from yizhou.events.kinds import kind

kind("reading.noticed", "发现异常查阅")
kind("reading.explained", "异常查阅：已说明")
kind("reading.raised", "异常查阅：上报")
