"""送达: the result is in the applicant's hands; the case is closed."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_deliver
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action

WAYS = {"WINDOW": "窗口领取", "POST": "邮寄", "ONLINE": "网上送达", "HOME": "送证上门"}


@action("cases.deliver_case")
def deliver_case(case: Case, *, way: str = "WINDOW", note: str = "", actor: Actor) -> Case:
    """Hand the result over; ``way`` is a code of ``WAYS``."""
    handling = Handling(case, actor)
    handling.check(blockers_to_deliver)
    if way not in WAYS:
        refuse([Blocker("NO_WAY", "没有选送达方式", "选一种")])
    handling.move("deliver", Status.CLOSED, delivered_at=clock.now())
    handling.record("case.delivered", reason=note, way=way)
    handling.join()
    return handling.case
