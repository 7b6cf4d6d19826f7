"""Reading cells: one polars expression per column type, from normalised text to a typed value (ledgers.md §2).

Every expression answers null where the text cannot be read; the caller tells that from an empty cell.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.core import id_numbers

DATE_PARTS = (
    r"^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))(?: 00:00(?::00)?)?$"
)
CLOCK = r" (\d{1,2}):(\d{2})(?::(\d{2}))?$"
YES = ("是", "有", "y", "1", "true")
NO = ("否", "无", "n", "0", "false")


def number(text: pl.Expr, pattern: str) -> pl.Expr:
    """Digits with thousands commas taken out, null where ``pattern`` does not fit."""
    bare = text.str.replace_all(",", "", literal=True)
    return pl.when(bare.str.contains(pattern)).then(bare)


def as_int(text: pl.Expr) -> pl.Expr:
    """Whole numbers; ``3.0`` is one, ``3.5`` is not."""
    return number(text, r"^[+-]?\d{1,15}(\.0*)?$").str.replace(r"\.0*$", "").cast(pl.Int64, strict=False)


def as_decimal(text: pl.Expr) -> pl.Expr:
    """Numbers with or without a fraction."""
    return number(text, r"^[+-]?\d{1,13}(\.\d+)?$").cast(pl.Float64, strict=False)


def as_fen(text: pl.Expr) -> pl.Expr:
    """Yuan with at most two decimals → whole fen."""
    yuan = number(text, r"^[+-]?\d{1,13}(\.\d{1,2}0*)?$").cast(pl.Float64, strict=False)
    return (yuan * 100).round(0).cast(pl.Int64, strict=False)


def as_date(text: pl.Expr) -> pl.Expr:
    """The five spellings of a date; a day that does not exist is null."""
    year = text.str.extract(DATE_PARTS, 1)
    month = pl.coalesce([text.str.extract(DATE_PARTS, group) for group in (2, 4, 6)])
    day = pl.coalesce([text.str.extract(DATE_PARTS, group) for group in (3, 5, 7)])
    padded = pl.concat_str([year, month.str.zfill(2), day.str.zfill(2)], separator="-")
    return _day(padded)


ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"


def as_iso_date(text: pl.Expr) -> pl.Expr:
    """``as_date`` for a column known to hold the one spelling 2024-03-05: five times as fast."""
    return _day(text)


EARLIEST = dt.date(1000, 1, 1)
"""A year that begins with a nought is a slip of the pen: 0202 for 2020; and polars knows a year 0, nobody else does."""


def _day(text: pl.Expr) -> pl.Expr:
    day = text.str.to_date("%Y-%m-%d", strict=False)
    return pl.when(day >= EARLIEST).then(day)


def as_datetime(text: pl.Expr) -> pl.Expr:
    """A date, or a date, a space and a clock time; local time without a zone."""
    has_clock = text.str.contains(CLOCK)
    day = as_date(pl.when(has_clock).then(text.str.replace(CLOCK, "")).otherwise(text))
    hour, minute = text.str.extract(CLOCK, 1).str.zfill(2), text.str.extract(CLOCK, 2)
    second = text.str.extract(CLOCK, 3).fill_null("00")
    clock = pl.concat_str([hour, minute, second], separator=":").fill_null("00:00:00")
    stamp = pl.concat_str([day.cast(pl.String), clock], separator=" ")
    return stamp.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)


def as_bool(text: pl.Expr) -> pl.Expr:
    """是/否, 有/无, Y/N, 1/0, true/false in any case."""
    low = text.str.to_lowercase()
    return pl.when(low.is_in(YES)).then(pl.lit(value=True)).when(low.is_in(NO)).then(pl.lit(value=False))


def as_code(text: pl.Expr, readings: dict[str, str]) -> pl.Expr:
    """A code or its name → the code."""
    return text.replace_strict(list(readings), list(readings.values()), default=None, return_dtype=pl.String)


def as_area(text: pl.Expr) -> pl.Expr:
    """12 digits, or 6 or 9 filled with zeros on the right; whether it exists is asked later."""
    return pl.when(text.str.contains(r"^(\d{6}|\d{9}|\d{12})$")).then(text.str.pad_end(12, "0"))


def as_id_number(text: pl.Expr) -> pl.Expr:
    """18 digits with a good check character; 15 digits are converted; a small x becomes X."""
    number = id_numbers.normalise_expr(text)
    full = pl.when(number.str.contains(r"^\d{15}$")).then(id_numbers.from_15_expr(number)).otherwise(number)
    return pl.when(id_numbers.good_check_expr(full)).then(full)


def as_phone(text: pl.Expr) -> pl.Expr:
    """11 digits beginning with 13–19."""
    return pl.when(text.str.contains(r"^1[3-9]\d{9}$")).then(text)
