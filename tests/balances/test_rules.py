"""The arithmetic of a balance, name by name, on rows counted by hand."""

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhou.balances.rules import COMING, GOING, Outside, Reckoned, opening_of, reckon

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
SCHEMA = {
    "pk": pl.Int64,
    "line": pl.String,
    "area": pl.String,
    "since": pl.Date,
    "until": pl.Date,
    "end": pl.String,
}
Row = tuple[int, str, str, Any, Any, str]


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def row(pk: int, since: str, until: str = "", line: str = "A", end: str = "died_on") -> Row:
    return pk, line, "01", day(since), day(until), end if until else ""


def frame(*rows: Row) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=SCHEMA, orient="row")


def before(*rows: tuple[int, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(pk, line, "01") for pk, line in rows],
        schema={"pk": pl.Int64, "line": pl.String, "area": pl.String},
        orient="row",
    )


def moves(reckoned: Reckoned) -> set[tuple[int, str, str]]:
    return set(reckoned.moves.iter_rows())


CONFIRMED = before((1, "A"), (2, "A"))


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (row(3, "2026-01-01"), {(3, "A", "new")}),
        (row(3, "2026-12-31"), {(3, "A", "new")}),
        (row(3, "2025-12-31"), {(3, "A", "late")}),
        (row(3, "2027-01-01"), set()),
        (row(3, "2026-03-01", "2026-03-02"), {(3, "A", "new"), (3, "A", "died_on")}),
        (row(3, "2026-03-01", "2026-03-01"), set()),  # ended on the day it began: it never stood
        (row(3, "2025-03-01", "2026-03-01"), {(3, "A", "late"), (3, "A", "died_on")}),
        (row(3, "2025-03-01", "2025-12-31"), set()),
        (row(3, "2026-03-01", "2027-01-01"), {(3, "A", "new")}),
    ],
)
def test_a_row_that_the_opening_does_not_know(present: Row, expected: set[tuple[int, str, str]]) -> None:
    rows = frame(row(1, "2025-01-01"), row(2, "2025-01-01"), present)
    assert moves(reckon(CONFIRMED, rows, (FIRST, LAST))) == expected


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (row(2, "2025-01-01"), set()),
        (row(2, "2025-01-01", line="B"), {(2, "A", "shifted_out"), (2, "B", "shifted_in")}),
        (row(2, "2025-01-01", "2026-01-01"), {(2, "A", "died_on")}),
        (row(2, "2025-01-01", "2026-12-31"), {(2, "A", "died_on")}),
        (row(2, "2025-01-01", "2027-01-01"), set()),
        (row(2, "2025-01-01", "2025-12-31"), {(2, "A", "late_end")}),
        (row(2, "2027-05-01"), {(2, "A", "undone")}),
        (row(2, "2025-01-01", "2026-06-01", line="B"), {(2, "A", "died_on")}),
    ],
)
def test_a_row_that_the_opening_knows(present: Row, expected: set[tuple[int, str, str]]) -> None:
    assert moves(reckon(CONFIRMED, frame(row(1, "2025-01-01"), present), (FIRST, LAST))) == expected


def test_a_row_that_is_gone_is_told_by_where_it_went() -> None:
    rows = frame(row(1, "2025-01-01"))
    left = before((1, "A"), (2, "A"), (3, "A"), (4, "A"))
    outside = Outside(moved=frozenset({2}), voided=frozenset({3}))
    found = moves(reckon(left, rows, (FIRST, LAST), outside))
    assert found == {(2, "A", "moved_out"), (3, "A", "voided"), (4, "A", "lost")}


def test_a_row_that_the_opening_knew_elsewhere_moved_in() -> None:
    rows = frame(row(1, "2025-01-01"), row(2, "2025-01-01"), row(7, "2020-01-01"))
    found = reckon(CONFIRMED, rows, (FIRST, LAST), Outside(elsewhere=frozenset({7})))
    assert moves(found) == {(7, "A", "moved_in")}


def test_the_opening_follows_from_the_dates_where_none_was_confirmed() -> None:
    rows = frame(
        row(1, "2025-12-31"),
        row(2, "2026-01-01"),
        row(3, "2020-01-01", "2026-01-01"),
        row(4, "2020-01-01", "2025-12-31"),
    )
    assert opening_of(rows, FIRST)["pk"].to_list() == [1, 3]


days = st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1))
rows_ = st.tuples(st.sampled_from("AB"), days, st.none() | days)
known_ = st.none() | st.sampled_from("AB")


@given(st.lists(st.tuples(rows_ | st.none(), known_), max_size=30))
def test_every_line_balances_whatever_happened(world: list[tuple[Any, str | None]]) -> None:
    now = [
        (pk, it[0], "01", it[1], it[2], "died_on" if it[2] else "")
        for pk, (it, _) in enumerate(world)
        if it is not None
    ]
    held = [(pk, line) for pk, (_, line) in enumerate(world) if line is not None]
    found = reckon(before(*held), frame(*now), (FIRST, LAST))
    signs = {move.code: move.sign for move in (*COMING, *GOING)} | {"died_on": -1}
    for line in "AB":
        opening = found.opening.filter(pl.col("line") == line).height
        closing = found.closing.filter(pl.col("line") == line).height
        moved = sum(signs[way] for _, at, way in found.moves.iter_rows() if at == line)
        assert opening + moved == closing
