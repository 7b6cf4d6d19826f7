"""不予受理: in writing, with the reason and the way to appeal."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_decline
from yizhou.cases.rules.states import Status
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.decline_case")
def decline_case(case: Case, *, reason: str, remedy: str, actor: Actor) -> Case:
    """Refuse to accept; ``remedy`` tells where the applicant may appeal."""
    handling = Handling(case, actor)
    handling.check(blockers_to_decline, reason, remedy)
    handling.finish("decline", Status.REJECTED, "REJECTED", reason)
    handling.record("case.declined", reason=reason, remedy=remedy[:200])
    handling.join()
    return handling.case
