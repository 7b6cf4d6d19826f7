"""退回受理岗: the department says what is lacking; the clock goes on."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_return
from yizhou.cases.rules.states import Status
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.return_case")
def return_case(case: Case, *, reason: str, actor: Actor) -> Case:
    """Give a case back to the intake desk, which sends it on again, refers it or asks for more."""
    handling = Handling(case, actor)
    handling.check(blockers_to_return, reason)
    handling.move("return", Status.RETURNED, return_count=handling.case.return_count + 1)
    handling.record("case.returned", reason=reason, times=handling.case.return_count)
    return handling.case
