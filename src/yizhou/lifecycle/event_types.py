"""Events of life events."""

from yizhou.events.kinds import kind

kind("life_event.found", "发现生命周期事件", ring="care")
kind("life_event.revoked", "生命周期事件因事实更正而撤销", ring="care")
kind("life_event.reinstated", "生命周期事件恢复", ring="care")
kind("life_task.done", "办结生命周期任务", ring="care")
kind("life_task.skipped", "跳过生命周期任务", ring="care")
