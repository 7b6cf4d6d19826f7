"""Taking a batch back: the former contacts stand again, except where somebody has gone on since; those are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record, record_many
from yizhou.visits.assigning import CHUNK, WHY
from yizhou.visits.models import ContactAssignment, ContactBatch, ContactMove, MoveState

CHANGED = "指派以后又有变动，请到本人档案里办理"


@action("visits.assign_contacts")
def undo_contacts(batch: ContactBatch, *, actor: Actor) -> ContactBatch:
    """Put the former contacts back. Raises ``Conflict`` when it was undone before."""
    stored = ContactBatch.objects.visible_to(actor).filter(pk=batch.pk, undone_at__isnull=True)
    if not stored.update(undone_at=clock.now()):
        raise Conflict("这一批已经撤销", "刷新页面查看")
    moves = ContactMove.objects.visible_to(actor).filter(batch=batch, state=MoveState.DONE)
    ids = list(moves.order_by("id").values_list("id", flat=True))
    undone = sum(_put_back(ids[start : start + CHUNK], batch, actor) for start in range(0, len(ids), CHUNK))
    concern = Concern(area=batch.area)
    record(actor, "contact_batch.undone", batch, concern=concern, undone=undone, kept=len(ids) - undone)
    return batch


def _put_back(ids: Sequence[int], batch: ContactBatch, actor: Actor) -> int:
    moves = list(ContactMove.objects.visible_to(actor).filter(pk__in=ids).select_related("person"))
    fields = ("ended_on", "card_signed_on", "plan_measures", "plan_executed_on")
    made = _rows([move.made_id for move in moves], fields)
    former = _rows([move.former_id for move in moves if move.former_id], fields)
    untouched: dict[str, Any] = {
        "ended_on": None,
        "card_signed_on": None,
        "plan_measures": "",
        "plan_executed_on": None,
    }
    back = [
        move
        for move in moves
        if made.get(move.made_id) == untouched
        and (not move.former_id or former.get(move.former_id, {}).get("ended_on") == batch.assigned_on)
    ]
    rows = ContactAssignment.objects.everywhere(WHY)
    rows.filter(pk__in=[move.made_id for move in back]).delete()
    for day in {move.former_ended_on for move in back if move.former_id}:
        same = [move.former_id for move in back if move.former_id and move.former_ended_on == day]
        rows.filter(pk__in=same).update(ended_on=day, row_digest=None)
    stored = ContactMove.objects.everywhere(WHY)
    done = {move.pk for move in back}
    stored.filter(pk__in=done).update(state=MoveState.UNDONE)
    stored.filter(pk__in=set(ids) - done).update(state=MoveState.KEPT, reason=CHANGED)
    told = {"batch": batch.uid.hex}
    record_many(
        actor,
        "contact.handed_back",
        [(move, Concern(move.person_id, move.person.household_area), told) for move in back],
    )
    return len(back)


def _rows(ids: Sequence[int | None], fields: Sequence[str]) -> dict[int | None, dict[str, Any]]:
    known = [row_id for row_id in ids if row_id]
    rows = ContactAssignment.objects.everywhere(WHY).filter(pk__in=known).values("id", *fields)
    return {row.pop("id"): row for row in rows}
