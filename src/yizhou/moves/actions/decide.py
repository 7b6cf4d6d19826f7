"""The answer of the side that holds the file: it goes over in one transaction, or it stays."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import F, Q

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.moves.models import Move, MoveStatus
from yizhou.moves.queries import DECIDE
from yizhou.moves.rules import blockers_of_note, blockers_to_answer
from yizhou.people.actions.change_log import Origin
from yizhou.people.actions.changing import carry_out, prepare
from yizhou.people.models import Person, Source
from yizhou.visits.models import ContactAssignment

GONE = Blocker("GONE", "档案已标明去世、迁出或注销，不能迁移", "记录有误的，先更正档案再确认；否则退回并说明")
WHY = "the contacts of the file that goes over"


def blockers_to_decide(move: Move, actor: Actor) -> list[Blocker]:
    """Why this actor cannot answer the request."""
    found = []
    if move.status != MoveStatus.REQUESTED:
        found.append(Blocker("STATUS", f"这项迁移{move.get_status_display()}", "刷新页面看最新状态"))
    if not actor.covers(move.from_area):
        found.append(Blocker("SIDE", "由迁出地答复", "等迁出地确认或退回"))
    return [*found, *blockers_to_answer(move.asked_by_id, actor.account_id)]


def blockers_to_confirm(move: Move, actor: Actor) -> list[Blocker]:
    """Why the file cannot go over."""
    return blockers_to_decide(move, actor) or [*([GONE] if move.person.is_gone(clock.today()) else [])]


@action(DECIDE)
def confirm_move(move: Move, note: str = "", *, actor: Actor) -> Move:
    """Let the file go over: division and address change as in a correction, those who kept in touch end today.

    Raises ``Refused``, and ``Conflict`` when the request was answered or the file went elsewhere meanwhile.
    """
    _answer(move, MoveStatus.CONFIRMED, note, actor)
    person = Person.objects.visible_to(actor).select_for_update().filter(pk=move.person_id).first()
    if person is None or person.household_area != move.from_area:
        raise Conflict("档案已不在申请时的辖区", "请申请人撤回后重新申请")
    refuse([GONE] if person.is_gone(clock.today()) else [])
    ended = _end_contacts(person)
    # The row belongs to the one side before and to the other after: each side has given its word.
    both = replace(actor, areas=(*actor.areas, move.to_area))
    prepared = prepare(person, _cells(move), both, accept_doubts=True)
    origin = Origin(
        Source.FORM,
        reason=f"市内迁移 {move.number}，凭证 {move.document_no}",
        account_id=move.asked_by_id,
        actor=move.asked_by,
        approved_by=actor.name,
    )
    now = carry_out(prepared, origin, actor, proposed_by=move.asked_by, move=move.number)
    told = {"number": move.number, "from_area": move.from_area, "to_area": move.to_area, "contacts": ended}
    concern = Concern(now.pk, move.from_area)
    record(actor, "move.confirmed", move, concern=concern, reason=note.strip(), **told)
    arrived = Concern(now.pk, now.household_area)
    record(actor, "move.arrived", move, concern=arrived, reason=move.number, number=move.number)
    return move


@action(DECIDE)
def refuse_move(move: Move, note: str, *, actor: Actor) -> Move:
    """Send the request back with a reason; the file stays as it is. Raises ``Refused``, ``Conflict``."""
    refuse(blockers_of_note(note, refuses=True))
    _answer(move, MoveStatus.REFUSED, note, actor)
    concern = Concern(move.person_id, move.from_area)
    record(actor, "move.refused", move, concern=concern, reason=note.strip(), number=move.number)
    return move


def _answer(move: Move, status: MoveStatus, note: str, actor: Actor) -> None:
    """Compare and set on the state; whoever comes second gets ``Conflict``."""
    refuse([*blockers_of_note(note, refuses=False), *blockers_to_answer(move.asked_by_id, actor.account_id)])
    answered = {
        "status": status,
        "decided_by_id": actor.account_id,
        "decided_by": actor.name,
        "decided_at": clock.now(),
        "note": note.strip(),
    }
    mine = Move.objects.visible_to(actor).leaving(actor).waiting().filter(pk=move.pk)
    if mine.update(**answered) != 1:
        raise Conflict("这项迁移已由别人答复或撤回")
    for name, value in answered.items():
        setattr(move, name, value)


def _cells(move: Move) -> dict[str, str]:
    """What the file is to say, as a form would."""
    address = move.opened().get("address", "")
    household = {"household_area": move.to_area, "household_address": address}
    living = {"residence_area": move.to_area, "residence_address": address} if move.is_residence else {}
    return {**household, **living}


def _end_contacts(person: Person) -> int:
    """Who kept in touch at the old station does so no longer; one that was to begin later never does."""
    today = clock.today()
    standing = ContactAssignment.objects.everywhere(WHY).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=today), person=person
    )
    later = standing.filter(assigned_on__gt=today).update(ended_on=F("assigned_on"), row_digest=None)
    return later + standing.filter(assigned_on__lte=today).update(ended_on=today, row_digest=None)
