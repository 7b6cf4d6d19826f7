"""One indicator by division: the panel of the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yizhou.dashboards.facts import Board
from yizhou.dashboards.queries.asking import Asked
from yizhou.dashboards.queries.figures import parts, point
from yizhou.indicators.facts import facts
from yizhou.indicators.pages import link_for
from yizhou.indicators.queries import Figure

SHADES = 5


def places(board: Board, asked: Asked, query: Mapping[str, str], path: str) -> dict[str, Any] | None:
    """The chosen indicator for each division directly below; None where there is no division below."""
    code = query["map"] if query.get("map") in board.maps else board.maps[0]
    found = parts(code, asked.scope)
    if not found:
        return None
    figures = [figure for _, _, figure in found]
    hidden = asked.hidden(figures)
    link = link_for(path, asked.chosen)
    shades = _shades([None if n in hidden else figure.value for n, figure in enumerate(figures)])
    return {
        "title": facts()[code].name,
        "unit": facts()[code].unit,
        "choices": [
            {
                "label": facts()[other].name,
                "url": f"{link(map=other)}#places",
                "active": other == code,
                "count": None,
            }
            for other in board.maps
        ],
        "rows": [
            {
                "area": area,
                "name": name,
                "name_url": "" if asked.is_public else link(area=area, map=code),
                "shade": shades[n],
                **_told(figure, asked, area, is_hidden=n in hidden),
            }
            for n, (area, name, figure) in enumerate(found)
        ],
    }


def _told(figure: Figure, asked: Asked, area: str, *, is_hidden: bool) -> dict[str, Any]:
    return point(figure, asked, asked.scope.at(area), is_hidden=is_hidden)


def _shades(values: Sequence[float | None]) -> list[int]:
    """1 for the lowest value to 5 for the highest, by equal steps; 0 for none, 3 where all are the same."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    if low == high:
        return [0 if value is None else 3 for value in values]
    step = (high - low) / SHADES
    return [0 if value is None else min(int((value - low) / step), SHADES - 1) + 1 for value in values]
