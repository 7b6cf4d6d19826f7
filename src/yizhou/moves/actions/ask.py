"""Asking for a file that lies elsewhere, by number and name; taking the request back."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction

from yizhou.core import clock, crypto, id_numbers
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.core.text import bare_name
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.moves.models import Move, MoveStatus
from yizhou.moves.queries import ASK, answer_days
from yizhou.moves.rules import NOT_FOUND, Wish, blockers_of_wish
from yizhou.orgs.models import Division
from yizhou.orgs.queries import work_calendar
from yizhou.people.models import Person

WHY = "a file that lies elsewhere is asked for by number and name, and nothing of it is told"


@action(ASK)
def ask_move(wish: Wish, *, actor: Actor) -> Move:
    """Ask the station that holds the file for it. Raises ``Refused`` with one answer for whoever is not to be found.

    An attempt that fails stands in the log as refused, without number and name.
    """
    refuse(blockers_of_wish(wish, clock.today(), is_inside=_is_village_of(wish.to_area, actor)))
    person = _elsewhere(wish, actor)
    if person is None:
        raise Refused([NOT_FOUND])
    move = _entered(wish, person, actor)
    try:
        with transaction.atomic():
            move.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这个人已有一项迁移在办", "等那一项答复或撤回后再来") from None
    told = {"number": move.number, "to_area": move.to_area}
    record(actor, "move.asked", move, concern=Concern(person.pk, move.from_area), **told)
    return move


@action(ASK)
def withdraw_move(move: Move, *, actor: Actor) -> Move:
    """Take one's own request back while nobody has answered it. Raises ``Refused``, ``Conflict``."""
    if move.asked_by_id is None or move.asked_by_id != actor.account_id:
        raise Refused([Blocker("NOT_YOURS", "只有申请人可以撤回", f"请 {move.asked_by} 撤回")])
    mine = Move.objects.visible_to(actor).waiting().filter(pk=move.pk)
    if mine.update(status=MoveStatus.WITHDRAWN) != 1:
        raise Conflict("这项迁移已经答复或撤回")
    move.status = MoveStatus.WITHDRAWN
    concern = Concern(move.person_id, move.from_area)
    record(actor, "move.withdrawn", move, concern=concern, number=move.number)
    return move


def _is_village_of(code: str, actor: Actor) -> bool:
    return actor.covers(code) and Division.objects.filter(area_code=code, level="VILLAGE").exists()


def _elsewhere(wish: Wish, actor: Actor) -> Person | None:
    """The one file with that number and that name which lies outside the actor's areas."""
    number = id_numbers.normalise(wish.id_number)
    number = id_numbers.from_15(number) if id_numbers.is_15(number) else number
    key = crypto.blind_index(keyring(), number)
    person = Person.objects.everywhere(WHY).filter(id_number_index=key).first()
    if person is None or bare_name(person.name) != bare_name(wish.name):
        return None
    return None if actor.covers(person.household_area) else person


def _entered(wish: Wish, person: Person, actor: Actor) -> Move:
    uid, today = uuid.uuid4(), clock.today()
    assert wish.moved_on is not None
    move = Move(
        uid=uid,
        number=f"QY{today:%Y%m%d}-{uid.hex[:8].upper()}",
        person=person,
        from_area=person.household_area,
        to_area=wish.to_area,
        moved_on=wish.moved_on,
        document_no=wish.document_no.strip(),
        words=wish.words.strip(),
        is_residence=wish.is_residence,
        asked_by_id=actor.account_id,
        asked_by=actor.name,
        asked_at=clock.now(),
        answer_by=work_calendar().add(today, answer_days()),
    )
    move.seal({"address": wish.address.strip()})
    return move
