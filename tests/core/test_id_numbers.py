"""Identity numbers: the handbook's cases, a second opinion, and columns that agree with single values."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.cn import ric

from yizhou.core import id_numbers

digits = st.text("0123456789", min_size=1, max_size=16)
near_numbers = st.one_of(
    st.text("0123456789Xx ", max_size=19),
    st.builds(
        lambda area, born, order, check: f"{area}{born:%Y%m%d}{order:03}{check}",
        st.integers(100000, 999999),
        st.dates(date(1900, 1, 1), date(2030, 1, 1)),
        st.integers(0, 999),
        st.sampled_from("0123456789X"),
    ),
    st.builds(
        lambda area, born, order: f"{area}{born:%y%m%d}{order:03}",
        st.integers(100000, 999999),
        st.dates(date(1900, 1, 1), date(1999, 12, 31)),
        st.integers(0, 999),
    ),
)


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("339900198508011019", date(1985, 8, 1), "1"),
        ("339900198803152041", date(1988, 3, 15), "2"),
        ("33990019991201112X", date(1999, 12, 1), "2"),
    ],
)
def test_samples_of_the_handbook(number: str, born: date, sex: str) -> None:
    assert id_numbers.birth_on(number) == born
    assert id_numbers.sex_code(number) == sex
    assert id_numbers.has_good_check(number)


def test_wrong_last_digit_is_an_error() -> None:
    assert id_numbers.problems("339900198508011019") == []
    assert id_numbers.problems("339900198508011018") == ["ID_FORMAT"]


def test_small_x_and_full_width_are_put_right() -> None:
    assert id_numbers.normalise("　33990019991201112ｘ ") == "33990019991201112X"
    assert id_numbers.normalise("３39900198508011019") == "339900198508011019"
    assert id_numbers.normalise(None) == id_numbers.normalise(" 　") == ""
    assert id_numbers.problems("33990019991201112x") == id_numbers.problems("33990019991201112X")


def with_check(first_17: str) -> str:
    return first_17 + id_numbers.check_character(first_17)


def test_birth_must_exist_and_agree() -> None:
    no_such_day = with_check("33990019850230101")
    assert id_numbers.problems(no_such_day) == ["ID_BIRTH"]
    good = "339900198508011019"
    assert id_numbers.problems(good, born_on=date(1985, 8, 1)) == []
    assert id_numbers.problems(good, born_on=date(1985, 8, 2)) == ["ID_BIRTH"]
    assert id_numbers.problems(good, born_on=date(1985, 8, 2), sex="2") == ["ID_BIRTH", "ID_SEX"]
    assert id_numbers.problems(good, sex="1") == []


def test_birth_after_today_or_older_than_120() -> None:
    good = "339900198508011019"
    assert id_numbers.problems(good, on=date(1985, 8, 1)) == []
    assert id_numbers.problems(good, on=date(1985, 7, 31)) == ["ID_BIRTH"]
    assert id_numbers.problems(good, on=date(2106, 7, 31)) == []
    assert id_numbers.problems(good, on=date(2106, 8, 1)) == ["ID_BIRTH"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3399001985080110",
        "0" * 18,
        "039900198508011019",
        "339900198508011019\n1",
        "33990019850801101Y",
        "٣" * 18,
    ],
)
def test_wrong_shapes(text: str) -> None:
    assert id_numbers.problems(text) == ["ID_FORMAT"]
    assert id_numbers.birth_on(text) is None
    assert id_numbers.sex_code(text) is None


def test_15_digits_become_18() -> None:
    assert id_numbers.from_15("339900850801101") == with_check("33990019850801101")
    assert id_numbers.problems(id_numbers.from_15("339900850801101")) == []
    for text in ("339900850230101", "33990085080110", "339900198508011019", "33990085080110X"):
        with pytest.raises(ValueError, match="不是 15 位身份证号"):
            id_numbers.from_15(text)


@given(st.text("0123456789", min_size=17, max_size=17))
def test_check_character_agrees_with_stdnum(first_17: str) -> None:
    assert id_numbers.check_character(first_17) == ric.calc_check_digit(first_17 + "0")


def test_check_character_needs_17_digits() -> None:
    for text in ("1" * 16, "1" * 18, "x" * 17, "١" * 17):
        with pytest.raises(ValueError, match="17 位"):
            id_numbers.check_character(text)


@given(
    st.lists(
        st.one_of(
            st.none(),
            near_numbers,
            near_numbers.map(lambda text: text[:17].ljust(17, "1"))
            .filter(lambda text: text.isdigit())
            .map(with_check),
        ),
        min_size=1,
        max_size=30,
    )
)
@example(["100000000001010000"])  # the year 0000: a date to polars, none to Python
def test_columns_agree_with_single_values(numbers: list[str | None]) -> None:
    normal = [id_numbers.normalise(number) or None for number in numbers]
    frame = pl.DataFrame({"number": numbers}, schema={"number": pl.String}).select(
        number=id_numbers.normalise_expr("number")
    )
    assert frame["number"].to_list() == normal
    columns = frame.select(
        valid=id_numbers.valid_expr("number"),
        check=id_numbers.good_check_expr("number"),
        birth=id_numbers.birth_expr("number"),
        sex=id_numbers.sex_expr("number"),
        new=id_numbers.from_15_expr("number"),
    )
    for number, row in zip(normal, columns.iter_rows(named=True), strict=True):
        if number is None:
            assert not any(row.values())
            continue
        assert row["valid"] == (id_numbers.problems(number) == [])
        assert row["check"] == id_numbers.has_good_check(number)
        assert row["birth"] == id_numbers.birth_on(number)
        assert row["sex"] == id_numbers.sex_code(number)
        assert row["new"] == (id_numbers.from_15(number) if id_numbers.is_15(number) else None)


def test_columns_on_lazy_frames() -> None:
    frame = pl.LazyFrame({"number": ["339900198508011019", "339900198508011018", "339900850801101", None]})
    result = frame.select(
        valid=id_numbers.valid_expr("number"), new=id_numbers.from_15_expr(pl.col("number"))
    ).collect()
    assert result["valid"].to_list() == [True, False, False, None]
    assert result["new"].to_list() == [None, None, with_check("33990019850801101"), None]
