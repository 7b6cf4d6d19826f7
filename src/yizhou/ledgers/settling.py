"""Which rows of a checked file stay: those without errors, each key once, referring to nothing rejected."""

from __future__ import annotations

import polars as pl

from yizhou.ledgers import problems
from yizhou.ledgers.columns import Column, Layout, layouts
from yizhou.ledgers.problems import ERROR, RowRule

LINK = "link:"
"""Prefix of the columns that hold what a reference was resolved to."""


def told_once(found: pl.DataFrame, spoilt: pl.DataFrame) -> pl.DataFrame:
    """``spoilt`` and ``found``, each cell told once: what the file has spoilt not again by its content, what could not be
    read not again as missing."""
    found = pl.concat(
        [spoilt, found.join(spoilt, on=["row_no", "header"], how="anti", maintain_order="left")]
    )
    misread = found.filter(pl.col("rule") != "REQUIRED").select("row_no", "header")
    doubled = found.filter(pl.col("rule") == "REQUIRED").join(misread, on=["row_no", "header"], how="semi")
    return found.join(doubled.select("row_no", "header", "rule"), on=["row_no", "header", "rule"], how="anti")


def settled(
    layout: Layout, rows: pl.DataFrame, found: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Take out rows with errors, then repeats within the file, then rows that refer to a rejected one.

    Returns the rows that stay, the problems with those found here, and how many rows only say again what an
    accepted one says. The rows are copied once: there may be a whole city of them.
    """
    keys = [column.field for column in layout.keys]
    bad = found.filter(pl.col("level") == ERROR).select("row_no").unique()
    good = rows.select("row_no", *keys).join(bad, on="row_no", how="anti", maintain_order="left")
    first = good.select(pl.struct(keys).is_first_distinct()).to_series()
    firsts, repeats = (_only(rows, good["row_no"].filter(mask)) for mask in (first, ~first))
    if repeats.height:
        first_of = firsts.select(
            *keys, pl.col("row_digest").alias("first"), pl.col("row_no").alias("first_row")
        )
        repeats = repeats.join(first_of, on=keys, how="left", maintain_order="left")
        differing = repeats.filter(pl.col("row_digest") != pl.col("first"))
        repeats = repeats.filter(pl.col("row_digest") == pl.col("first"))
        headers = "、".join(column.header for column in layout.keys)
        message = pl.format("与第 {} 行的“" + headers + "”相同而内容不同", pl.col("first_row"))
        rule = RowRule("DUP_KEY", layout.keys[0].header, problems.EVERY, message, "只留正确的一行")
        found = pl.concat([found, problems.found(differing, rule)])
    firsts, orphans = _own_references(layout, firsts)
    found = pl.concat([found, orphans]).sort("row_no", maintain_order=True)
    kept = repeats.join(firsts.select(keys), on=keys, how="semi") if repeats.height else repeats
    return firsts, found, kept.height


def _own_references(layout: Layout, firsts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """References within the same file: only to earlier accepted rows, so rejections run on down the file."""
    own = [
        c for c in layout.columns if c.kind == "ref" and c.argument == f"{layout.name}.{layout.keys[0].field}"
    ]
    if not own:
        return firsts, problems.empty()
    column, accepted, orphans = own[0], set[object](), []
    pairs = firsts.select("row_no", layout.keys[0].field, column.field, LINK + column.field).iter_rows()
    for row_no, key, target, link in pairs:
        if target is not None and link is None and target not in accepted:
            orphans.append(row_no)
        else:
            accepted.add(key)
    lost = firsts.filter(pl.col("row_no").is_in(orphans))
    rule = missing_reference(column, problems.EVERY)
    return firsts.filter(~pl.col("row_no").is_in(orphans)), problems.found(lost, rule)


def missing_reference(column: Column, missing: pl.Expr) -> RowRule:
    """The rule that a referenced object must exist."""
    from_title = layouts()[column.argument.partition(".")[0]].title
    is_person = column.argument.endswith("id_number")
    shown = (
        pl.lit("所填证件号")
        if is_person
        else pl.lit("“") + pl.col(column.field).str.slice(0, 30) + pl.lit("”")
    )
    message = shown + pl.lit(f"在“{from_title}”里没有，或它所在的行被拒")
    return RowRule("REF", column.header, missing, message, "先在那里登记或导入，或更正本列")


def _only(rows: pl.DataFrame, row_numbers: pl.Series) -> pl.DataFrame:
    return rows.join(row_numbers.to_frame(), on="row_no", how="semi", maintain_order="left")
