"""The tables behind the chapters as facts: ``data/report/tables.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from yizhou.core.facts import FactError, build, read_toml
from yizhou.indicators.facts import facts
from yizhou.ledgers.columns import layouts

FILE = "report/tables.toml"
AREA, MONTH = "area", "month:"


@dataclass(frozen=True)
class Grid:
    """One table of a section.

    ``codes`` of indicators: several stand side by side, one alone may be divided by ``columns``. ``rows`` is ``area``
    (divisions directly below), a column of the indicator's rows (``category``, ``person__category``) or
    ``month:<column>``. ``guarded``: about few persons, so small cells are not printed. ``flags``: how many of the
    rows have each of these. ``fields``: no numbers but a list of the rows. ``ledger``: a list of a ledger's rows
    with ``next_year`` in the year after the report's and ``equal`` to what is given. ``part`` of rates: not the rates
    but the rows of their ``numerator`` or ``denominator`` are counted. ``chart``: how it is drawn above itself.
    """

    section: str
    title: str
    codes: tuple[str, ...] = ()
    rows: str = AREA
    columns: str = ""
    guarded: bool = False
    flags: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    ledger: str = ""
    next_year: str = ""
    equal: dict[str, str | bool] | None = None
    part: Literal["", "numerator", "denominator"] = ""
    chart: Literal["", "columns", "bars"] = ""


@lru_cache(maxsize=1)
def grids() -> tuple[Grid, ...]:
    """All tables in order. Raises FactError for an unknown indicator, or one table of nothing."""
    found = []
    for n, row in enumerate(read_toml(FILE)["table"], 1):
        grid = build(Grid, row, file=FILE, at=f"table[{n}]")
        strangers = [code for code in grid.codes if code not in facts()]
        if strangers or not (grid.codes or grid.ledger):
            raise FactError(FILE, f"没有指标 {'、'.join(strangers) or '（未写）'}", key=f"table[{n}]")
        for axis in filter(None, (grid.rows, grid.columns)):
            _require_groups(grid, axis, f"table[{n}]")
        found.append(grid)
    return tuple(found)


def _require_groups(grid: Grid, axis: str, at: str) -> None:
    """Raises ``FactError`` when a guarded table groups by free text: it prints what somebody wrote about a few."""
    if not (grid.guarded and grid.codes) or axis == AREA or axis.startswith(MONTH):
        return
    field = axis.rpartition("__")[2]
    for name in facts()[grid.codes[0]].computed_from:
        columns = {column.field: column for column in layouts()[name].columns}
        if field in columns and columns[field].kind not in ("code", "area", "bool"):
            raise FactError(FILE, f"“{columns[field].header}”不是代码列，不能作分组", key=at)
