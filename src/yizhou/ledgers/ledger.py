"""A ledger bound to its table: what is plain, what is sealed, what is a link, what is special about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.db import models

from yizhou.core.registry import Registry
from yizhou.events.kinds import kind
from yizhou.ledgers.columns import Column, Layout, layouts
from yizhou.ledgers.problems import RowRule

Deriver = Callable[[pl.DataFrame], pl.DataFrame]
"""Typed accepted rows → a frame of the same rows with further stored columns, named as the model's columns."""

Rules = Callable[[dt.date], Sequence[RowRule]]
"""The special rules of a ledger, for a file that is checked on that day."""

AfterLoad = Callable[[pl.DataFrame, pl.DataFrame], None]
"""Called in the writing transaction with the created and the updated rows (typed values plus ``id``)."""


@dataclass(frozen=True)
class Link:
    """A reference stored as a foreign key: ``column`` of our table holds the inner id of a row of ``ledger``."""

    column: str
    ledger: str


@dataclass(frozen=True)
class Ledger:
    """One declaration per ledger; template, checking, import, export and pages follow from it.

    ``sealed`` fields go into the packed ciphertext; a field with a blind index is named in ``indexed`` with the
    column of the index. ``links`` are foreign keys. ``attribute`` renames fields whose column is called otherwise.
    ``area`` and ``person`` are the lookups of the owning division and the person concerned. ``code_noun`` is
    the noun of its event types: ``<noun>.imported`` and ``<noun>.updated``.
    """

    name: str
    model: type[models.Model]
    code_noun: str
    sealed: frozenset[str] = frozenset()
    indexed: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    rules: Rules = lambda today: ()  # noqa: ARG005  # most ledgers have none
    derive: Deriver | None = None
    after_load: AfterLoad | None = None
    area: str = "area"
    person: str = ""
    date_field: str = ""
    list_fields: Sequence[str] = ()
    import_permission: str = "ledgers.import_ledger"

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

    def plain_columns(self) -> list[Column]:
        """Columns stored under their own name."""
        return [c for c in self.layout.columns if c.field not in self.sealed and c.field not in self.links]

    def rules_on(self, today: dt.date) -> list[RowRule]:
        """The special rules, and that every text fits its column: PostgreSQL would refuse the whole file."""
        return [
            *self.rules(today),
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


def ledger(declaration: Ledger) -> Ledger:
    """Declare a ledger. The facts must name the same rules as the declaration offers.

    Raises ``ValueError`` when a column asks for a check that the declaration does not bring.
    """
    offered = {rule.code for rule in declaration.rules(dt.date(2000, 1, 1))}
    for column in declaration.layout.columns:
        if missing := set(column.check) - offered:
            raise ValueError(f"{declaration.name}.{column.field}: no rule {', '.join(sorted(missing))}")
    kind(f"{declaration.code_noun}.imported", f"{declaration.title}：导入新增")
    kind(f"{declaration.code_noun}.updated", f"{declaration.title}：导入更新")
    return LEDGERS.add(declaration.name, declaration)


def in_order() -> list[Ledger]:
    """Declared ledgers in the order in which they are imported."""
    return sorted(LEDGERS.values(), key=lambda bound: bound.layout.order)
