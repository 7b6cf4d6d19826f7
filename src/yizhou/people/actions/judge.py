"""Judging files that were stored before doubts were kept: the worker goes through them bit by bit."""

from __future__ import annotations

from typing import Any

import polars as pl

from yizhou.core import clock
from yizhou.ledgers.columns import Column, layouts
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.rendering import stored_rows
from yizhou.people.doubts import doubts_expr
from yizhou.people.models import Person

AT_ONCE = 1_000
WHY = "the same rules for everybody, whose file it is does not matter"
TYPES: dict[str, Any] = {"date": pl.Date, "bool": pl.Boolean}


def judge_some() -> bool:
    """Judge the next files that nobody has judged; False when none are left.

    Without events: what the rules say of a file is derived from it, like its pinyin, and nobody did anything.
    """
    waiting = Person.objects.everywhere(WHY).filter(doubts__isnull=True).order_by("id")
    rows = list(stored_rows(LEDGERS["people"], waiting[:AT_ONCE]))
    if not rows:
        return False
    found = _typed(rows).select(doubts_expr(clock.today())).to_series().to_list()
    by_doubts: dict[str, list[int]] = {}
    for row, doubts in zip(rows, found, strict=True):
        by_doubts.setdefault(doubts, []).append(row["id"])
    for doubts, ids in by_doubts.items():
        # What was corrected meanwhile has been judged by its correction.
        Person.objects.everywhere(WHY).filter(pk__in=ids, doubts__isnull=True).update(doubts=doubts)
    return True


def _typed(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The columns that the rules look at, with the types of a file that was read."""
    needed = set(doubts_expr(clock.today()).meta.root_names())
    columns = [column for column in layouts()["people"].columns if column.field in needed]
    return pl.DataFrame([_series(column, rows) for column in columns])


def _series(column: Column, rows: list[dict[str, Any]]) -> pl.Series:
    # An empty cell of a file is null, an empty text of ours is "", and what was never sealed is not there.
    texts = (row.get(column.field) for row in rows)
    values = [None if text == "" else text for text in texts]
    return pl.Series(column.field, values, dtype=TYPES.get(column.kind, pl.String))
