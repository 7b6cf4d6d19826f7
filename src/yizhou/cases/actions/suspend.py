"""挂起: a lawful reason stops the clock, at most twice."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling, begin_pause
from yizhou.cases.models import Case, CasePause
from yizhou.cases.rules.blockers import SUSPEND_REASONS, blockers_to_suspend
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.suspend_case")
def suspend_case(case: Case, *, reason: str, note: str = "", actor: Actor) -> Case:
    """Stop the clock from today on; ``reason`` is a code of ``SUSPEND_REASONS``."""
    handling = Handling(case, actor)
    handling.check(blockers_to_suspend, reason)
    handling.move(
        "suspend",
        Status.SUSPENDED,
        suspensions=handling.case.suspensions + 1,
        paused_since=handling.today,
        signed_at=handling.case.signed_at or clock.now(),
    )
    begin_pause(handling.case, CasePause.Kind.SUSPENDED, handling.today, reason=reason, note=note)
    handling.record("case.suspended", reason=note or SUSPEND_REASONS[reason], code=reason)
    return handling.case
