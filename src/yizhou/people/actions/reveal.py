"""Showing one sealed field in full: logged in the same transaction before the value leaves (trust.md T6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import action
from yizhou.events.models import Event
from yizhou.events.recording import Concern, record
from yizhou.people.models import Person
from yizhou.people.sensitive import REASONS, REVEAL, column, revealable

ALARM_PER_HOUR = 30
REFUSED_PER_DAY = 60


@dataclass(frozen=True, slots=True, repr=False)
class Revealed:
    """A value on its way to one pair of eyes. Not a text: an action's text is kept as the answer to repetitions."""

    value: str


@action(REVEAL)
def reveal_field(person: Person, field: str, reason: str, note: str = "", *, actor: Actor) -> Revealed:
    """The full value of a sealed field of a person inside the actor's scope; empty where nothing is stored.

    Writes ``person.revealed``; the thirty-first in an hour also writes ``person.reveal_alarm`` for the security
    officer, the sixty-first of a day is refused. Raises ``Refused``.
    """
    if blockers := blockers_to_reveal(field, reason, actor):
        raise Refused(blockers)
    concern = Concern(person.pk, person.household_area)
    words = REASONS[reason] + (f"：{note.strip()}" if note.strip() else "")
    record(actor, "person.revealed", person, concern=concern, reason=words, field=field)
    times = reveals_since(actor, clock.now() - dt.timedelta(hours=1))
    if times == ALARM_PER_HOUR + 1:
        record(actor, "person.reveal_alarm", person, concern=concern, times=times)
    return Revealed(person.opened().get(field, ""))


def blockers_to_reveal(field: str, reason: str, actor: Actor) -> list[Blocker]:
    """Why the field may not be shown now."""
    if not revealable(field, actor):
        return [Blocker("NOT_REVEALABLE", "您的岗位不能查看这一项的原文", "请联系本单位管理员核对岗位授权")]
    if reason not in REASONS:
        return [Blocker("REASON", f"请选择查看“{column(field).header}”的用途", "选一项用途后再查看")]
    if reveals_since(actor, clock.now() - dt.timedelta(days=1)) >= REFUSED_PER_DAY:
        message = f"24 小时内已查看 {REFUSED_PER_DAY} 次，今天不能再查看"
        return [Blocker("TOO_MANY_REVEALS", message, "确有需要请联系本单位安全管理员")]
    return []


def reveals_since(actor: Actor, since: dt.datetime) -> int:
    """How many fields this account has revealed since a moment."""
    mine = Event.objects.everywhere("one account's own reveals, wherever").filter(
        account_id=actor.account_id, at__gt=since
    )
    # The kind stands in the statement itself: only so does SQLite see that the partial index fits.
    return mine.extra(where=["kind = 'person.revealed'"]).count()
