"""Cells as text become typed values; what cannot be meant is null."""

import datetime as dt

import polars as pl
import pytest

from yizhou.ledgers import cells


@pytest.mark.parametrize("written", ["0000-01-01", "0202-03-05", "0000年1月1日", "02020305", "0999/12/31"])
def test_a_year_that_begins_with_a_nought_is_no_date(written: str) -> None:
    found = pl.DataFrame({"text": [written]}).select(
        day=cells.as_date(pl.col("text")), moment=cells.as_datetime(pl.col("text"))
    )
    assert found.row(0) == (None, None)


def test_the_quick_way_for_iso_dates_reads_the_same() -> None:
    texts = ["2024-02-29", "2023-02-29", "0000-01-01", "0202-03-05", "1000-01-01", "9999-12-31", None]
    found = pl.DataFrame({"text": texts}).select(
        quick=cells.as_iso_date(pl.col("text")), slow=cells.as_date(pl.col("text"))
    )
    assert found["quick"].to_list() == found["slow"].to_list()
    assert found["quick"].drop_nulls().to_list() == [
        dt.date(2024, 2, 29),
        dt.date(1000, 1, 1),
        dt.date(9999, 12, 31),
    ]
