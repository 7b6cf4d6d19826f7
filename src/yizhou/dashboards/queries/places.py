"""One indicator by division: the panel of the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from yizhou.dashboards.facts import Board
from yizhou.dashboards.queries.asking import Asked
from yizhou.dashboards.queries.figures import parts, point
from yizhou.dashboards.queries.shapes import drawn
from yizhou.indicators.facts import facts
from yizhou.indicators.opening import link_for
from yizhou.indicators.queries import Figure
from yizhou.ledgers.browsing import address

Parts = Sequence[tuple[str, str, Figure]]
SHADES = 5
LEAST_POINTS = 5
"""Rates that differ by less than so many points look alike."""


def places(board: Board, asked: Asked, query: Mapping[str, str], path: str) -> dict[str, Any] | None:
    """The chosen indicator for each division directly below; None where there is no division below."""
    code = query["map"] if query.get("map") in board.maps else board.maps[0]
    found = parts(code, asked.scope)
    if not found:
        return None
    hidden = asked.hidden([figure for _, _, figure in found])
    link = link_for(path, asked.chosen)
    return {
        "title": facts()[code].name,
        "choices": [
            {
                "label": facts()[other].name,
                "url": f"{link(map=other)}#places",
                "active": other == code,
                "count": None,
            }
            for other in board.maps
        ],
        **_drawing([area for area, _, _ in found], asked),
        "figure": _figure(
            code, found, hidden, lambda area: "" if asked.is_public else link(area=area, map=code), asked
        ),
    }


def _figure(
    code: str, found: Parts, hidden: set[int], link: Callable[[str], str], asked: Asked
) -> dict[str, Any]:
    """The figure of ``chart()``, and of ``tiles()`` where no map can be drawn."""
    fact = facts()[code]
    values = [None if n in hidden else figure.value for n, (_, _, figure) in enumerate(found)]
    shades = _shades(values, LEAST_POINTS if fact.unit == "%" else 0)
    points = [
        point(figure, asked, asked.scope.at(area), is_hidden=n in hidden)
        for n, (area, _, figure) in enumerate(found)
    ]
    return {
        "title": f"各区划{fact.name}",
        "kind": "map",
        "unit": fact.unit,
        "heading": "区划",
        "labels": [
            {"text": name, "url": link(area), "area": area, "shade": shades[n]}
            for n, (area, name, _) in enumerate(found)
        ],
        "series": [{"name": f"{fact.name}（{fact.unit}）", "drawn": True, "points": points}],
    }


def _drawing(areas: Sequence[str], asked: Asked) -> dict[str, Any]:
    """Where the boundaries come from; ``shapes_url`` is empty where there are none."""
    known = drawn(areas)
    return {
        "shapes_url": address(reverse("dashboards:boundaries"), {"area": asked.scope.area})()
        if known.sources
        else "",
        "source": "；".join(known.sources),
        "missing": len(known.missing) if known.sources else 0,
        "approval": settings.MAP_APPROVAL,
    }


def _shades(values: Sequence[float | None], least: float) -> list[int]:
    """1 for the lowest values to 5 for the highest, by equal steps over a range of at least so much; 0 for none."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    spread = max(high - low, least)
    low = (low + high - spread) / 2
    if not spread:
        return [0 if value is None else 3 for value in values]
    return [
        0 if value is None else min(int((value - low) / spread * SHADES), SHADES - 1) + 1 for value in values
    ]
