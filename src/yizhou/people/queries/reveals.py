"""How often an account has looked at sealed values, and why it may not look once more (trust.md T6).

One count for every way of looking: a field of a file, and the form of a case.
"""

from __future__ import annotations

import datetime as dt

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.events.models import Event
from yizhou.people.sensitive import REASONS

ALARM_PER_HOUR = 30
REFUSED_PER_DAY = 60


def reveals_since(actor: Actor, since: dt.datetime) -> int:
    """How often this account has looked since a moment."""
    mine = Event.objects.everywhere("one account's own reveals, wherever").filter(
        account_id=actor.account_id, at__gt=since
    )
    # The kinds stand in the statement itself, word for word as in the partial index ``event_reveal``: only so does
    # SQLite see that it fits.
    return mine.extra(where=["kind IN ('person.revealed', 'case.form_revealed')"]).count()


def blockers_to_look(what: str, reason: str, actor: Actor) -> list[Blocker]:
    """Why ``what`` may not be looked at now: no purpose, or looked often enough today."""
    if reason not in REASONS:
        return [Blocker("REASON", f"请选择查看“{what}”的用途", "选一项用途后再查看")]
    if reveals_since(actor, clock.now() - dt.timedelta(days=1)) >= REFUSED_PER_DAY:
        message = f"24 小时内已查看 {REFUSED_PER_DAY} 次，今天不能再查看"
        return [Blocker("TOO_MANY_REVEALS", message, "确有需要请联系本单位安全管理员")]
    return []
