"""Events of the person's file."""

from yizhou.events.kinds import kind

kind("person.revealed", "查看敏感字段", changes=False)
kind("person.reveal_alarm", "一小时内查看敏感字段过多", changes=False)
kind("person.created", "新建档案", ring="axis", on_axis=True)
kind("person.corrected", "更正档案")
kind("person.change_proposed", "提交更正复核")
kind("person.change_refused", "更正复核未通过")
kind("person.change_withdrawn", "撤回待复核的更正")
kind("person.confirmed", "核实档案")
kind("person.archive_received", "接收人事档案", on_axis=True)
