"""One row of a ledger from texts: the same check as a file, the same stored columns."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils import timezone

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.ledgers import importing, problems, storing
from yizhou.ledgers.checking import Checked
from yizhou.ledgers.columns import Column
from yizhou.ledgers.exporting import Choice, rows_of
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.loading import key_column
from yizhou.ledgers.rendering import cell, digest_of, stored_rows
from yizhou.orgs.models import Division

ROW_NO = 1
STORED_APART = frozenset({"id", "uid", "secret", "row_digest"})
CLEAR = "清空"
"""Typed into a masked field it empties it; an empty masked field keeps what is stored."""
NAMED = "uid:"
"""Before the public id of a row whose number a page fills in, so that nobody has to type it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a form: the field blamed ("" for none), reason, remedy; a doubt may be overridden."""

    field: str
    label: str
    rule: str
    message: str
    remedy: str
    is_doubt: bool


def check_cells(
    bound: Ledger, cells: Mapping[str, str], actor: Actor, replaced: int | None = None
) -> tuple[Checked, list[Problem]]:
    """Check one row given as texts by field; the frame of accepted rows is empty when there is an error.

    ``replaced`` is the inner id of the stored row that it corrects.
    """
    columns = bound.layout.columns
    texts = {c.header: pl.Series([cells.get(c.field) or None], dtype=pl.String) for c in columns}
    sheet = pl.DataFrame({"row_no": pl.Series([ROW_NO], dtype=pl.UInt32), **texts})
    areas = {cells.get(c.field, "").strip().ljust(12, "0") for c in columns if c.kind == "area"}
    known = dict(Division.objects.filter(area_code__in=areas).values_list("area_code", "level"))
    checked = importing.check_frame(bound, sheet, actor, areas=known, replaced=replaced)
    return checked, [_problem(bound, row) for row in checked.problems.iter_rows(named=True)]


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


def stored_values(bound: Ledger, checked: Checked) -> tuple[pl.DataFrame, dict[str, Any]]:
    """The accepted row with its derived columns, and the values of the model's plain columns."""
    rows = storing.with_stored_columns(bound, checked.accepted)
    row, values = rows.row(0, named=True), {}
    for field in bound.model._meta.concrete_fields:
        if field.name in STORED_APART or field.column not in row:
            continue
        value = row[field.column]
        if isinstance(value, dt.datetime):
            value = timezone.make_aware(value)
        values[field.attname] = field.get_default() if value is None and not field.null else value
    return rows, values


def sealed_values(bound: Ledger, checked: Checked) -> dict[str, str | None]:
    """What goes into the ciphertext."""
    row = checked.accepted.row(0, named=True)
    return {field: row[field] for field in sorted(bound.sealed)}


def values_of(bound: Ledger, pk: int) -> dict[str, Any]:
    """Everything a stored row says, by field; the caller has found the row in its scope."""
    (row,) = stored_rows(bound, bound.model._base_manager.filter(pk=pk))
    return {column.field: row.get(column.field) for column in bound.layout.columns}


def state_of(bound: Ledger, values: Mapping[str, Any]) -> str:
    """A fingerprint of everything a row says; a form carries it to notice other people's changes.

    It is made of the values that are shown, not read once more: what changes in between must not go unnoticed.
    """
    return digest_of(bound, values).hex()


def merged_cells(
    bound: Ledger,
    stored: Mapping[str, Any],
    typed: Mapping[str, str],
    hidden: Container[str] = (),
) -> dict[str, str]:
    """The whole row as texts: what was typed over what is stored.

    Absent and hidden fields keep what is stored, and so do masked ones that were left empty.
    """
    merged = {}
    for column in bound.layout.columns:
        field, text = column.field, typed.get(column.field)
        if text is None or field in hidden or (column.mask_name and not text.strip()):
            merged[field] = cell(column, stored[field])
        else:
            merged[field] = "" if column.mask_name and text == CLEAR else text
    return merged


def with_named(bound: Ledger, cells: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """The cells with the numbers of rows that were named by their public ids; unknown ones become empty."""
    return {**cells, **{c.field: number for c, number, _ in named_rows(bound, cells, actor)}}


def named_rows(bound: Ledger, cells: Mapping[str, str], actor: Actor) -> list[tuple[Column, str, str]]:
    """Columns given by a public id, with the number that stands there and what the row is called."""
    found = []
    for column in bound.layout.columns:
        text = cells.get(column.field, "")
        if column.kind != "ref" or not text.startswith(NAMED):
            continue
        name, _, field = column.argument.partition(".")
        row = _row_of(LEDGERS[name], text.removeprefix(NAMED), actor)
        number = str(values_of(LEDGERS[name], row.pk)[field]) if row is not None else ""
        found.append((column, number, str(row or "")))
    return found


def _row_of(bound: Ledger, uid: str, actor: Actor) -> Any:
    try:
        return rows_of(bound, actor, Choice()).filter(uid=uuid.UUID(uid)).first()
    except ValueError:
        return None


def is_taken(bound: Ledger, values: Mapping[str, Any], besides: int | None = None) -> bool:
    """Whether another row has the natural key of these values."""
    keys = {key_column(bound, column.field) for column in bound.layout.keys}
    return bound.model._base_manager.filter(**{key: values[key] for key in keys}).exclude(pk=besides).exists()


def after_load(bound: Ledger, rows: pl.DataFrame, pk: int, *, is_new: bool) -> None:
    """What the ledger does after an import, for the one row."""
    if bound.after_load is None:
        return
    indexed = rows.with_columns(pl.lit(pk, dtype=pl.Int64).alias("id"))
    bound.after_load(*((indexed, indexed.clear()) if is_new else (indexed.clear(), indexed)))


def changes_between(
    bound: Ledger,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    hidden: Container[str] = (),
) -> dict[str, Any]:
    """What an event tells of a correction: the names of all changed fields, texts only of what is not sensitive."""
    columns = {c.field: c for c in bound.layout.columns}
    changed = [f for f in columns if _plain(before[f]) != _plain(after[f])]
    told = [f for f in changed if not columns[f].mask_name and f not in hidden]
    texts = {f: [cell(columns[f], before[f]), cell(columns[f], after[f])] for f in told}
    return {"fields": changed, "changes": texts} if changed else {}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return None if value == "" else value


def refuse_problems(found: Sequence[Problem], *, accept_doubts: bool) -> None:
    """Raise ``Refused`` for errors, and for doubts that nobody has accepted."""
    stopping = [p for p in found if not (p.is_doubt and accept_doubts)]
    if stopping:
        raise Refused([as_blocker(problem) for problem in stopping])


def as_blocker(problem: Problem) -> Blocker:
    """A problem in the form in which actions refuse."""
    return Blocker(problem.rule, f"{problem.label}：{problem.message}", problem.remedy)
