"""A balance as a workbook: by category, by division, and the names of everything that moved (masked)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yizhou.balances.names import absent, grounds_of
from yizhou.balances.queries import Line, Sheet, pks_of
from yizhou.balances.reading import CHUNK, bound_of
from yizhou.balances.rules import SHIFTED_IN, SHIFTED_OUT
from yizhou.core.actor import Actor
from yizhou.ledgers.exporting import Choice, cells_of, rows_of
from yizhou.ledgers.writing.sheets import TextSheet, write_sheets


def write_balance(path: Path, sheet: Sheet, actor: Actor) -> int:
    """Write ``path``; returns how many names it holds."""
    headings = [label for _, label in sheet.columns]
    names = list(_names(sheet, actor))
    areas = _lines(sheet, (*sheet.areas, sheet.area_total))
    tables = [TextSheet("按下级区划", ["区划", *headings], areas)]
    if sheet.balance.category:
        lines = _lines(sheet, (*sheet.lines, sheet.total))
        tables.insert(0, TextSheet("按类别", ["类别", *headings], lines))
    headers = ["变动", *bound_of(sheet.balance).layout.headers, "依据"]
    write_sheets(path, [*tables, TextSheet("变动名册", headers, names)])
    return len(names)


def moved(sheet: Sheet) -> Iterator[tuple[str, str, list[int]]]:
    """What the list of names holds: the heading, the move, and the rows; shifts by category and by division."""
    for move in sheet.moves:
        if move.code not in (SHIFTED_IN, SHIFTED_OUT):
            yield move.label, move.code, pks_of(sheet, move.code)
            continue
        yield f"类别{move.label}", move.code, pks_of(sheet, move.code)
        yield f"区划{move.label}", move.code, pks_of(sheet, move.code, by_area=True)


def _lines(sheet: Sheet, lines: tuple[Line, ...]) -> Iterator[list[str]]:
    for line in lines:
        yield [line.label, *(str(line.sums[code]) for code, _ in sheet.columns)]


def _names(sheet: Sheet, actor: Actor) -> Iterator[list[str]]:
    """Each name once for each move; of rows that are gone what was kept, of those out of sight how many there are."""
    bound = bound_of(sheet.balance)
    for label, way, pks in moved(sheet):
        for start in range(0, len(pks), CHUNK):
            part = pks[start : start + CHUNK]
            rows = rows_of(bound, actor, Choice()).filter(pk__in=part).order_by("pk")
            seen = list(rows.values_list("pk", flat=True))
            grounds = grounds_of(sheet.balance, seen, way, actor)
            for pk, cells in zip(seen, cells_of(bound, rows, plain=False), strict=True):
                yield [label, *cells, grounds.get(pk, "")]
            for cells in absent(bound, set(part) - set(seen), bound.layout.columns, actor):
                yield [label, *cells]
