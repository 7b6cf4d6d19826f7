"""The arithmetic of a balance by name: who stood at the opening, who came, who went, who stands at the close. Pure.

Frames are polars frames. ``before``: pk, line, area of the rows of the opening. ``rows``: pk, line, area, since, until
(first day on which the row no longer stands, or null) and end (the column that says so) as the records say now.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import polars as pl

Sign = Literal[1, -1]


@dataclass(frozen=True)
class Move:
    """A column of the table: how rows came (1) or went (-1). ``usual`` ones are shown even where nothing moved."""

    code: str
    label: str
    sign: Sign
    usual: bool = False
    says: str = ""


NEW, LATE, MOVED_IN, SHIFTED_IN = "new", "late", "moved_in", "shifted_in"
LATE_END, UNDONE, MOVED_OUT, SHIFTED_OUT, VOIDED, LOST = (
    "late_end",
    "undone",
    "moved_out",
    "shifted_out",
    "voided",
    "lost",
)
COMING = (
    Move(NEW, "新增", 1, usual=True, says="起算日在期内"),
    Move(LATE, "补录", 1, says="起算日在期初以前，核定期初时不在册：补录，或由辖区外调入"),
    Move(MOVED_IN, "区划调入", 1, says="核定期初时在别的区划"),
    Move(SHIFTED_IN, "转入", 1, says="由别的行转来"),
)
GOING = (
    Move(LATE_END, "补记减少", -1, says="核定期初时在册，后来补记的减少日期在期初以前"),
    Move(UNDONE, "更正", -1, says="核定期初时在册，后来起算日更正到期末以后"),
    Move(MOVED_OUT, "区划调出", -1, says="现归属别的区划"),
    Move(SHIFTED_OUT, "转出", -1, says="转到别的行"),
    Move(VOIDED, "作废", -1, says="记录已作废，有作废原因"),
    Move(LOST, "无依据", -1, says="核定期初时在册，现在台账里没有，也没有作废记录"),
)
MOVES = {move.code: move for move in (*COMING, *GOING)}
ENTRY = pl.Schema({"pk": pl.Int64, "line": pl.String, "way": pl.String})


@dataclass(frozen=True)
class Outside:
    """Rows of the opening that are not among the present ones: those of another division, those voided; and rows that
    the opening knew in another division."""

    moved: frozenset[int] = frozenset()
    voided: frozenset[int] = frozenset()
    elsewhere: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reckoned:
    """``opening`` and ``closing`` (pk, line), and ``moves`` (pk, line, way): each name once for each move it made."""

    opening: pl.DataFrame
    closing: pl.DataFrame
    moves: pl.DataFrame


def reckon(
    before: pl.DataFrame, rows: pl.DataFrame, period: tuple[dt.date, dt.date], outside: Outside = Outside()
) -> Reckoned:
    """Follow every name from the opening to the close.

    The sum of each line holds by construction as long as every difference has found its way; ``LOST`` are those that
    have none.
    """
    first, last = period
    stands = (pl.col("since") <= last) & (pl.col("until").is_null() | (pl.col("until") > last))
    closing = rows.filter(stands).select("pk", "line")
    opening = before.select("pk", "line")
    parts = [
        _came(closing, rows, opening, first, outside),
        _went(opening, closing, rows, period, outside),
        _passed(rows, opening, closing, period, outside),
        _shifted(opening, closing),
    ]
    moves = pl.concat([part.select("pk", "line", "way").cast(ENTRY) for part in parts]).sort(
        "way", "line", "pk"
    )
    return Reckoned(opening, closing, moves)


def _entered(first: dt.date, elsewhere: frozenset[int]) -> pl.Expr:
    known = pl.col("pk").is_in(sorted(elsewhere))
    return (
        pl.when(known)
        .then(pl.lit(MOVED_IN))
        .when(pl.col("since") >= first)
        .then(pl.lit(NEW))
        .otherwise(pl.lit(LATE))
    )


def _came(
    closing: pl.DataFrame, rows: pl.DataFrame, opening: pl.DataFrame, first: dt.date, outside: Outside
) -> pl.DataFrame:
    """Stand at the close and did not at the opening."""
    fresh = closing.join(opening, on="pk", how="anti").join(rows.select("pk", "since"), on="pk")
    return fresh.with_columns(_entered(first, outside.elsewhere).alias("way"))


def _went(
    opening: pl.DataFrame,
    closing: pl.DataFrame,
    rows: pl.DataFrame,
    period: tuple[dt.date, dt.date],
    outside: Outside,
) -> pl.DataFrame:
    """Stood at the opening and do not at the close; they leave the line in which they stood."""
    first, last = period
    gone = opening.join(closing, on="pk", how="anti").join(
        rows.select("pk", "until", "end"), on="pk", how="left"
    )
    moved, voided = (pl.col("pk").is_in(sorted(pks)) for pks in (outside.moved, outside.voided))
    ended = pl.col("until").is_not_null() & (pl.col("until") <= last)
    way = (
        pl.when(ended & (pl.col("until") < first))
        .then(pl.lit(LATE_END))
        .when(ended)
        .then(pl.col("end"))
        .when(moved)
        .then(pl.lit(MOVED_OUT))
        .when(voided)
        .then(pl.lit(VOIDED))
        .when(pl.col("present"))
        .then(pl.lit(UNDONE))
        .otherwise(pl.lit(LOST))
    )
    present = pl.col("pk").is_in(rows["pk"].implode())
    return gone.with_columns(present.alias("present")).with_columns(way.alias("way"))


def _passed(
    rows: pl.DataFrame,
    opening: pl.DataFrame,
    closing: pl.DataFrame,
    period: tuple[dt.date, dt.date],
    outside: Outside,
) -> pl.DataFrame:
    """Came and went between the opening and the close: once in, once out."""
    first, last = period
    known = pl.concat([opening.select("pk"), closing.select("pk")]).unique()
    stood = (
        (pl.col("since") <= last)
        & (pl.col("until") > pl.col("since"))
        & pl.col("until").is_between(first, last)
    )
    brief = rows.filter(stood).join(known, on="pk", how="anti")
    entered = brief.with_columns(_entered(first, outside.elsewhere).alias("way"))
    return pl.concat(
        [entered.select("pk", "line", "way"), brief.select("pk", "line", pl.col("end").alias("way"))]
    )


def _shifted(opening: pl.DataFrame, closing: pl.DataFrame) -> pl.DataFrame:
    """Stand at both ends, but in another line: out of the one, into the other."""
    both = opening.join(closing, on="pk", suffix="_now").filter(pl.col("line") != pl.col("line_now"))
    out = both.select("pk", "line", pl.lit(SHIFTED_OUT).alias("way"))
    return pl.concat(
        [out, both.select("pk", pl.col("line_now").alias("line"), pl.lit(SHIFTED_IN).alias("way"))]
    )


def opening_of(rows: pl.DataFrame, first: dt.date) -> pl.DataFrame:
    """Who stood on the day before ``first``, as the records say now: the opening where none was confirmed."""
    stood = (pl.col("since") < first) & (pl.col("until").is_null() | (pl.col("until") >= first))
    return rows.filter(stood)
