"""Events of a move; the change of the file itself has its own."""

from yizhou.events.kinds import kind

kind("move.asked", "申请迁入")
kind("move.confirmed", "确认迁出")
kind("move.refused", "退回迁入申请")
kind("move.withdrawn", "撤回迁入申请")
