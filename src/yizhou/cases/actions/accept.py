"""受理: the promised time begins."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling, due_text, start_clock
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_accept
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.accept_case")
def accept_case(case: Case, *, actor: Actor) -> Case:
    """Accept one case. One that nobody answered in time counts as accepted when it came in (行政许可法第32条)."""
    handling = Handling(case, actor)
    handling.check(blockers_to_accept)
    accept_now(handling)
    handling.join()
    return handling.case


def accept_now(handling: Handling, **note: str) -> None:
    """Start the clock of a case that may be accepted, and record it."""
    deemed = handling.facts.is_deemed_accepted
    moment = handling.case.applied_at if deemed else clock.now()
    columns = start_clock(handling.case, moment, handling.calendar)
    handling.move("accept", Status.ACCEPTED, accepted_by=handling.actor.account_id, **columns)
    handling.record("case.accepted", due_on=due_text(handling.case), deemed=deemed, **note)
