"""要素: what a complete file must hold (ledgers.tsv notes 要素, 退役要素; handbook §3 rule COMPLETENESS)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import Any

import polars as pl

from yizhou.ledgers.columns import Column, Layout, code_table, layouts


def essentials(*, veteran: bool) -> list[Column]:
    """Columns that must be filled; those of service only for veterans."""
    wanted = {"all", "veteran"} if veteran else {"all"}
    return [column for column in layouts()["people"].columns if column.essential in wanted]


def is_veteran_expr() -> pl.Expr:
    """True where the primary or a further category is one of 退役军人类."""
    codes = code_table("person_category").group("VET")
    further = pl.col("other_categories").str.contains("|".join(codes)).fill_null(value=False)
    return pl.col("category").is_in(codes) | further


def missing_expr(layout: Layout) -> pl.Expr:
    """How many essentials are empty, for a frame of typed rows of the people ledger."""
    empty = [pl.col(c.field).is_null().cast(pl.Int16) for c in layout.columns if c.essential == "all"]
    service = [pl.col(c.field).is_null().cast(pl.Int16) for c in layout.columns if c.essential == "veteran"]
    return reduce(add, empty) + pl.when(is_veteran_expr()).then(reduce(add, service)).otherwise(0).cast(
        pl.Int16
    )


def missing(values: Mapping[str, Any], *, veteran: bool) -> list[Column]:
    """The essentials that one file lacks."""
    return [column for column in essentials(veteran=veteran) if values.get(column.field) in (None, "")]
