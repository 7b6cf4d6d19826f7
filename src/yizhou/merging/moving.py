"""What hangs on a person, found by looking at the tables: no package above is named, none can be forgotten.

Whatever has a foreign key to the person, or a number called ``person_id`` without one, goes along. The log does not:
its rows are never changed, and readers ask for both numbers instead (``former``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from yizhou.core.refusal import Blocker, Refused
from yizhou.events.models import Event
from yizhou.merging import raw
from yizhou.people.models import Person

OWN = "merging"
DIGEST = "row_digest"


@dataclass(frozen=True)
class Reference:
    """A column that holds inner numbers of persons. ``follows``: ``area`` beside it is a copy of the person's."""

    model: type[models.Model]
    column: str
    follows: bool

    @property
    def table(self) -> str:
        """Name of the table."""
        return self.model._meta.db_table

    @property
    def words(self) -> str:
        """What its rows are called."""
        return str(self.model._meta.verbose_name)


@cache
def references() -> tuple[Reference, ...]:
    """Every column of every table that says which person a row belongs to."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model is Event or model._meta.app_label == OWN or not model._meta.managed:
            continue
        names = set(raw.columns_of(model))
        for field in model._meta.concrete_fields:
            column = str(field.column)
            points = field.is_relation and field.related_model is Person
            if points or (not field.is_relation and column.endswith("person_id")):
                found.append(Reference(model, column, follows=not points and "area" in names))
    return tuple(found)


def counts(person_id: int) -> dict[str, int]:
    """How many rows hang on a person, by what they are called; kinds without any are left out."""
    found: dict[str, int] = {}
    for reference in references():
        here = reference.model._base_manager.filter(**{_lookup(reference): person_id}).count()
        if here:
            found[reference.words] = found.get(reference.words, 0) + here
    return found


def _lookup(reference: Reference) -> str:
    return next(f.attname for f in reference.model._meta.concrete_fields if f.column == reference.column)


def move_all(lost: Person, kept: Person) -> dict[str, list[dict[str, Any]]]:
    """Let every row of the lost person belong to the kept one.

    Answers what it takes to undo that: ``moved`` rows as they were, and ``aside`` rows that would have stood twice
    and have left their table. Raises ``Refused`` when something refers to such a row.
    """
    record: dict[str, list[dict[str, Any]]] = {"moved": [], "aside": []}
    for reference in references():
        rows = raw.read(reference.model, reference.column, [lost.pk])
        if not rows:
            continue
        moved, aside = _move(reference, rows, lost, kept)
        same = {"table": reference.model._meta.label, "column": reference.column}
        record["moved"] += [
            {**same, "row": row, "set": _changes(reference, row, lost, kept)} for row in moved
        ]
        record["aside"] += [{**same, "row": row} for row in aside]
    return record


def _changes(reference: Reference, row: raw.Stored, lost: Person, kept: Person) -> dict[str, Any]:
    """What moving a row changes: the person, the copy of the area, the fingerprint of content that names the person."""
    changes: dict[str, Any] = {reference.column: kept.pk}
    if DIGEST in row and row[DIGEST] is not None:
        changes[DIGEST] = None
    if reference.follows and row["area"] == lost.household_area != kept.household_area:
        changes["area"] = kept.household_area
    return changes


def _move(
    reference: Reference, rows: list[raw.Stored], lost: Person, kept: Person
) -> tuple[list[raw.Stored], list[raw.Stored]]:
    """All rows in one statement; where a constraint speaks against it, one by one."""
    groups: dict[tuple[tuple[str, Any], ...], list[raw.Stored]] = {}
    for row in rows:
        groups.setdefault(tuple(_changes(reference, row, lost, kept).items()), []).append(row)
    moved: list[raw.Stored] = []
    aside: list[raw.Stored] = []
    for changes, some in groups.items():
        if _fits(reference, some, dict(changes)):
            moved += some
            continue
        for row in some:
            (moved if _fits(reference, [row], dict(changes)) else aside).append(row)
    for row in aside:
        _take_out(reference, row)
    return moved, aside


def _fits(reference: Reference, rows: list[raw.Stored], changes: dict[str, Any]) -> bool:
    """Whether the database takes the rows as the kept person's; nothing is changed when it does not."""
    key = raw.key_of(reference.model)
    try:
        with transaction.atomic():
            raw.update(reference.model, [row[key] for row in rows], changes)
    except IntegrityError:
        return False
    return True


def _take_out(reference: Reference, row: raw.Stored) -> None:
    key = row[raw.key_of(reference.model)]
    for field in reference.model._meta.get_fields(include_hidden=True):
        other = field.related_model
        if not (field.auto_created and isinstance(other, type) and issubclass(other, models.Model)):
            continue
        remote = getattr(field, "field", None)
        if not isinstance(remote, models.ForeignKey) or not other._meta.managed:
            continue
        if other._base_manager.filter(**{remote.attname: key}).exists():
            words = f"两份档案都有同一条{reference.words}，而并入的那条还被{other._meta.verbose_name}引用"
            raise Refused([Blocker("REFERRED", words, f"先更正或作废重复的{reference.words}，再合并")])
    raw.delete(reference.model, key)


def note_prints(record: dict[str, list[dict[str, Any]]]) -> None:
    """Note how each moved row looks when the merge is done: what changes afterwards is somebody's later work."""
    for entry, now in _present(record["moved"]):
        entry["print"] = raw.print_of(now) if now else ""


def move_back(record: dict[str, list[dict[str, Any]]], kept_id: int) -> tuple[int, int]:
    """Give every moved row back and put rows that had left their table in again.

    A row that was changed since keeps the change and only belongs to the lost person again; one that is gone, or
    belongs to a third person by now, stays so. Answers how many came back and how many did not.
    """
    back = gone = 0
    for entry, now in reversed(list(_present(record["moved"]))):
        if now is None or str(now[entry["column"]]) != str(kept_id):
            gone += 1
            continue
        model, was = apps.get_model(entry["table"]), entry["row"]
        names = entry["set"].keys()
        if raw.print_of(now) != entry["print"]:
            names -= {DIGEST}
        raw.update(model, [was[raw.key_of(model)]], {name: was[name] for name in names})
        back += 1
    for entry in record["aside"]:
        raw.insert(apps.get_model(entry["table"]), entry["row"])
    return back, gone


def _present(entries: list[dict[str, Any]]) -> list[tuple[dict[str, Any], raw.Stored | None]]:
    """Each entry with its row as it is now; one statement a table."""
    now: dict[tuple[str, Any], raw.Stored] = {}
    by_table: dict[str, list[Any]] = {}
    for entry in entries:
        by_table.setdefault(entry["table"], []).append(_key(entry))
    for table, keys in by_table.items():
        model = apps.get_model(table)
        rows = raw.read(model, raw.key_of(model), sorted(set(keys)))
        now |= {(table, row[raw.key_of(model)]): row for row in rows}
    return [(entry, now.get((entry["table"], _key(entry)))) for entry in entries]


def _key(entry: dict[str, Any]) -> Any:
    return entry["row"][raw.key_of(apps.get_model(entry["table"]))]
