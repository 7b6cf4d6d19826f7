"""Noting that somebody came from beyond the city, and taking a mistake back."""

from __future__ import annotations

import json

from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.lifecycle.rules import REGULAR
from yizhou.moves.models import Incoming
from yizhou.moves.rules import LONGEST, SHORTEST, Letter, blockers_of_letter
from yizhou.people.models import Person

NOTE = "moves.note_incoming"
TWICE = Blocker("TWICE", "这一天的迁入已登记过", "登记错了的，先撤回原来的")
GONE = Blocker("GONE", "档案已标明去世、迁出或注销", "迁回来的，先更正档案里的迁出日期")


@action(NOTE)
def note_incoming(person: Person, letter: Letter, *, actor: Actor) -> Incoming:
    """Keep what the letter of the former office says. The file itself is not changed. Raises ``Refused``."""
    gone = [GONE] if person.is_gone(clock.today()) else []
    refuse([*gone, *blockers_of_letter(letter, clock.today())])
    assert letter.moved_on is not None
    incoming = Incoming(
        person=person,
        moved_on=letter.moved_on,
        former_office=letter.former_office.strip(),
        letter_no=letter.letter_no.strip(),
        words=letter.words.strip(),
        account_id=actor.account_id,
        actor=actor.name,
        noted_at=clock.now(),
    )
    paid = {code: month for code, month in letter.paid.items() if code in REGULAR}
    incoming.seal({"paid": json.dumps(paid)})
    try:
        with transaction.atomic():
            incoming.save(force_insert=True)
    except IntegrityError:
        refuse([TWICE])
    concern = Concern(person.pk, person.household_area)
    record(actor, "incoming.noted", incoming, concern=concern, reason=letter.letter_no.strip())
    return incoming


@action(NOTE)
def withdraw_incoming(incoming: Incoming, why: str, *, actor: Actor) -> Incoming:
    """Take it back: it counts no more, and stays on record. Raises ``Refused``, ``Conflict`` the second time."""
    if not SHORTEST <= len(why.strip()) <= LONGEST:
        refuse([Blocker("WHY", f"撤回原因要 {SHORTEST} 至 {LONGEST} 字", "写明错在哪里")])
    mine = Incoming.objects.visible_to(actor).filter(pk=incoming.pk, withdrawn_at=None)
    taken = {"withdrawn_at": clock.now(), "withdrawn_by": actor.name, "withdrawn_why": why.strip()}
    if mine.update(**taken) != 1:
        raise Conflict("这项登记已撤回", "刷新页面查看")
    concern = Concern(incoming.person_id, incoming.person.household_area)
    record(actor, "incoming.withdrawn", incoming, concern=concern, reason=why.strip())
    return incoming
