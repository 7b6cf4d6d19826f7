"""A ledger bound to its table: what is plain, what is sealed, what is a link, what is special about it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import polars as pl
from django.db import models

from yizhou.core.actor import Actor
from yizhou.core.registry import Registry
from yizhou.events.kinds import kind
from yizhou.files.doors import DOORS
from yizhou.ledgers.columns import Column, Layout, layouts
from yizhou.ledgers.problems import RowRule

Deriver = Callable[[pl.DataFrame], pl.DataFrame]
"""Typed accepted rows → a frame of the same rows with further stored columns, named as the model's columns."""

Rules = Callable[[], Sequence[RowRule]]
"""The special rules of a ledger."""

RulesOfDay = Callable[[dt.date], Sequence[RowRule]]
"""Those that ask what day it is: for a file that is checked on that day."""


class Beside(Protocol):
    """What the rules must know beside the row."""

    def __call__(self, rows: pl.DataFrame, *, replaced: int | None) -> pl.DataFrame:
        """The same rows in the same order with further columns: facts of the person, other rows of hers.

        ``rows`` are typed, with their ``link:`` columns; ``replaced`` is the inner id of the stored row that a
        correction writes over.
        """


AfterLoad = Callable[[pl.DataFrame, pl.DataFrame], None]
"""Called in the writing transaction with the created and the updated rows (typed values plus ``id``)."""


@dataclass(frozen=True)
class Arrival:
    """What stored rows were changed by: a batch, who brought it, and who looked at it beside them."""

    batch: uuid.UUID
    actor: Actor
    approved_by: str = ""


class ChangeKeeper(Protocol):
    """Keeps what stood in the rows that a file changes (信息维护台账)."""

    def compare(self, updated: pl.DataFrame) -> Sequence[Any]:
        """What each of these rows (typed values, ``id``, ``row_no``) would change, read before it is written."""

    def guarded(self, changes: Sequence[Any]) -> int:
        """How many rows change something that wants a second person."""

    def examples(self, changes: Sequence[Any]) -> list[dict[str, str]]:
        """The first of those rows as lines of card.html, masked."""

    def keep(self, changes: Sequence[Any], event_ids: Sequence[int], arrival: Arrival) -> None:
        """Keep the changes with the events that tell of them, in the writing transaction."""


@dataclass(frozen=True)
class Link:
    """A reference stored as a foreign key: ``column`` of our table holds the inner id of a row of ``ledger``."""

    column: str
    ledger: str


@dataclass(frozen=True)
class Ledger:
    """One declaration per ledger; template, checking, import, export and pages follow from it.

    ``sealed`` fields go into the packed ciphertext; a field with a blind index is named in ``indexed`` with the
    column of the index. ``links`` are foreign keys.
    ``beside`` brings what the rules must know from other rows and ledgers. ``area`` and ``person`` are the lookups of the owning division and the person concerned. ``code_noun`` is
    the noun of its event types. ``ring`` is the group of the navigation it belongs to; ``tells`` the field whose
    value says most about a row on the person's life axis. ``by_hand`` is false where rows are added and corrected on
    pages of their own (the person's, the case's), ``on_axis`` where a package tells its rows on the life axis itself.
    ``browse_permission`` opens its rows: family economy, petitions and party membership ask for more (handbook §1).
    """

    name: str
    model: type[models.Model]
    code_noun: str
    sealed: frozenset[str] = frozenset()
    indexed: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    rules: Rules = tuple
    rules_of_day: RulesOfDay | None = None
    beside: Beside | None = None
    derive: Deriver | None = None
    after_load: AfterLoad | None = None
    keeper: ChangeKeeper | None = None
    area: str = "area"
    person: str = ""
    date_field: str = ""
    list_fields: Sequence[str] = ()
    import_permission: str = "ledgers.import_ledger"
    ring: str = ""
    tells: str = ""
    by_hand: bool = True
    on_axis: bool = True
    browse_permission: str = "ledgers.browse_ledger"

    @property
    def layout(self) -> Layout:
        """Its columns."""
        return layouts()[self.name]

    @property
    def title(self) -> str:
        """Chinese name."""
        return self.layout.title

    @property
    def table(self) -> str:
        """The database table."""
        return self.model._meta.db_table

    @property
    def lies_with(self) -> str:
        """The lookup of the person in whose household's area its rows lie; empty where they lie by themselves."""
        path, _, last = self.area.rpartition("__")
        return f"{path}_id" if path and last == "household_area" else ""

    def plain_columns(self) -> list[Column]:
        """Columns stored under their own name."""
        return [c for c in self.layout.columns if c.field not in self.sealed and c.field not in self.links]

    def rules_on(self, today: dt.date) -> list[RowRule]:
        """The special rules, and that every text fits its column: PostgreSQL would refuse the whole file."""
        return [
            *self.rules(),
            *(self.rules_of_day(today) if self.rules_of_day else ()),
            *(rule for column in self.plain_columns() if (rule := self._fits(column))),
        ]

    def _fits(self, column: Column) -> RowRule | None:
        longest = getattr(self.model_field(column.stored), "max_length", None)
        if column.kind not in ("text", "ref") or not longest:
            return None
        too_long = pl.col(column.field).str.len_chars() > longest
        message = pl.format(
            f"“{column.header}”有 {{}} 字，最多 {longest} 字", pl.col(column.field).str.len_chars()
        )
        return RowRule("TYPE", column.header, too_long, message, f"缩短到 {longest} 字以内")

    def model_field(self, name: str) -> models.Field[Any, Any]:
        """The model's field of that name. Raises ``FieldDoesNotExist``."""
        found = self.model._meta.get_field(name)
        assert isinstance(found, models.Field)
        return found


