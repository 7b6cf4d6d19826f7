"""Which changes of a batch can go back, set-wise: the files as they are now with the old texts over them.

What goes back is checked and stored as the rows of a file would be, by the same code; a change that somebody went on
from is left alone, with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from django.db.models import F

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict
from yizhou.ledgers import importing, loading
from yizhou.ledgers.checking import Checked
from yizhou.ledgers.ledger import LEDGERS, Arrival, Ledger
from yizhou.ledgers.models import ImportBatch
from yizhou.ledgers.problems import ERROR
from yizhou.ledgers.rendering import cell, stored_rows
from yizhou.people.actions.change_log import PeopleKeeper, RowChange, sealed_texts
from yizhou.people.models import FileChange, Person, Source
from yizhou.people.sensitive import hidden_from
from yizhou.reversing.models import Why

LEDGER = "people"
NOUN = "reversal"
AT_ONCE = 2_000
NUMBER = "id_number"
WHY = "the changes of a batch, each checked against the areas of whoever takes it back"


@dataclass(frozen=True)
class Planned:
    """What would happen: ``plan`` writes the old texts, ``left`` says of each other change why it stays.

    ``secrets`` are the ciphertexts of the files as they were read: every change of a file replaces its own.
    """

    bound: Ledger
    plan: loading.Plan
    left: Mapping[int, Why]
    secrets: Mapping[int, bytes | None]
    count: int

    @property
    def taken(self) -> int:
        """How many files go back."""
        return self.plan.updated.height

    @property
    def guarded(self) -> int:
        """How many of them want a second person."""
        return self.plan.guarded(self.bound)


class Keeper(PeopleKeeper):
    """Keeps each file that goes back with the change that it takes back."""

    def __init__(self, changes: Mapping[int, FileChange], reason: str) -> None:
        self._changes, self._reason = changes, reason

    def keep(self, changes: Sequence[RowChange], event_ids: Sequence[int], arrival: Arrival) -> None:
        """Write them down, each with its event."""
        pairs = [(c, e) for c, e in zip(changes, event_ids, strict=True) if c.texts]
        for start in range(0, len(pairs), AT_ONCE):
            rows = [self._kept(*pair, arrival) for pair in pairs[start : start + AT_ONCE]]
            FileChange.objects.bulk_create(rows)

    def _kept(self, change: RowChange, event_id: int, arrival: Arrival) -> FileChange:
        kept = FileChange(
            person_id=change.person_id,
            file=change.uid,
            changed_at=clock.now(),
            source=Source.REVERSE,
            fields=";".join(change.texts),
            reason=self._reason,
            account_id=arrival.actor.account_id,
            actor=arrival.actor.name,
            approved_by=arrival.approved_by,
            batch=arrival.batch.hex,
            row_no=change.row_no,
            event_id=event_id,
            reverses=self._changes[change.row_no],
        )
        kept.seal(sealed_texts(change.texts))
        return kept


def plan_reversal(batch: ImportBatch, actor: Actor, reason: str) -> Planned:
    """Read the batch's changes and the files as they are, and judge each. Raises ``Conflict`` when they move meanwhile."""
    found = FileChange.objects.everywhere(WHY).filter(batch=batch.uid.hex).exclude(source=Source.REVERSE)
    changes = list(found.annotate(owner=F("person__uid")).order_by("id"))
    left = _left_at_sight(changes, batch, actor)
    rows: list[tuple[FileChange, Mapping[str, str]]] = []
    secrets: dict[int, bytes | None] = {}
    columns = LEDGERS[LEDGER].layout.columns
    for start in range(0, len(changes), AT_ONCE):
        part = [change for change in changes[start : start + AT_ONCE] if change.pk not in left]
        stored, sealed = _stored([change.person_id for change in part])
        secrets |= sealed
        for change in part:
            texts = {c.field: cell(c, stored[change.person_id].get(c.field)) for c in columns}
            if _changed_since(change, texts):
                left[change.pk] = Why.CHANGED
            else:
                rows.append((change, {**texts, **change.before()}))
    return _checked(changes, rows, left, secrets, actor, reason)


