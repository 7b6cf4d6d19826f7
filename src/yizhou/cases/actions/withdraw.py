"""撤回: the applicant takes the case back before it is decided."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_withdraw
from yizhou.cases.rules.states import Status
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.withdraw_case")
def withdraw_case(case: Case, *, reason: str, actor: Actor) -> Case:
    """End a case at the applicant's wish; it may be filed anew."""
    handling = Handling(case, actor)
    handling.check(blockers_to_withdraw, reason)
    withdraw_now(handling, reason)
    return handling.case


def withdraw_now(handling: Handling, reason: str) -> None:
    """End it as withdrawn, whoever asked for it."""
    handling.finish("withdraw", Status.WITHDRAWN, "WITHDRAWN", reason)
    handling.record("case.withdrawn", reason=reason)
    handling.join()
