"""Credit codes against python-stdnum, and the letters it does not know."""

import polars as pl
import pytest
from stdnum.cn import uscc

from yizhou.core.credit_codes import ALPHABET, valid_expr


def valid(code: str | None) -> bool | None:
    """The verdict on one code."""
    return (
        pl.DataFrame({"code": [code]}, schema={"code": pl.String}).select(valid_expr(pl.col("code"))).item()
    )


@pytest.mark.parametrize("number", range(60))
def test_agrees_with_the_reference_on_every_check_character(number: int) -> None:
    first = f"913300007{number:04}ABCD"
    good = uscc.calc_check_digit(first)
    assert [letter for letter in ALPHABET if valid(first + letter)] == [good]


def test_letters_are_allowed_where_the_registering_authority_stands() -> None:
    assert [letter for letter in ALPHABET if valid("N2330100MF0000001" + letter)] == ["9"]


@pytest.mark.parametrize(
    "code", ["", "91330000", "91330000MA27ABCDI1", "913300007109298571 ", "9133000071092985７1"]
)
def test_what_has_not_the_shape_is_not_valid(code: str) -> None:
    assert valid(code) is False


def test_nothing_is_neither() -> None:
    assert valid(None) is None
