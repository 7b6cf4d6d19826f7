"""One row of the people ledger from a form: the same check as a file, the same stored columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import polars as pl

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.ledgers import importing, problems, storing
from yizhou.ledgers.checking import Checked, Known, check
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.references import resolve
from yizhou.orgs.models import Division
from yizhou.people.models import Person

ROW_NO = 1
STORED_APART = frozenset({"id", "uid", "secret", "row_digest"})


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a form: the field blamed ("" for none), reason, remedy; a doubt may be overridden."""

    field: str
    label: str
    rule: str
    message: str
    remedy: str
    is_doubt: bool


def people_ledger() -> Ledger:
    """The declaration of the people ledger."""
    return LEDGERS["people"]


def check_cells(cells: Mapping[str, str], actor: Actor) -> tuple[Checked, list[Problem]]:
    """Check one row given as texts by field; the frame of accepted rows is empty when there is an error."""
    bound = people_ledger()
    columns = bound.layout.columns
    texts = {c.header: pl.Series([cells.get(c.field) or None], dtype=pl.String) for c in columns}
    sheet = pl.DataFrame({"row_no": pl.Series([ROW_NO], dtype=pl.UInt32), **texts})
    today = clock.today()
    areas = {cells.get(c.field, "").strip().ljust(12, "0") for c in columns if c.kind == "area"}
    known = dict(Division.objects.filter(area_code__in=areas).values_list("area_code", "level"))
    checked = check(bound.layout, sheet, bound.rules_on(today), Known(today, known, resolve, _fingerprints))
    checked = importing.within_areas(bound, checked, actor)
    return checked, [_problem(bound, row) for row in checked.problems.iter_rows(named=True)]


def _fingerprints(contents: list[str]) -> list[bytes]:
    return crypto.row_digest_many(keyring(), contents)


def _problem(bound: Ledger, row: Mapping[str, Any]) -> Problem:
    column = next((c for c in bound.layout.columns if c.header == row["header"]), None)
    return Problem(
        column.field if column else "",
        row["header"],
        row["rule"],
        row["message"],
        row["remedy"],
        row["level"] == problems.WARN,
    )


def stored_values(checked: Checked) -> tuple[pl.DataFrame, dict[str, Any]]:
    """The accepted row with its derived columns, and the values of the model's columns."""
    rows = storing.with_stored_columns(people_ledger(), checked.accepted)
    row = rows.row(0, named=True)
    values = {}
    for field in Person._meta.concrete_fields:
        if field.name in STORED_APART or field.column not in row:
            continue
        value = row[field.column]
        values[field.name] = field.get_default() if value is None and not field.null else value
    return rows, values


def sealed_values(checked: Checked) -> dict[str, str | None]:
    """What goes into the ciphertext."""
    row = checked.accepted.row(0, named=True)
    return {field: row[field] for field in Person.SEALED}
