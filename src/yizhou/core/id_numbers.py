"""Citizen identity numbers (GB 11643): check character, birth date, sex, and the 15-digit form of before
1999.

Single values for forms; ``*_expr`` for whole columns. Columns are expected in normal form
(``normalise_expr``). Codes of problems: ``ID_FORMAT``, ``ID_BIRTH``, ``ID_SEX`` (台账导入约定第 4 节).
"""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from yizhou.core import text as cells

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
MALE, FEMALE = "1", "2"
OLDEST_YEARS = 120

_SHAPE_18 = re.compile(r"[1-9][0-9]{16}[0-9X]")
_SHAPE_15 = re.compile(r"[1-9][0-9]{14}")


def normalise(text: str | None) -> str:
    """The number without blanks at its ends, in half width, with a capital X; ``""`` when empty."""
    return (cells.normalise_cell(text) or "").upper()


def normalise_expr(column: str | pl.Expr) -> pl.Expr:
    """``normalise`` for a whole text column, but empty cells become null."""
    upper: pl.Expr = cells.normalise_expr(column).str.to_uppercase()
    return upper


def check_character(first_17: str) -> str:
    """The 18th character that belongs to 17 digits. Raises ``ValueError`` when they are not 17 digits."""
    if not re.fullmatch("[0-9]{17}", first_17):
        msg = "身份证号前 17 位应全部是数字"
        raise ValueError(msg)
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def is_15(text: str) -> bool:
    """True for a first-generation number: 15 digits with a birth date that exists."""
    return _SHAPE_15.fullmatch(text) is not None and _real_date("19" + text[6:12]) is not None


def from_15(text: str) -> str:
    """The 18-character number that replaces a 15-digit one. Raises ``ValueError`` when it is not one.

    The century is 19: first-generation numbers were given out until 1999.
    """
    number = normalise(text)
    if not is_15(number):
        msg = "不是 15 位身份证号"
        raise ValueError(msg)
    first_17 = f"{number[:6]}19{number[6:]}"
    return first_17 + check_character(first_17)


def has_good_check(number: str) -> bool:
    """True when a normalised number has 18 characters and the right check character."""
    return _SHAPE_18.fullmatch(number) is not None and number[17] == check_character(number[:17])


def birth_on(number: str) -> date | None:
    """Birth date in a normalised 18-character number; ``None`` when its digits are no date."""
    return _real_date(number[6:14]) if _SHAPE_18.fullmatch(number) else None


def sex_code(number: str) -> str | None:
    """``"1"`` male, ``"2"`` female (GB/T 2261.1) by the 17th digit; ``None`` when it is not an 18-character
    number.
    """
    if not _SHAPE_18.fullmatch(number):
        return None
    return MALE if int(number[16]) % 2 else FEMALE


def problems(
    text: str, *, born_on: date | None = None, sex: str | None = None, on: date | None = None
) -> list[str]:
    """Codes of what is wrong with a number, in the order ID_FORMAT, ID_BIRTH, ID_SEX; empty when all is
    well.

    ``born_on`` and ``sex`` (``"1"``/``"2"``) are what the same form says; ``on`` is the day on which the
    person must have been born and not be older than 120. A number of wrong form is not looked into further.
    """
    number = normalise(text)
    if not has_good_check(number):
        return ["ID_FORMAT"]
    found = []
    born = birth_on(number)
    if born is None or born_on not in (None, born) or (on is not None and not _plausible(born, on)):
        found.append("ID_BIRTH")
    if sex not in (None, sex_code(number)):
        found.append("ID_SEX")
    return found


def _plausible(born: date, on: date) -> bool:
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return born <= on and years <= OLDEST_YEARS


def _real_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _column(column: str | pl.Expr) -> pl.Expr:
    return pl.col(column) if isinstance(column, str) else column


def _check_series(first_17: pl.Series) -> pl.Series:
    """Check characters of a column of 17-digit texts; null where a cell is not a number.

    Arithmetic on whole columns of integers. It is a function of a Series because an expression would cut and
    read the text anew for each of the seventeen places.
    """
    digits = first_17.cast(pl.Int64, strict=False)
    total = digits % 10 * WEIGHTS[-1]
    for place, weight in enumerate(reversed(WEIGHTS[:-1]), start=1):
        total = total + digits // 10**place % 10 * weight
    return pl.Series(list(CHECK_CHARACTERS)).gather(total % 11).alias(first_17.name)


def _check_expr(first_17: pl.Expr) -> pl.Expr:
    return first_17.map_batches(_check_series, return_dtype=pl.String, is_elementwise=True)


def _has_shape_18(number: pl.Expr) -> pl.Expr:
    return number.str.contains(r"^[1-9][0-9]{16}[0-9X]\z")


def good_check_expr(column: str | pl.Expr) -> pl.Expr:
    """True where the form and the check character are right (no ``ID_FORMAT``); null for a null."""
    number = _column(column)
    fits = number.str.slice(17) == _check_expr(number.str.slice(0, 17))
    return _has_shape_18(number) & fits.fill_null(value=False)


def birth_expr(column: str | pl.Expr) -> pl.Expr:
    """Birth date in 18-character numbers; null where the digits are no date, as in the year 0000, which polars knows."""
    number = _column(column)
    has_year = _has_shape_18(number) & (number.str.slice(6, 4) != "0000")
    return pl.when(has_year).then(number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False))


def sex_expr(column: str | pl.Expr) -> pl.Expr:
    """``"1"`` or ``"2"`` by the 17th digit; null where the cell is not an 18-character number."""
    number = _column(column)
    male = number.str.slice(16, 1).is_in(["1", "3", "5", "7", "9"])
    return pl.when(_has_shape_18(number)).then(pl.when(male).then(pl.lit(MALE)).otherwise(pl.lit(FEMALE)))


def valid_expr(column: str | pl.Expr) -> pl.Expr:
    """True where ``problems`` finds nothing: form, check character and an existing birth date; null for a
    null.
    """
    valid = good_check_expr(column) & birth_expr(column).is_not_null()
    return pl.when(_column(column).is_not_null()).then(valid)


def from_15_expr(column: str | pl.Expr) -> pl.Expr:
    """The 18-character number for a column of 15-digit ones; null where the cell is not a 15-digit number."""
    number = _column(column)
    is_old = number.str.contains(r"^[1-9][0-9]{14}\z")
    century = pl.lit("19")
    is_date = (century + number.str.slice(6, 6)).str.to_date("%Y%m%d", strict=False).is_not_null()
    first_17 = number.str.slice(0, 6) + century + number.str.slice(6)
    return pl.when(is_old & is_date).then(first_17 + _check_expr(first_17))
