"""The demonstration's boundaries: one for each division, none outside the one above, neighbours without gaps."""

import itertools
import json

import pytest

from yizhou.dashboards.geojson import Place as Known
from yizhou.dashboards.geojson import shapes_in
from yizhou.demo.mosaic import mosaic
from yizhou.demo.places import places


def area_of(ring: list[list[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2


def test_every_division_has_one_and_the_parts_make_up_the_whole() -> None:
    rings = {shape.area: shape.polygons[0][0] for shape in mosaic()}
    assert rings.keys() == {place.code for place in places()}
    for parent in {place.parent for place in places()} - {""}:
        parts = [area_of(rings[place.code]) for place in places() if place.parent == parent]
        assert sum(parts) == pytest.approx(area_of(rings[parent]), rel=0.01)
        assert min(parts) > 0.3 * max(parts)


def test_they_would_pass_as_a_file() -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"code": shape.area},
            "geometry": {"type": "MultiPolygon", "coordinates": shape.polygons},
        }
        for shape in mosaic()
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    assert len(shapes_in(content, [Known(place.code, place.name) for place in places()])) == len(features)
