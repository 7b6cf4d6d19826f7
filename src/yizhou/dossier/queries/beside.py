"""What the rules of the form must know beside a row: facts of the person's file, and the person's other rows.

Set-wise: one read of each table for a whole file. A stored row whose key stands in the file is the file's; the row that
a correction writes over does not count either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import models

from yizhou.dossier.models import BenefitStanding, DisabilityAssessment
from yizhou.ledgers.settling import LINK
from yizhou.people.models import Person

CHUNK = 800
WHO = "beside:who"
FAR = pl.date(9999, 12, 31)
DRAWING = "DRAWING"


def _with_who(rows: pl.DataFrame, link: str = "id_number") -> pl.DataFrame:
    return rows.with_columns(pl.col(LINK + link).cast(pl.Int64).alias(WHO))


def _asked(rows: pl.DataFrame) -> list[int]:
    return rows[WHO].drop_nulls().unique().to_list()


def _values(
    model: type[models.Model], lookup: str, ids: Sequence[int], fields: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        yield from model._base_manager.filter(**{f"{lookup}__in": chunk}).values_list(lookup, *fields)


def _type(model: type[models.Model], field: str) -> Any:
    is_day = isinstance(model._meta.get_field(field), models.DateField)
    return pl.Date if is_day else pl.String


@dataclass(frozen=True)
class OfPerson:
    """Facts of a referenced person's file as columns ``beside:<prefix><field>``."""

    fields: Sequence[str]
    link: str = "id_number"
    prefix: str = ""

    def __call__(self, rows: pl.DataFrame, *, replaced: int | None) -> pl.DataFrame:  # noqa: ARG002  # the file of a person is no row of the ledger
        """One read of the people."""
        rows = _with_who(rows, self.link)
        schema = {WHO: pl.Int64, **{f"beside:{self.prefix}{f}": _type(Person, f) for f in self.fields}}
        found = list(_values(Person, "id", _asked(rows), self.fields))
        facts = pl.DataFrame(found, schema=schema, orient="row")
        return rows.join(facts, on=WHO, how="left", maintain_order="left")


@dataclass(frozen=True)
class Spells:
    """Spells of one person that should not overlap: ``beside:overlaps``. ``group`` are columns within which they
    are compared, ``only`` a column and the value that makes a spell count, ``keys`` the rest of the natural key."""

    model: type[models.Model]
    starts: str
    ends: str
    group: Sequence[str] = ()
    only: tuple[str, str] | None = None
    keys: Sequence[str] = ()

    @property
    def _key(self) -> list[str]:
        return list(dict.fromkeys([WHO, *self.group, self.starts, *self.keys]))

    @property
    def _columns(self) -> list[str]:
        return list(dict.fromkeys([*self._key, self.ends, *(self.only or ())[:1]]))

    def __call__(self, rows: pl.DataFrame, *, replaced: int | None) -> pl.DataFrame:
        """One read of the spells of those persons."""
        rows = _with_who(rows)
        within = [WHO, *self.group]
        every = with_stored(rows, self.model, self._columns, self._key, replaced)
        if self.only:
            every = every.filter(pl.col(self.only[0]) == self.only[1])
        start, end = pl.col(self.starts), pl.col(self.ends).fill_null(FAR)
        every = every.sort(*within, self.starts)
        every = every.with_columns(
            end.shift(1).over(within).alias("end before"), start.shift(-1).over(within).alias("next start")
        )
        ends_before = pl.col("end before").cum_max().over(within)
        told = every.select(
            *self._key,
            ((start < ends_before) | (pl.col("next start") < end))
            .fill_null(value=False)
            .alias("beside:overlaps"),
        )
        return rows.join(told, on=self._key, how="left", maintain_order="left", nulls_equal=True)


def with_stored(
    rows: pl.DataFrame,
    model: type[models.Model],
    columns: Sequence[str],
    key: Sequence[str],
    replaced: int | None,
) -> pl.DataFrame:
    """The rows of the file and the stored ones of the same persons, each natural key once."""
    mine = (
        rows.filter(pl.col(WHO).is_not_null()).select(columns).unique(key, keep="first", maintain_order=True)
    )
    fields = [column for column in columns if column != WHO]
    found = _values(model, "person_id", _asked(rows), ["id", *fields])
    stored = [(who, *values) for who, row_id, *values in found if row_id != replaced]
    schema = {WHO: pl.Int64, **{field: _type(model, field) for field in fields}}
    kept = pl.DataFrame(stored, schema=schema, orient="row").select(columns)
    return pl.concat([mine, kept.join(mine, on=key, how="anti")])


def last_assessment(rows: pl.DataFrame, *, replaced: int | None) -> pl.DataFrame:
    """``beside:last_assessed_on``: the assessment before this one."""
    rows, key = _with_who(rows), [WHO, "assessed_on"]
    every = with_stored(rows, DisabilityAssessment, key, key, replaced).sort(key)
    last = pl.col("assessed_on").shift(1).over(WHO).alias("beside:last_assessed_on")
    return rows.join(every.with_columns(last), on=key, how="left", maintain_order="left")


def other_benefits(rows: pl.DataFrame, *, replaced: int | None) -> pl.DataFrame:
    """``beside:others``: what the person draws at the same time, codes joined by ``;``."""
    rows, key = _with_who(rows), [WHO, "benefit", "started_on"]
    every = with_stored(rows, BenefitStanding, [*key, "standing", "ended_on"], key, replaced)
    drawn = every.filter(pl.col("standing") == DRAWING)
    both = drawn.join(drawn, on=WHO, suffix=" other").filter(
        pl.col("benefit") != pl.col("benefit other"),
        pl.col("started_on") <= pl.col("ended_on other").fill_null(FAR),
        pl.col("started_on other") <= pl.col("ended_on").fill_null(FAR),
    )
    others = both.group_by(key).agg(
        pl.col("benefit other").unique().sort().str.join(";").alias("beside:others")
    )
    return rows.join(others, on=key, how="left", maintain_order="left")


@dataclass(frozen=True)
class Together:
    """Several of these, one after the other."""

    parts: Sequence[Any]

    def __call__(self, rows: pl.DataFrame, *, replaced: int | None) -> pl.DataFrame:
        """All their columns."""
        for part in self.parts:
            rows = part(rows, replaced=replaced).drop(WHO)
        return rows
