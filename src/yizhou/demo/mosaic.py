"""Invented boundaries for the demonstration: a blob in the sea, cut into counties, towns and villages like a mosaic.

Every point belongs to the nearest of the places' middles (a Voronoi mosaic), so that neighbours share their borders.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from yizhou.dashboards.geojson import Shape
from yizhou.demo.places import Place, places

SOURCE = "示例边界（程序生成，纯属虚构）"
MIDDLE = (123.6, 31.0)
"""Far out at sea: no real division lies there."""
REACH = (0.42, 0.34)
CORNERS = 72
GOLDEN = math.pi * (3 - math.sqrt(5))
ROUNDS = 12

Point = tuple[float, float]
Outline = list[Point]


def mosaic() -> list[Shape]:
    """The boundary of every division of the demonstration."""
    below: dict[str, list[Place]] = {}
    for place in places():
        below.setdefault(place.parent, []).append(place)
    (city,) = below[""]
    return [Shape(code, [[_closed(outline)]]) for code, outline in _cut(city.code, blob(), below)]


def _cut(code: str, outline: Outline, below: dict[str, list[Place]]) -> Iterator[tuple[str, Outline]]:
    """The division itself, then its parts down to the last."""
    yield code, outline
    parts = below.get(code, [])
    for place, cell in zip(parts, cells(outline, len(parts)), strict=True):
        yield from _cut(place.code, cell, below)


def blob() -> Outline:
    """An island with a few bays."""
    found = []
    for n in range(CORNERS):
        turn = 2 * math.pi * n / CORNERS
        swell = (
            1 + 0.1 * math.sin(3 * turn + 0.8) + 0.05 * math.sin(5 * turn) + 0.03 * math.sin(11 * turn + 2)
        )
        found.append(
            (MIDDLE[0] + REACH[0] * swell * math.cos(turn), MIDDLE[1] + REACH[1] * swell * math.sin(turn))
        )
    return found


def cells(outline: Outline, count: int) -> list[Outline]:
    """The outline cut into so many pieces of about the same size."""
    middles = _spread(outline, count)
    for _ in range(ROUNDS):
        middles = [middle_of(_cell(outline, middles, n)) for n in range(count)]
    return [_cell(outline, middles, n) for n in range(count)]


def _spread(outline: Outline, count: int) -> list[Point]:
    """Points near the middle in a spiral; the rounds that follow drive them apart."""
    east, north = middle_of(outline)
    reach = min(math.dist((east, north), corner) for corner in outline) * 0.9
    radii = [reach * math.sqrt((n + 0.5) / count) for n in range(count)]
    return [
        (east + radius * math.cos(n * GOLDEN), north + radius * math.sin(n * GOLDEN))
        for n, radius in enumerate(radii)
    ]


def _cell(outline: Outline, middles: Sequence[Point], own: int) -> Outline:
    """What of the outline lies nearer to that middle than to any other."""
    found = outline
    for n, other in enumerate(middles):
        if n != own:
            found = _nearer(found, middles[own], other)
    return found


def _nearer(outline: Outline, own: Point, other: Point) -> Outline:
    """The outline clipped by the line half-way between two points."""

    def excess(point: Point) -> float:
        return math.dist(point, own) ** 2 - math.dist(point, other) ** 2

    found: Outline = []
    for start, end in zip(outline, [*outline[1:], outline[0]], strict=True):
        here, there = excess(start), excess(end)
        if here <= 0:
            found.append(start)
        if here * there < 0:
            share = here / (here - there)
            found.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return found


def middle_of(outline: Outline) -> Point:
    """The centre of gravity."""
    area = east = north = 0.0
    first = outline[0]
    for start, end in zip(outline, [*outline[1:], outline[0]], strict=True):
        # Measured from a corner: far from the origin the products would lose their last digits.
        a, b = (start[0] - first[0], start[1] - first[1]), (end[0] - first[0], end[1] - first[1])
        twice = a[0] * b[1] - b[0] * a[1]
        area += twice
        east += (a[0] + b[0]) * twice
        north += (a[1] + b[1]) * twice
    return first[0] + east / (3 * area), first[1] + north / (3 * area)


def _closed(outline: Outline) -> list[list[float]]:
    ring = [[round(east, 5), round(north, 5)] for east, north in outline]
    return [*ring, ring[0]]
