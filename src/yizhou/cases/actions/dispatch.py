"""重新派件: the intake desk sends a returned case to a department, the same or the right one."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.queries.facts import limits
from yizhou.cases.rules.blockers import blockers_to_dispatch
from yizhou.cases.rules.states import Status
from yizhou.catalogue.queries import catalogue
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action


@action("cases.dispatch_case")
def dispatch_case(case: Case, *, department: str, note: str = "", actor: Actor) -> Case:
    """Send it to ``department`` (a code), which has a workday to sign for it."""
    handling = Handling(case, actor)
    handling.check(blockers_to_dispatch)
    if department not in catalogue().departments:
        refuse([Blocker("NO_DEPARTMENT", "没有选承办单位", "从所列单位中选一个")])
    sign_due_on = handling.calendar.add(handling.today, limits().sign_days)
    handling.move("dispatch", Status.ACCEPTED, department=department, sign_due_on=sign_due_on, signed_at=None)
    handling.record("case.dispatched", reason=note, department=department)
    return handling.case
