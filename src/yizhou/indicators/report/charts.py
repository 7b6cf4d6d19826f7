"""Charts of a report: a table of it drawn, so that nothing is drawn that is not printed below. Pure."""

from __future__ import annotations

import re
from typing import Any

from yizhou.indicators.report.tables import WHOLE, Table

STEP, COLUMN, HEIGHT, TOP, FOOT = 52, 30, 120, 24, 22
"""Pixels: from column to column, a column's width and greatest height, room for the numbers and for the labels."""

MOST = 24
"""A drawing of more lines than this says less than its table."""

_LEADING = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"\d{4}年")


def drawing(table: Table) -> dict[str, Any] | None:
    """The context of ``report/_drawing.html``; None where the facts want no chart or there is nothing to draw."""
    place = -1 if table.headers and table.headers[-1] == WHOLE else 1
    rows = [(row[0], row[place]) for row in table.rows if row[0] != WHOLE] if table.chart else []
    values = [_value(text) for _, text in rows]
    most = max((value for value in values if value is not None), default=0)
    if not most or len(rows) > MOST:
        return None
    share = [None if value is None else value / most for value in values]
    marks = [_mark(n, row, part) for n, (row, part) in enumerate(zip(rows, share, strict=True))]
    return {
        "kind": table.chart,
        "title": table.title,
        "width": STEP * len(rows),
        "height": TOP + HEIGHT + FOOT,
        "base": TOP + HEIGHT,
        "column": COLUMN,
        "marks": marks,
    }


def _value(text: str) -> float | None:
    """The number that a cell begins with; hidden and absent ones are gaps."""
    found = _LEADING.match(text)
    return float(found[0]) if found else None


def _mark(n: int, row: tuple[str, str], share: float | None) -> dict[str, Any]:
    """A column of the drawing, and the same as a row of ``bars()``."""
    label, text = row
    height = round(HEIGHT * (share or 0), 1)
    return {
        "x": STEP * n + (STEP - COLUMN) // 2,
        "middle": STEP * n + STEP // 2,
        "y": TOP + HEIGHT - height,
        "height": height,
        "short": _YEAR.sub("", label),
        "label": label,
        "text": text.partition("（")[0],
        "percent": None if share is None else round(100 * share, 1),
    }