def _left_at_sight(changes: Sequence[FileChange], batch: ImportBatch, actor: Actor) -> dict[int, Why]:
    """What the ledger of changes alone says."""
    again = FileChange.objects.everywhere(WHY).filter(reverses__batch=batch.uid.hex)
    taken, closed = set(again.values_list("reverses_id", flat=True)), hidden_from(actor)
    left = {}
    for change in changes:
        if change.pk in taken:
            left[change.pk] = Why.REVERSED
        elif change.file != change.owner:  # type: ignore[attr-defined]  # annotated by the caller
            left[change.pk] = Why.MERGED
        elif NUMBER in change.names:
            left[change.pk] = Why.NUMBER
        elif not closed.isdisjoint(change.names):
            left[change.pk] = Why.CLOSED
    return left


def _stored(ids: Sequence[int]) -> tuple[dict[int, dict[str, Any]], dict[int, bytes | None]]:
    people = Person.objects.everywhere(WHY).filter(pk__in=ids)
    # The ciphertexts first: what changes between the two reads is noticed when it is written.
    secrets = {pk: bytes(secret) if secret else None for pk, secret in people.values_list("pk", "secret")}
    return {row["id"]: row for row in stored_rows(LEDGERS[LEDGER], people)}, secrets


def _changed_since(change: FileChange, texts: Mapping[str, str]) -> bool:
    """Whether one of its fields does not say any more what the batch put there."""
    return any(texts[name] != text for name, text in change.after().items() if name in texts)


def _checked(
    changes: Sequence[FileChange],
    rows: Sequence[tuple[FileChange, Mapping[str, str]]],
    left: dict[int, Why],
    secrets: Mapping[int, bytes | None],
    actor: Actor,
    reason: str,
) -> Planned:
    """Let the rules of the ledger judge the rows that would be written."""
    by_row = {change.row_no or 0: change for change, _ in rows}
    bound = replace(LEDGERS[LEDGER], code_noun=NOUN, keeper=Keeper(by_row, reason))
    checked = importing.check_frame(bound, _frame(bound, rows), actor)
    left |= {by_row[number].pk: why for number, why in _rejected(checked).items()}
    plan = loading.plan(bound, checked.accepted)
    if plan.created.height or _strangers(plan, by_row):
        raise Conflict
    if outside := importing.rows_to_leave(bound, plan, actor):
        left |= {by_row[number].pk: Why.SCOPE for number in outside}
        plan = loading.plan(bound, checked.accepted.filter(~pl.col("row_no").is_in(outside)))
    going = set(plan.updated["row_no"].to_list()) if plan.updated.height else set()
    same = [change.pk for number, change in by_row.items() if number not in going and change.pk not in left]
    left |= dict.fromkeys(same, Why.SAME)
    return Planned(bound, plan, left, secrets, len(changes))


def _frame(bound: Ledger, rows: Sequence[tuple[FileChange, Mapping[str, str]]]) -> pl.DataFrame:
    """The rows as a sheet, under the numbers that they had in the file."""
    columns = {
        c.header: pl.Series([texts.get(c.field) or None for _, texts in rows], dtype=pl.String)
        for c in bound.layout.columns
    }
    numbers = pl.Series([change.row_no or 0 for change, _ in rows], dtype=pl.UInt32)
    return pl.DataFrame({"row_no": numbers, **columns})


def _strangers(plan: loading.Plan, by_row: Mapping[int, FileChange]) -> bool:
    """Whether a number belongs to another file than when it was read."""
    if not plan.updated.height:
        return False
    pairs = plan.updated.select("row_no", "id").iter_rows()
    return any(by_row[number].person_id != row_id for number, row_id in pairs)


def _rejected(checked: Checked) -> dict[int, Why]:
    errors = checked.problems.filter(pl.col("level") == ERROR).select("row_no", "rule").iter_rows()
    return {number: Why.SCOPE if rule == "SCOPE" else Why.RULES for number, rule in errors}
