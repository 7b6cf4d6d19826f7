"""签收: the department takes a leg that was sent to it."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_sign
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.sign_case")
def sign_case(case: Case, *, actor: Actor) -> Case:
    """Sign for a case; whether it was within the workday stands in the event."""
    handling = Handling(case, actor)
    handling.check(blockers_to_sign)
    due = handling.case.sign_due_on
    handling.move("sign", Status.IN_PROGRESS, signed_at=clock.now())
    handling.record("case.signed", in_time=due is None or handling.today <= due)
    return handling.case
