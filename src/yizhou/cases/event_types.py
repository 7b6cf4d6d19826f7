"""Events of cases and bundles: they tell the work ledger and the page of the case.

The life axis shows the cases themselves (``panels.py``), so none of these stands there a second time.
"""

from yizhou.events.kinds import kind

kind("bundle.filed", "一件事收件")
kind("bundle.accepted", "一件事受理并分发")
kind("bundle.closed", "一件事办结")
kind("case.filed", "收件")
kind("case.accepted", "受理")
kind("case.declined", "不予受理")
kind("case.supplement_requested", "一次告知补正")
kind("case.supplemented", "补正收齐")
kind("case.material_received", "收到材料")
kind("case.dispatched", "重新派件")
kind("case.released", "前置办结，开始计时")
kind("case.signed", "签收")
kind("case.suspended", "挂起")
kind("case.resumed", "恢复办理")
kind("case.extended", "延期")
kind("case.returned", "退回受理岗")
kind("case.referred", "转办")
kind("case.withdrawn", "撤回")
kind("case.urged", "催办")
kind("case.decided", "作出决定")
kind("case.issued", "制证")
kind("case.delivered", "送达")
kind("case.department_asked", "请求协办")
kind("case.department_answered", "答复协办")
kind("case.form_revealed", "查看申请内容原文", changes=False)
kind("rating.given", "评价")
kind("rating.followed_up", "差评回访")
kind("rating.fixed", "差评整改反馈")
kind("rating.voided", "评价认定无效")
