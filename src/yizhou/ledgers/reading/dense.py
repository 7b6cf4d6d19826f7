"""Cells of some rows into a table of those rows."""

from dataclasses import dataclass

import polars as pl

from yizhou.ledgers.reading.headers import column_letter, drop_blank_rows
from yizhou.ledgers.reading.limits import broken
from yizhou.ledgers.reading.sheet import Kind

NAMED_FORMULAS = 5
_GAPS = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """Some consecutive rows of a sheet.

    `frame`: row_no, "0"… (text), "kind:0"… (UInt8) for the columns under the header; blank rows left out.
    `faults`: row, col, text, fault. `first`, `last`: the rows that hold anything; 0 and 0 for none.
    `beyond`: a cell with content to the right of the header, if any.
    """

    frame: pl.DataFrame
    faults: pl.DataFrame
    first: int
    last: int
    formulas: int
    formula_cells: list[str]
    beyond: str


def densify(cells: pl.DataFrame, columns: int) -> Part:
    """`cells` as cells.CELL_SCHEMA in any order; `columns` counts those under the header."""
    outside = cells.filter(pl.col("col") >= columns)
    if outside.height:
        cells = cells.filter(pl.col("col") < columns)
        outside = outside.filter(pl.col("text").str.strip_chars() != "").sort("row", "col")
    formulas = cells.filter("formula").sort("row", "col")
    rows, index = _row_index(cells["row"])
    keyed = cells.select((index.cast(pl.Int64) * columns + pl.col("col")).alias("key"), "text", "kind")
    grid = pl.int_range(0, len(rows) * columns, eager=True).alias("key").to_frame()
    grid = grid.join(keyed, on="key", how="left", maintain_order="left")
    if grid.height != len(rows) * columns:
        raise broken("同一个单元格出现两次")
    text, kind = grid["text"], grid["kind"].fill_null(int(Kind.TEXT))
    frame = pl.DataFrame(
        [
            rows.alias("row_no"),
            *(text.gather_every(columns, at).alias(str(at)) for at in range(columns)),
            *(kind.gather_every(columns, at).alias(f"kind:{at}") for at in range(columns)),
        ]
    )
    return Part(
        frame=drop_blank_rows(frame) if frame.height else frame,
        faults=cells.filter(pl.col("fault") > 0).select("row", "col", "text", "fault"),
        first=rows[0] if len(rows) else 0,
        last=rows[-1] if len(rows) else 0,
        formulas=formulas.height,
        formula_cells=[
            f"{column_letter(col)}{row}"
            for row, col in formulas.select("row", "col").head(NAMED_FORMULAS).iter_rows()
        ],
        beyond=f"{column_letter(outside['col'][0])}{outside['row'][0]}" if outside.height else "",
    )


def _row_index(row: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The rows of a table that holds all of `row`, ascending, and the place of each value in it."""
    first, last = row.min(), row.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return row.unique(), row
    span = last - first + 1
    if span <= 2 * len(row) + _GAPS:
        return pl.int_range(first, last + 1, dtype=pl.UInt32, eager=True), row - first
    rows = row.unique().sort()
    return rows, row.replace_strict(rows, pl.int_range(0, len(rows), eager=True), return_dtype=pl.UInt32)
