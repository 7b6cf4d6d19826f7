"""The statements of a bulk change: the class where nobody was quicker, and the entries in the ledger of changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yizhou.core import crypto
from yizhou.core.actor import Actor
from yizhou.core.bulk import swap_rows
from yizhou.core.keys import keyring
from yizhou.core.rows import seal_context
from yizhou.events.models import Event
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.rendering import cell
from yizhou.lists.models import ClassMove
from yizhou.lists.queries.weighing import FIELD
from yizhou.people.actions.change_log import sealed_texts
from yizhou.people.models import FileChange, Person, Source


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a part: its place in the batch, the whole row as it was read, the class that it gets."""

    move: ClassMove
    stored: Mapping[str, Any] = field(repr=False)
    wanted: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the entries come from."""

    source: Source
    reason: str
    batch: str
    actor: Actor


def write_classes(parts: Sequence[Change], missing: Mapping[int, int]) -> int:
    """Set the classes where the files are still as they were read; answers how many were.

    Sealed anew, as every change of a file is: that is how a form filled meanwhile notices it. The day of the last
    confirmation stays: nobody has gone through these files. Doubts stay, for the class takes part in no doubt.
    """
    table = Person._meta.db_table
    contexts = [seal_context(table, part.stored["uid"]) for part in parts]
    secrets = [{f: part.stored[f] for f in Person.SEALED if part.stored.get(f)} for part in parts]
    boxes = crypto.pack_many(keyring(), contexts, secrets) if parts else []
    rows = [
        (
            part.wanted,
            missing.get(part.stored["id"], part.move.person.missing_count),
            box,
            None,
            part.stored["id"],
            part.stored["secret"],
        )
        for part, box in zip(parts, boxes, strict=True)
    ]
    return swap_rows(table, [FIELD, "missing_count", "secret", "row_digest"], "secret", rows) if rows else 0


def keep_changes(parts: Sequence[Change], events: Sequence[Event], origin: Origin) -> None:
    """Write an entry for each; those that take one back name it, the others are noted with their person."""
    column = layouts()["people"][FIELD]
    goes_back = origin.source == Source.REVERSE
    kept = []
    for part, event in zip(parts, events, strict=True):
        change = FileChange(
            person_id=part.move.person_id,
            file=part.stored["uid"],
            changed_at=event.at,
            source=origin.source,
            fields=FIELD,
            reason=origin.reason[:300],
            account_id=origin.actor.account_id,
            actor=origin.actor.name,
            batch=origin.batch,
            event_id=event.pk,
            reverses_id=part.move.change_id if goes_back else None,
        )
        texts = {FIELD: (cell(column, part.stored[FIELD]), cell(column, part.wanted))}
        change.seal(sealed_texts(texts))
        kept.append(change)
    for part, change in zip(parts, FileChange.objects.bulk_create(kept), strict=True):
        if not goes_back:
            part.move.change_id = change.pk
