"""Carrying a bulk change out, or back: so many files in one transaction, each with its entry and its event.

The batch is the job (trust.md D9) and its people say how far it is: begun again after the worker was killed, it goes on
with those that are left. A file that somebody else changes in the same moment is read once more.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from django.db import transaction
from django_tasks import task

from yizhou.core import clock
from yizhou.core.actor import Actor, worker_actor
from yizhou.core.refusal import Conflict
from yizhou.events.models import Event
from yizhou.events.recording import Concern, record, record_many
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.rendering import cell
from yizhou.lists.actions.writing import Change, Origin, keep_changes, write_classes
from yizhou.lists.models import UNDER_WAY, BatchStatus, ClassBatch, ClassMove, MoveState
from yizhou.lists.queries.weighing import CHUNK, FIELD, checked
from yizhou.orgs.queries import holder_of
from yizhou.people.models import FileChange, Person, Source

SET = "lists.set_class"
WHY = "the worker goes on with what was begun"
CHANGED = "办理以后又有变动，请到本人档案里更正"
MEANWHILE = "预览以后类别已有变动"
OUT_OF_SIGHT = "已不在经办人的范围内"
ATTEMPTS = 3
logger = logging.getLogger("yizhou")


@task()
def run_class_batch(batch_id: int) -> None:
    """The queued job."""
    carry_out(batch_id)


def carry_out(batch_id: int) -> ClassBatch | None:
    """Do what is left of a batch; None when nothing is. Whatever happens, the batch gets an end that its maker sees."""
    batch = ClassBatch.objects.everywhere(WHY).filter(pk=batch_id, status__in=UNDER_WAY).first()
    if batch is None:
        return None
    goes_back = batch.status == BatchStatus.UNDOING
    account, areas = (
        (batch.undone_by_id, batch.undone_areas) if goes_back else (batch.account_id, batch.areas)
    )
    actor = holder_of(account, areas, SET, clock.today()) if account else None
    if actor is None:
        return _ended(batch, BatchStatus.FAILED, "经办人已没有可以办理它的任职，请由现任人员重新办理")
    if not goes_back:
        _set(batch, BatchStatus.RUNNING)
    try:
        while _one_part(batch, actor, goes_back=goes_back):
            continue
    except Exception:
        logger.exception("class batch %s failed", batch.uid)
        return _ended(batch, BatchStatus.FAILED, "系统出错，已停下。改过的人列在下面，可以撤销后重新办理")
    return _ended(batch, BatchStatus.UNDONE if goes_back else BatchStatus.DONE)


def _one_part(batch: ClassBatch, actor: Actor, *, goes_back: bool) -> bool:
    """The next people, in one transaction; False when none was left."""
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _part(batch, actor, goes_back=goes_back)
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
    return False


def _part(batch: ClassBatch, actor: Actor, *, goes_back: bool) -> bool:
    state = MoveState.DONE if goes_back else MoveState.PLANNED
    waiting = ClassMove.objects.everywhere(WHY).filter(batch=batch, state=state).order_by("id")
    moves = list(waiting.select_related("person")[:CHUNK])
    if not moves:
        return False
    left = _touched_since(moves, batch, actor) if goes_back else _not_as_planned(moves, actor)
    ids = [move.person_id for move in moves if move.person_id not in left]
    wanted = {move.person_id: move.former if goes_back else batch.contact_class for move in moves}
    found = checked(ids, wanted, actor)
    left |= {} if goes_back else dict(found.faults)
    left |= {who: OUT_OF_SIGHT for who in ids if who not in found.stored}
    parts = [
        Change(move, found.stored[move.person_id], wanted[move.person_id])
        for move in moves
        if move.person_id not in left
    ]
    if write_classes(parts, found.missing) != len(parts):
        raise Conflict
    _tell(parts, batch, actor, goes_back=goes_back)
    _settle(moves, parts, left, goes_back=goes_back)
    return True


def _not_as_planned(moves: Sequence[ClassMove], actor: Actor) -> dict[int, str]:
    """Whose class is no longer the one that the preview showed, or who left the maker's sight."""
    people = Person.objects.visible_to(actor).filter(pk__in=[move.person_id for move in moves])
    now = dict(people.values_list("id", FIELD))
    return {
        move.person_id: MEANWHILE if move.person_id in now else OUT_OF_SIGHT
        for move in moves
        if now.get(move.person_id) != move.former
    }


def _touched_since(moves: Sequence[ClassMove], batch: ClassBatch, actor: Actor) -> dict[int, str]:
    """Whose class somebody has changed since, even if it says the same again."""
    made = {move.person_id: move.change_id or 0 for move in moves}
    later = FileChange.objects.everywhere(WHY).filter(person_id__in=made, id__gt=min(made.values()))
    touched = {
        who
        for who, change, fields in later.values_list("person_id", "id", "fields")
        if change > made[who] and FIELD in fields.split(";")
    }
    people = Person.objects.visible_to(actor).filter(pk__in=list(made), contact_class=batch.contact_class)
    same = set(people.values_list("id", flat=True))
    return {who: CHANGED for who in made if who in touched or who not in same}


def _tell(parts: Sequence[Change], batch: ClassBatch, actor: Actor, *, goes_back: bool) -> None:
    """Each file's event, and its entry in the ledger of changes."""
    column = layouts()["people"][FIELD]
    rows = []
    for part in parts:
        texts = [cell(column, part.stored[FIELD]), cell(column, part.wanted)]
        told = {"fields": [FIELD], "changes": {FIELD: texts}, "of": batch.uid.hex}
        person = Person(pk=part.move.person_id)
        rows.append((person, Concern(person.pk, part.move.person.household_area), told))
    reason = f"撤销：{batch.reason}" if goes_back else batch.reason
    events: list[Event] = record_many(actor, "person.corrected", rows, reason=reason)
    origin = Source.REVERSE if goes_back else Source.FORM
    keep_changes(parts, events, Origin(origin, reason, batch.uid.hex, actor))


def _settle(
    moves: Sequence[ClassMove], parts: Sequence[Change], left: Mapping[int, str], *, goes_back: bool
) -> None:
    for part in parts:
        part.move.state = MoveState.UNDONE if goes_back else MoveState.DONE
    for move in moves:
        if move.person_id in left:
            move.state = MoveState.KEPT if goes_back else MoveState.SKIPPED
            move.reason = left[move.person_id]
    ClassMove.objects.everywhere(WHY).bulk_update(moves, ["state", "reason", "change_id"])


def _set(batch: ClassBatch, status: BatchStatus) -> None:
    batch.status = status
    ClassBatch.objects.everywhere(WHY).filter(pk=batch.pk, status__in=UNDER_WAY).update(status=status)


def _ended(batch: ClassBatch, status: BatchStatus, error: str = "") -> ClassBatch:
    """The end, told once: whoever else was carrying it out finds it told."""
    stored = ClassBatch.objects.everywhere(WHY).filter(pk=batch.pk, status__in=UNDER_WAY)
    with transaction.atomic():
        if stored.update(status=status, error=error):
            kinds = {BatchStatus.DONE: "done", BatchStatus.UNDONE: "undone"}
            moves = ClassMove.objects.everywhere(WHY).filter(batch=batch)
            counts = {state.lower(): moves.filter(state=state).count() for state in MoveState.values}
            kind = f"class_batch.{kinds.get(status, 'failed')}"
            concern = Concern(area=batch.area)
            record(worker_actor(), kind, batch, concern=concern, reason=error, **counts)
    batch.status, batch.error = status, error
    return batch
