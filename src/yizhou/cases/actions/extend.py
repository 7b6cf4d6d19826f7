"""延期: approved once, before it is due, within the law; the promised day stays on record."""

from __future__ import annotations

from dataclasses import replace

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.queries.facts import running_of
from yizhou.cases.rules.blockers import blockers_to_extend
from yizhou.cases.rules.clock import due_of
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action


@action("cases.extend_case")
def extend_case(case: Case, *, days: int, reason: str, actor: Actor) -> Case:
    """Add ``days`` workdays; ``due_on`` keeps the promise, the new day is stored apart."""
    handling = Handling(case, actor)
    current = handling.case
    running = replace(running_of(current, handling.state.pauses), extended_days=max(days, 0))
    due = due_of(running, handling.calendar)
    until = due.due_on if due else None
    handling.check(blockers_to_extend, days, until)
    if not reason.strip():
        refuse([Blocker("NO_REASON", "没有写明延期的理由", "写明理由，并书面告知申请人")])
    handling.change(extended_days=days, extended_due_on=until)
    handling.record("case.extended", reason=reason, days=days, due_on=until.isoformat() if until else "")
    return current
