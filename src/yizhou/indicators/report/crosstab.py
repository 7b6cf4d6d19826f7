"""A number taken apart by one or two columns of its rows, in one pass each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, F, Value
from django.db.models.functions import Substr, TruncMonth

from yizhou.core.scope import prefix_of
from yizhou.indicators.measures import Measure, Number, amounts
from yizhou.indicators.queries import ledger_of, owner
from yizhou.indicators.report.table_facts import AREA, MONTH
from yizhou.ledgers.columns import Column, code_table

BLANK = "未填"
Cells = dict[tuple[str, str], Number]
ALL = "\0"
"""The key of a total, unlike any value of a column."""


@dataclass(frozen=True)
class Axis:
    """One side of a table: ``path`` as ``Grid`` writes it; ``length`` of the division codes where it is ``area``."""

    path: str
    length: int = 0

    def expression(self, measured: Measure) -> Any:
        """What the rows are grouped by."""
        if not self.path:
            return Value("")
        if self.path == AREA:
            return Substr(str(owner(measured)), 1, self.length)
        month = self.path.removeprefix(MONTH)
        return TruncMonth(month) if month != self.path else F(self.path)


def split(measured: Measure, rows: Axis, columns: Axis, *, counted: bool = False) -> Cells:
    """The amount of every cell that has any; ``counted`` asks for the number of rows behind it instead."""
    aggregate = Count("pk", filter=measured.where) if counted else measured.aggregate()
    found = measured.rows.order_by().annotate(
        table_row=rows.expression(measured), table_column=columns.expression(measured)
    )
    cells: Cells = {}
    for row in (
        found.values("table_row", "table_column")
        .annotate(n=aggregate)
        .values_list("table_row", "table_column", "n")
    ):
        place = _key(row[0]), _key(row[1])
        cells[place] = cells.get(place, 0) + (row[2] or 0)
    return {place: amount for place, amount in cells.items() if amount}


def with_totals(measured: Measure, rows: Axis, columns: Axis, *, counted: bool = False) -> Cells:
    """The cells with the totals of rows and columns: of different values each total is counted anew."""
    cells = split(measured, rows, columns, counted=counted)
    nothing = Axis("")
    if measured.distinct and not counted:
        by_row = split(measured, rows, nothing)
        by_column = split(measured, nothing, columns)
        cells |= {(row, ALL): n for (row, _), n in by_row.items()}
        cells |= {(ALL, column): n for (_, column), n in by_column.items()}
        cells[ALL, ALL] = amounts([measured])[0]
        return cells
    found = dict(cells)
    for (row, column), n in cells.items():
        for place in ((row, ALL), (ALL, column), (ALL, ALL)):
            found[place] = found.get(place, 0) + n
    return found


def _key(value: Any) -> str:
    if isinstance(value, models.Model) or value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strftime("%Y-%m") if hasattr(value, "strftime") else str(value)


def column_of(measured: Measure, path: str) -> Column:
    """The ledger's column at the end of a path of lookups. Raises ``LookupError`` where there is none."""
    model: Any = measured.rows.model
    *links, name = path.removeprefix(MONTH).split("__")
    for link in links:
        model = model._meta.get_field(link).related_model
    layout = ledger_of(model).layout
    found = [column for column in layout.columns if name in (column.field, column.stored)]
    if not found:
        raise LookupError(f"{layout.name} 没有列 {name}")
    return found[0]


def named(column: Column, key: str) -> str:
    """A value of a column as it stands at the side or the head of a table."""
    if key == "":
        return BLANK
    if column.kind == "bool":
        return "是" if key in ("true", "1") else "否"
    names = code_table(column.multi or column.argument).names if column.kind == "code" or column.multi else {}
    return "、".join(names.get(part, part) for part in key.split(";"))


def in_order(column: Column, keys: set[str]) -> list[str]:
    """Codes in the order of their table, everything else by itself; what is blank comes last."""
    order = list(code_table(column.argument).names) if column.kind == "code" else []
    rank = {code: n for n, code in enumerate(order)}
    return sorted(keys, key=lambda key: (key == "", rank.get(key, len(rank)), key))


def area_length(areas: list[str]) -> int:
    """How many digits tell the divisions apart; 0 where they lie on different levels."""
    lengths = {len(prefix_of(area)) for area in areas}
    return lengths.pop() if len(lengths) == 1 else 0
