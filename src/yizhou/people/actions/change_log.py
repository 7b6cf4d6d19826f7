"""信息维护台账: keeping what stood in a file before and after each change, one by one and set-wise for imports.

依据: 手册第 20 章 info_ledger {person, field, old, new, reason, source, operator, approver, time}; identity, category,
benefit and account want two people, which columns those are is said in the ledger's facts (``second_person``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from yizhou.core import clock
from yizhou.events.models import Event
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.exporting import masked
from yizhou.ledgers.ledger import LEDGERS, Arrival
from yizhou.ledgers.rendering import cell, stored_rows
from yizhou.people.models import FileChange, Person, Source
from yizhou.people.models.changes import NEW, OLD
from yizhou.people.sensitive import HIDDEN, SPECIAL

Texts = Mapping[str, tuple[str, str]]
"""Old and new text by field, in the spelling of the ledger's cells."""

AT_ONCE = 2_000
EXAMPLES = 20
WHY = "rows of a file that was checked against the actor's areas"


@dataclass(frozen=True)
class Origin:
    """What a change came from: its event, who carried it out, who looked at it beside them, what it takes back."""

    source: Source
    event: Event | None = None
    reason: str = ""
    account_id: int | None = None
    actor: str = ""
    approved_by: str = ""
    reverses: FileChange | None = None


@dataclass(frozen=True)
class RowChange:
    """What a row of a file changes in a stored one."""

    person_id: int
    uid: Any
    name: str
    row_no: int
    texts: Texts = field(repr=False)


def texts_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Fields whose text differs, with both texts."""
    found = {}
    for column in layouts()["people"].columns:
        old, new = cell(column, before.get(column.field)), cell(column, after.get(column.field))
        if old != new:
            found[column.field] = (old, new)
    return found


def matters_of(fields: Iterable[str]) -> list[str]:
    """What of the changed fields wants a second person: 身份, 类别, 待遇, 银行账户; each once, in this order."""
    asked = set(fields)
    named = (c.second_person for c in layouts()["people"].columns if c.field in asked and c.second_person)
    return list(dict.fromkeys(named))


def told(fields: Iterable[str]) -> str:
    """Headers of fields, in the order of the form, for a sentence."""
    asked = set(fields)
    return "、".join(c.header for c in layouts()["people"].columns if c.field in asked)


def sealed_texts(texts: Texts) -> dict[str, str]:
    """Old and new as the sealed part of a change keeps them; empty ones are left out by sealing."""
    return {
        which + name: text
        for name, pair in texts.items()
        for which, text in zip((OLD, NEW), pair, strict=True)
    }


def keep_change(person: Person, texts: Texts, origin: Origin) -> FileChange:
    """Keep one change of a file, in the transaction that makes it."""
    change = FileChange(
        person=person,
        file=person.uid,
        changed_at=origin.event.at if origin.event else clock.now(),
        source=origin.source,
        fields=";".join(texts),
        reason=origin.reason[:300],
        account_id=origin.account_id,
        actor=origin.actor,
        approved_by=origin.approved_by,
        event_id=origin.event.pk if origin.event else None,
        reverses=origin.reverses,
    )
    change.seal(sealed_texts(texts))
    change.save(force_insert=True)
    return change


class PeopleKeeper:
    """The changes that an import makes in the files of people."""

    def compare(self, updated: pl.DataFrame) -> list[RowChange]:
        """Read what is stored and note the differences; rows that only differ in spelling change nothing."""
        found: list[RowChange] = []
        for start in range(0, updated.height, AT_ONCE):
            part = updated.slice(start, AT_ONCE)
            people = Person.objects.everywhere(WHY).filter(pk__in=part["id"].to_list())
            stored = {row["id"]: row for row in stored_rows(LEDGERS["people"], people)}
            for row in part.iter_rows(named=True):
                before = stored[row["id"]]
                texts = texts_between(before, row)
                found.append(RowChange(row["id"], before["uid"], before["name"], row["row_no"], texts))
        return found

    def guarded(self, changes: Sequence[RowChange]) -> int:
        """How many rows change identity, category, benefit or account."""
        return sum(bool(matters_of(change.texts)) for change in changes)

    def examples(self, changes: Sequence[RowChange]) -> list[dict[str, str]]:
        """The first of those rows: row number, name, what it was and is to be, masked."""
        wanted = (change for change in changes if matters_of(change.texts))
        return [_example(change) for change, _ in zip(wanted, range(EXAMPLES), strict=False)]

    def keep(self, changes: Sequence[RowChange], event_ids: Sequence[int], arrival: Arrival) -> None:
        """Write them down, each with its event."""
        now = clock.now()
        pairs = [(c, e) for c, e in zip(changes, event_ids, strict=True) if c.texts]
        for start in range(0, len(pairs), AT_ONCE):
            rows = [_kept(change, event, now, arrival) for change, event in pairs[start : start + AT_ONCE]]
            FileChange.objects.bulk_create(rows)


def _kept(change: RowChange, event_id: int, now: Any, arrival: Arrival) -> FileChange:
    kept = FileChange(
        person_id=change.person_id,
        file=change.uid,
        changed_at=now,
        source=Source.IMPORT,
        fields=";".join(change.texts),
        account_id=arrival.actor.account_id,
        actor=arrival.actor.name,
        approved_by=arrival.approved_by,
        batch=arrival.batch.hex,
        row_no=change.row_no,
        event_id=event_id,
    )
    kept.seal(sealed_texts(change.texts))
    return kept


def _example(change: RowChange) -> dict[str, str]:
    columns = {column.field: column for column in layouts()["people"].columns}
    lines = []
    for name, pair in change.texts.items():
        if not columns[name].second_person:
            continue
        old, new = (HIDDEN if name in SPECIAL and text else masked(columns[name], text) for text in pair)
        lines.append(f"{columns[name].header}：{old or '空'} → {new or '空'}")
    return {
        "title": f"第 {change.row_no} 行 {change.name}",
        "url": "",
        "note": "；".join(lines),
        "text": "",
        "tag": "",
        "state": "",
    }
