"""附件 1: the tables behind the chapters, each number of them that of an indicator for a part of its rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from yizhou.core.facts import FactError
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Answer, Known, Measure, Number, Rate
from yizhou.indicators.queries import (
    NOT_STARTED,
    NOTHING,
    answer_of,
    ledger_of,
    parts_below,
    parts_of,
    started,
)
from yizhou.indicators.report.crosstab import (
    ALL,
    BLANK,
    Axis,
    Cells,
    area_length,
    column_of,
    in_order,
    named,
    with_totals,
)
from yizhou.indicators.report.guarding import hidden_cells
from yizhou.indicators.report.table_facts import AREA, FILE, MONTH, Grid, grids
from yizhou.indicators.scope import Scope
from yizhou.indicators.wording import decimals, percent
from yizhou.ledgers.browsing import area_names, shown
from yizhou.ledgers.ledger import LEDGERS, SPECIAL, Ledger
from yizhou.ledgers.rendering import stored_rows
from yizhou.orgs.queries import division_names

WHOLE, OWN, HIDDEN = "合计", "本级直属", "*"
MOST_LINES = 60
GUARD_NOTE = "小于 5 的数及可由合计推出的数不予显示，印“*”。"


@dataclass(frozen=True)
class Table:
    """A finished table; without rows ``note`` says why. ``numeric``: all columns but the first hold numbers;
    ``chart``: how it is drawn.
    """

    section: str
    title: str
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    numeric: bool = True
    chart: str = ""


@dataclass(frozen=True)
class Part:
    """A column of numbers: an amount over what is measured, or a rate with its denominator; split over the rows."""

    title: str
    unit: str
    answer: Measure | Rate

    @property
    def measures(self) -> list[Measure]:
        """One, or numerator and denominator."""
        return list(parts_of(self.answer).values())

    def text(self, counted: list[Number]) -> str:
        """As it is printed in a cell."""
        if isinstance(self.answer, Measure):
            value = self.answer.in_unit(counted[0])
        else:
            value = self.answer.value(*counted)
        if value is None:
            return "—"
        if isinstance(self.answer, Measure) or self.answer.average:
            return decimals(value)
        return f"{percent(value)}（{counted[0]}/{counted[1]}）"


def parts_in(grid: Grid, answers: dict[str, Answer | None]) -> list[Part]:
    """The columns of a table, of what its indicators answer."""
    found = []
    for code, answer in answers.items():
        fact = facts()[code]
        if isinstance(answer, Rate) and grid.part:
            title = fact.numerator if grid.part == "numerator" else fact.denominator
            found.append(Part(title, "", parts_of(answer)[grid.part]))
        elif isinstance(answer, Measure | Rate):
            found.append(Part(fact.name, "" if isinstance(answer, Rate) else fact.unit, answer))
    return found


def tables_of(section: str, scope: Scope) -> list[Table]:
    """Tables of a section for a place and a time."""
    wanted = (grid for grid in grids() if grid.section == section)
    return [replace(table(grid, scope), chart=grid.chart) for grid in wanted]


def table(grid: Grid, scope: Scope) -> Table:
    """One table."""
    if grid.ledger:
        return _coming(grid, scope)
    begun = started(grid.codes, scope)
    answers = {code: answer_of(code, scope) for code in begun}
    known = next((answer for answer in answers.values() if isinstance(answer, Known)), None)
    if known:
        rows = tuple((str(n), name) for n, name in enumerate(known.names, 1))
        return Table(grid.section, grid.title, ("序号", "名称"), rows, known.reason, numeric=False)
    parts = parts_in(grid, answers)
    if not parts:
        return Table(grid.section, grid.title, note=NOT_STARTED)
    if grid.fields:
        return _listed(grid, parts[0].measures[0])
    return flags_table(grid, parts[0].measures[-1], scope) if grid.flags else grid_table(grid, parts, scope)


def _listed(grid: Grid, measured: Measure) -> Table:
    """The rows themselves, in the order in which they came, masked as everywhere."""
    return _list(grid, ledger_of(measured.rows.model), measured.found)


def _coming(grid: Grid, scope: Scope) -> Table:
    """Rows of a ledger that fall into the year after."""
    bound = LEDGERS[grid.ledger]
    manager: Any = bound.model._default_manager
    rows = scope.within(manager.all())
    year = scope.last.year + 1
    wanted: dict[str, Any] = {
        f"{grid.next_year}__gte": dt.date(year, 1, 1),
        f"{grid.next_year}__lte": dt.date(year, 12, 31),
    }
    for name, value in (grid.equal or {}).items():
        wanted |= {f"{name}__isnull": True} if value == "" else {name: value}
    return _list(grid, bound, rows.filter(**wanted))


def _list(grid: Grid, bound: Ledger, rows: Any) -> Table:
    if bound.browse_permission == SPECIAL:
        raise FactError(FILE, f"“{bound.title}”仅限授权岗位查看，报告不列它的记录", key=grid.title)
    columns = [bound.layout[name] for name in grid.fields]
    order = bound.date_field or "pk"
    first = rows.order_by(order, "pk").values_list("pk", flat=True)[: MOST_LINES + 1]
    ids = list(first)
    found = {row["id"]: row for row in stored_rows(bound, rows.model._base_manager.filter(pk__in=ids))}
    areas = area_names(columns, list(found.values()))
    lines = tuple(tuple(shown(column, found[pk], areas) for column in columns) for pk in ids[:MOST_LINES])
    note = f"只列前 {MOST_LINES} 行。" if len(ids) > MOST_LINES else "" if lines else NOTHING
    headers = tuple(column.header for column in columns)
    return Table(grid.section, grid.title, headers if lines else (), lines, note, numeric=False)


def flags_table(grid: Grid, measured: Measure, scope: Scope) -> Table:
    """How many of the rows have each of the things, by division."""
    fact, side = facts()[grid.codes[0]], _side(grid, [measured], scope)
    cells = [with_totals(measured, side.axis, Axis(""))]
    headers = ["总数"]
    for name in grid.flags:
        having = Measure(measured.rows.filter(**{name: True}), measured.where, area=measured.area)
        cells.append(with_totals(having, side.axis, Axis("")))
        headers.append(column_of(measured, name).header)
    lines = [(label, *(str(_of(cell, keys, ALL)) for cell in cells)) for label, keys in side.lines([*cells])]
    return Table(
        grid.section,
        grid.title,
        (side.header, *headers),
        tuple(lines),
        f"单位：{fact.unit}".replace("%", "个"),
    )


@dataclass(frozen=True)
class Side:
    """The side of a table: how the rows are grouped, and how the groups are called."""

    axis: Axis
    header: str
    divisions: dict[str, str]
    measured: Measure

    def lines(self, cells: list[Cells]) -> list[tuple[str, list[str]]]:
        """Labels of the lines with the keys that each of them holds; the total comes last."""
        keys = {row for cell in cells for row, _ in cell} - {ALL}
        if self.axis.path == AREA:
            own = sorted(keys - self.divisions.keys())
            found = [(name, [prefix]) for prefix, name in self.divisions.items()]
            return [*found, *([(OWN, own)] if own else []), (WHOLE, [ALL])]
        if self.axis.path.startswith(MONTH):
            named_keys = [(f"{key[:4]}年{int(key[5:])}月" if key else BLANK, [key]) for key in sorted(keys)]
            return [*named_keys, (WHOLE, [ALL])]
        column = column_of(self.measured, self.axis.path)
        ordered = in_order(column, keys)
        names = division_names(ordered) if column.kind == "area" else {}
        return [*((names.get(key) or named(column, key), [key]) for key in ordered), (WHOLE, [ALL])]


def _side(grid: Grid, measures: list[Measure], scope: Scope) -> Side:
    if grid.rows != AREA:
        header = "月份" if grid.rows.startswith(MONTH) else column_of(measures[0], grid.rows).header
        return Side(Axis(grid.rows), header, {}, measures[0])
    below = parts_below(scope.area)
    length = area_length([division.area_code for division in below])
    divisions = {division.area_code[:length]: division.name for division in below} if length else {}
    return Side(Axis(AREA, length or 12), "区划", divisions, measures[0])


def grid_table(grid: Grid, parts: list[Part], scope: Scope) -> Table:
    """Numbers by the lines of the side: one indicator in columns, or several side by side."""
    measures = [measured for part in parts for measured in part.measures]
    side, across = _side(grid, measures, scope), Axis(grid.columns)
    taken = [[with_totals(m, side.axis, across) for m in part.measures] for part in parts]
    sizes = [_sizes(part, cells, side, across) for part, cells in zip(parts, taken, strict=True)]
    heads = _heads(grid, parts, taken)
    lines = side.lines([cell for cells in taken for cell in cells])
    texts = []
    weights: list[list[list[Number]]] = [[] for _ in WEIGHED]
    for _, keys in lines:
        row = [[_of(cell, keys, key) for cell in taken[n]] for n, key, _ in heads]
        texts.append([parts[n].text(counted) for (n, _, _), counted in zip(heads, row, strict=True)])
        for weighed, kind in zip(weights, range(len(WEIGHED)), strict=True):
            weighed.append([_of(sizes[n][kind], keys, key) for n, key, _ in heads])
    guarded = weights if grid.guarded else []
    hidden = {cell for weighed in guarded for cell in hidden_cells(weighed, row_totals=bool(grid.columns))}
    rows = tuple(
        (label, *(HIDDEN if (r, c) in hidden else text for c, text in enumerate(texts[r])))
        for r, (label, _) in enumerate(lines)
    )
    note = f"{_unit(parts)}{GUARD_NOTE if hidden else ''}"
    return Table(grid.section, grid.title, (side.header, *(head for _, _, head in heads)), rows, note)


WEIGHED = ("numerator", "denominator", "rest")
"""What a rate printed with both its numbers gives away; an amount has its rows behind it in all three."""


def _sizes(part: Part, cells: list[Cells], side: Side, across: Axis) -> list[Cells]:
    """How many stand behind each cell, in the order of ``WEIGHED``."""
    measured = part.measures[0]
    if isinstance(part.answer, Rate) and part.answer.average:
        return [cells[-1]] * len(WEIGHED)
    if isinstance(part.answer, Measure):
        behind = with_totals(measured, side.axis, across, counted=True) if measured.total else cells[0]
        return [behind] * len(WEIGHED)
    having, all_of_them = cells
    rest = {key: count - having.get(key, 0) for key, count in all_of_them.items()}
    return [having, all_of_them, rest]


def _heads(grid: Grid, parts: list[Part], taken: list[list[Cells]]) -> list[tuple[int, str, str]]:
    """Columns: which part, which key of its cells, what stands above."""
    if not grid.columns:
        return [(n, ALL, part.title) for n, part in enumerate(parts)]
    column = column_of(parts[0].measures[0], grid.columns)
    keys = {key for cells in taken[0] for _, key in cells} - {ALL}
    return [*((0, key, named(column, key)) for key in in_order(column, keys)), (0, ALL, WHOLE)]


def _of(cells: Cells, rows: list[str], column: str) -> Number:
    return sum(cells.get((row, column), 0) for row in rows)


def _unit(parts: list[Part]) -> str:
    units = list(dict.fromkeys(part.unit for part in parts if part.unit))
    return f"单位：{'、'.join(units)}。" if units else ""
