"""Events of plans and of contacts assigned to many at once."""

from yizhou.events.kinds import kind

kind("plan.drafted", "起草服务方案", ring="care")
kind("plan.measure_added", "服务方案加一条措施", ring="care")
kind("plan.measure_struck", "服务方案去掉一条措施", ring="care")
kind("plan.started", "服务方案开始执行", ring="care", on_axis=True)
kind("plan.measure_settled", "落实服务方案措施", ring="care")
kind("plan.evaluated", "评估服务方案", ring="care", on_axis=True)
kind("contact_batch.assigned", "成批指派联系人")
kind("contact_batch.undone", "撤销成批指派")
kind("contact.assigned", "指派联系人", ring="care")
kind("contact.handed_back", "恢复原联系人", ring="care")
