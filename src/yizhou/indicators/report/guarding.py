"""Which cells of a table are not printed, so that few persons are neither named nor worked out from its totals. Pure.

A hidden cell can be worked out exactly when, among the hidden cells, its row and its column are joined by it alone:
then the sums around it leave one value. So cells are hidden beside the small ones until none stands alone like that.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALL = 5
"""Numbers below this point at persons (trust.md, statistics)."""

Place = tuple[int, int]
Number = int | float
FREE = -1
"""The row of every cell where rows have no total: nothing is subtracted along them."""


def hidden_cells(sizes: Sequence[Sequence[Number]], *, row_totals: bool) -> set[Place]:
    """Places not to print. The last line of ``sizes`` holds the totals of the columns, and with ``row_totals`` the
    last column those of the rows. The whole itself stands in the text: where it is small its cells all go.

    >>> sorted(hidden_cells([[2], [9], [30], [41]], row_totals=False))
    [(0, 0), (1, 0)]
    >>> sorted(hidden_cells([[0], [9], [9]], row_totals=False))
    []
    """
    cells = {(r, c): size for r, line in enumerate(sizes) for c, size in enumerate(line)}
    last = max(cells, default=(0, 0))
    wholes = {place for place in cells if place[0] == last[0] and (not row_totals or place == last)}
    hidden = {place for place, size in cells.items() if 0 < size < SMALL and place not in wholes}
    for whole in wholes:
        if 0 < cells[whole] < SMALL:
            hidden |= {place for place in cells if row_totals or place[1] == whole[1]}
    done = {whole for whole in wholes if whole in hidden}
    while exposed := _exposed(hidden, cells, row_totals=row_totals, whole=done):
        open_cells = set(cells) - hidden - wholes
        further = _beside(exposed, cells, open_cells)
        if further is None:
            return set(cells)
        hidden.add(further)
    return hidden


def _exposed(
    hidden: set[Place], cells: dict[Place, Number], *, row_totals: bool, whole: set[Place]
) -> Place | None:
    """A hidden cell that the sums around it give away; columns that are hidden as a whole give nothing away."""
    gone = set(cells) if row_totals and whole else {p for p in cells if p[1] in {w[1] for w in whole}}
    for place in sorted(hidden - gone):
        if _is_alone(place, hidden, row_totals=row_totals) or _are_all_ones(place, hidden, cells):
            return place
    return None


def _is_alone(place: Place, hidden: set[Place], *, row_totals: bool) -> bool:
    """Whether no other way leads over hidden cells from its row to its column."""
    reached, waiting = set[tuple[str, int]](), [("row", place[0] if row_totals else FREE)]
    while waiting:
        side, number = node = waiting.pop()
        if node in reached:
            continue
        reached.add(node)
        for r, c in hidden - {place}:
            row = r if row_totals else FREE
            if (side, number) == ("row", row):
                waiting.append(("column", c))
            elif (side, number) == ("column", c):
                waiting.append(("row", row))
    return ("column", place[1]) not in reached


def _are_all_ones(place: Place, hidden: set[Place], cells: dict[Place, Number]) -> bool:
    """Whether the hidden of its column are so few that their sum, one for each, gives them all away."""
    column = [cells[other] for other in hidden if other[1] == place[1]]
    last = max(r for r, _ in cells)
    return (last, place[1]) not in hidden and sum(column) == len(column)


def _beside(place: Place, cells: dict[Place, Number], open_cells: set[Place]) -> Place | None:
    """The smallest cell of its column that is still printed, then of its row; a nought only where nothing else is left."""
    for line in (1, 0):
        found = [other for other in open_cells if other[line] == place[line]]
        if found:
            return min(found, key=lambda other: (cells[other] == 0, cells[other], other))
    return None
