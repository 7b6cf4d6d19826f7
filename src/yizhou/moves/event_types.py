"""Events of a move; the change of the file itself has its own.

An agreed one stands in the log of both sides: ``confirmed`` where the file was, ``arrived`` where it is and on its axis.
"""

from yizhou.events.kinds import kind

kind("move.asked", "申请迁入")
kind("move.confirmed", "确认迁出")
kind("move.arrived", "户籍市内迁移", ring="axis", on_axis=True)
kind("move.refused", "退回迁入申请")
kind("move.withdrawn", "撤回迁入申请")
kind("incoming.noted", "登记外地迁入", ring="axis", on_axis=True)
kind("incoming.withdrawn", "撤回外地迁入的登记")