LEDGERS: Registry[Ledger] = Registry("ledgers")


SPECIAL = "ledgers.browse_special"
"""Opens ledgers of the highest sensitivity."""

FILE_VERBS = {"imported": "导入新增", "updated": "导入更新"}
HAND_VERBS = {"added": "登记", "corrected": "更正", "voided": "作废", "restored": "恢复"}
"""What can happen to a row by a file and by hand: the event ``<noun>.<verb>`` of each."""


def bind(name: str, model: type[models.Model], noun: str, **further: Any) -> Ledger:
    """Declare a ledger whose model says the rest by the names of its columns.

    ``AREA`` and ``SEALED`` of the model name the owning division and the sealed fields, ``<field>_index`` is the
    blind index of a field, and ``links`` maps a reference to the foreign key that stores it, as in
    ``links={"id_number": "person"}``. ``further`` are fields of ``Ledger``; what is given wins.

    Raises ``ValueError`` for a column that is stored nowhere, for a sealed one without a mask, and for rules that
    the facts ask for and the declaration does not bring.
    """
    layout, columns = layouts()[name], {field.attname for field in model._meta.concrete_fields}
    links = {
        field: Link(f"{key}_id", layout[field].argument.partition(".")[0])
        for field, key in further.pop("links", {}).items()
    }
    indexes = {column.field: f"{column.field}_index" for column in layout.columns}
    derived: dict[str, Any] = {
        "sealed": frozenset(getattr(model, "SEALED", ())) & indexes.keys(),
        "indexed": {f: c for f, c in indexes.items() if c in columns} | further.pop("indexed", {}),
        "links": links,
        "area": getattr(model, "AREA", "area"),
        "person": "person_id" if "person_id" in columns else "",
    }
    declaration = Ledger(name=name, model=model, code_noun=noun, **derived | further)
    if faults := list(_faults(declaration)):
        raise ValueError(f"{name}: {'; '.join(faults)}")
    for verb, label in (FILE_VERBS | (HAND_VERBS if declaration.by_hand else {})).items():
        kind(f"{noun}.{verb}", f"{layout.title}：{label}")
    DOORS.add(name, declaration.browse_permission)
    return LEDGERS.add(name, declaration)


def _faults(declaration: Ledger) -> Iterator[str]:
    columns = declaration.layout.columns
    stored = {field.name for field in declaration.model._meta.concrete_fields}
    offered = {rule.code for rule in declaration.rules_on(dt.date(2000, 1, 1))}
    asked = {code for column in columns for code in column.check} | {*declaration.layout.warn}
    for column in declaration.plain_columns():
        if column.stored not in stored:
            yield f"{column.field} is stored nowhere"
    for column in columns:
        if column.field in declaration.sealed and not column.mask_name:
            yield f"{column.field} is sealed but not masked"
    yield from (f"no rule {code}" for code in sorted(asked - offered))


def in_order() -> list[Ledger]:
    """Declared ledgers in the order in which they are imported."""
    return sorted(LEDGERS.values(), key=lambda bound: bound.layout.order)
