"""Hidden cells of a table cannot be worked out from what is printed beside them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhou.indicators.report.guarding import SMALL, hidden_cells

NUMBERS = st.integers(0, 12)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1, max_size=5)
)


def with_totals(inner: list[list[int]], *, rows: bool) -> list[list[int]]:
    lines = [[*line, sum(line)] if rows else line for line in inner]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def solved(sizes: list[list[int]], hidden: set[tuple[int, int]], *, rows: bool) -> set[tuple[int, int]]:
    """Hidden cells that the equations of the totals determine, by elimination."""
    unknown = sorted(hidden)
    equations = []
    lines = [[(r, c) for r in range(len(sizes))] for c in range(len(sizes[0]))]
    if rows:
        lines += [[(r, c) for c in range(len(sizes[0]))] for r in range(len(sizes))]
    for line in lines:
        equation = [Fraction(0)] * len(unknown)
        for n, place in enumerate(line):
            if place in hidden:
                equation[unknown.index(place)] = Fraction(-1 if n == len(line) - 1 else 1)
        equations.append(equation)
    return {unknown[n] for n in range(len(unknown)) if _is_determined(n, _reduced(equations))}


def _reduced(equations: list[list[Fraction]]) -> list[list[Fraction]]:
    rows, done = [row[:] for row in equations], 0
    for column in range(len(rows[0])):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [x / rows[done][column] for x in rows[done]]
        for r in range(len(rows)):
            if r != done and rows[r][column]:
                rows[r] = [a - rows[r][column] * b for a, b in zip(rows[r], rows[done], strict=True)]
        done += 1
    return [row for row in rows if any(row)]


def _is_determined(n: int, rows: list[list[Fraction]]) -> bool:
    return any(row[n] and sum(bool(x) for x in row) == 1 for row in rows)


@pytest.mark.parametrize("rows", [True, False])
@given(inner=TABLES)
def test_no_hidden_cell_follows_from_the_totals(*, rows: bool, inner: list[list[int]]) -> None:
    sizes = with_totals(inner, rows=rows)
    hidden = hidden_cells(sizes, row_totals=rows)
    for r, line in enumerate(inner):
        for c, size in enumerate(line):
            assert not 0 < size < SMALL or (r, c) in hidden
    everything = {(r, c) for r, line in enumerate(sizes) for c in range(len(line))}
    if hidden != everything:
        gone = {c for c in range(len(sizes[0])) if all((r, c) in hidden for r in range(len(sizes)))}
        assert {p for p in solved(sizes, hidden, rows=rows) if rows or p[1] not in gone} == set()


def test_a_table_of_large_numbers_is_printed_whole() -> None:
    assert hidden_cells(with_totals([[9, 0], [7, 30]], rows=True), row_totals=True) == set()


def test_ones_alone_would_be_told_by_their_sum() -> None:
    assert hidden_cells([[1], [1], [40], [42]], row_totals=False) == {(0, 0), (1, 0), (2, 0)}
