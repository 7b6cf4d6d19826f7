"""恢复办理: the clock runs again from today on."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling, end_pause
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_resume
from yizhou.cases.rules.states import Status
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.resume_case")
def resume_case(case: Case, *, note: str = "", actor: Actor) -> Case:
    """Go on with a suspended case; the days since it was suspended do not count."""
    handling = Handling(case, actor)
    handling.check(blockers_to_resume)
    days = end_pause(handling.state, handling.today)
    total = (handling.case.paused_days or 0) + days
    handling.move("resume", Status.IN_PROGRESS, paused_days=total, paused_since=None)
    handling.record("case.resumed", reason=note, paused_days=days)
    return handling.case
