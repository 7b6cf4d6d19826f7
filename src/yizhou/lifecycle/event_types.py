"""Events of life events."""

from yizhou.events.kinds import kind

kind("life_event.found", "发现生命周期事件", ring="care")
kind("life_event.revoked", "生命周期事件因事实更正而撤销", ring="care")
kind("life_event.reinstated", "生命周期事件恢复", ring="care")
kind("life_task.done", "办结生命周期任务", ring="care")
kind("life_task.skipped", "跳过生命周期任务", ring="care")
kind("life_event.accompanied", "指定生命周期事件的陪办人", ring="care")
kind("life_signal.noted", "登记近况线索", ring="care")
kind("life_signal.withdrawn", "撤回近况线索", ring="care")
kind("life_signal.listed", "比对线索名单", ring="care")
