"""Noting one hint, and taking it back when it was a mistake."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.lifecycle.models import LifeSignal, SignalKind
from yizhou.people.models import Person

NOTE = "lifecycle.note_signal"
SHORTEST, LONGEST = 4, 200
TWICE = Blocker("TWICE", "这一天同一来源的线索已登记过", "有新情况的，写明另一个日期")


@action(NOTE)
def note_signal(
    person: Person, kind: str, noted_on: dt.date | None, words: str, *, actor: Actor
) -> LifeSignal:
    """Keep a hint that somebody may have died. Nothing is stopped. Raises ``Refused``."""
    refuse(blockers_to_note(person, kind, noted_on, words))
    assert noted_on is not None
    signal = LifeSignal(
        person=person,
        kind=kind,
        noted_on=noted_on,
        words=words.strip(),
        account_id=actor.account_id,
        actor=actor.name,
        noted_at=clock.now(),
    )
    try:
        with transaction.atomic():
            signal.save(force_insert=True)
    except IntegrityError:
        refuse([TWICE])
    concern = Concern(person.pk, person.household_area)
    record(actor, "life_signal.noted", signal, concern=concern, reason=signal.words, source=kind)
    return signal


def blockers_to_note(person: Person, kind: str, noted_on: dt.date | None, words: str) -> list[Blocker]:
    """Why a hint cannot be kept."""
    found = []
    if kind not in SignalKind.values:
        found.append(Blocker("KIND", "没有选线索来源", "从所列的来源里选一个"))
    if noted_on is None or noted_on > clock.today():
        found.append(Blocker("DAY", "日期没有填对，或在今天之后", "填得知线索的日期"))
    if not SHORTEST <= len(words.strip()) <= LONGEST:
        found.append(Blocker("WORDS", f"内容要 {SHORTEST} 至 {LONGEST} 字", "写明谁、怎么得知的"))
    if person.is_gone(clock.today()):
        found.append(Blocker("ENDED", "这份档案已去世、迁出或注销", "不必再登记线索"))
    return found


@action(NOTE)
def withdraw_signal(signal: LifeSignal, why: str, *, actor: Actor) -> LifeSignal:
    """Take a hint back: it counts no more, and stays on record. Raises ``Refused``, ``Conflict`` the second time."""
    if not SHORTEST <= len(why.strip()) <= LONGEST:
        refuse([Blocker("WHY", f"撤回原因要 {SHORTEST} 至 {LONGEST} 字", "写明错在哪里")])
    mine = LifeSignal.objects.visible_to(actor).filter(pk=signal.pk, withdrawn_at=None)
    taken = {"withdrawn_at": clock.now(), "withdrawn_by": actor.name, "withdrawn_why": why.strip()}
    if mine.update(**taken) != 1:
        raise Conflict("这条线索已撤回", "刷新页面查看")
    concern = Concern(signal.person_id, signal.person.household_area)
    record(actor, "life_signal.withdrawn", signal, concern=concern, reason=why.strip(), source=signal.kind)
    return signal
