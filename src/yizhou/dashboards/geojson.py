"""Boundaries out of a GeoJSON file: each feature is matched with a division and checked before anything is kept. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yizhou.core.refusal import Blocker, Refused

MEGABYTES = 20
MOST_FEATURES = 3_000
MOST_POINTS = 5_000
TOLD = 10
"""Problems told at once."""
CODES = ("code", "adcode", "area_code", "gb", "区划代码", "代码")
NAMES = ("name", "NAME", "名称", "区划名称")
CHINA = "156"
LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
DEGREES = ("CRS84", "4326", "4490")
"""Ends of the names of coordinate systems in degrees: WGS84 and CGCS2000."""
DIGITS = 5

Ring = list[list[float]]
Polygons = list[list[Ring]]


@dataclass(frozen=True)
class Shape:
    """The boundary of one division."""

    area: str
    polygons: Polygons


@dataclass(frozen=True)
class Place:
    """A division that a feature may name."""

    area: str
    name: str


def shapes_in(content: bytes, places: Sequence[Place]) -> list[Shape]:
    """The boundaries in a file, in the order of their divisions. Raises ``Refused`` with what is wrong with it."""
    features = _features(content)
    known, problems, found = _Known(places), list[Blocker](), dict[str, Shape]()
    for number, feature in enumerate(features, 1):
        try:
            shape = _shape(feature, known)
            if shape.area in found:
                raise _Wrong("与前面的要素是同一个区划", "一个区划只留一个要素，多块合成 MultiPolygon")
            found[shape.area] = shape
        except _Wrong as wrong:
            problems.append(
                Blocker("FEATURE", f"第 {number} 个要素{_called(feature)}：{wrong.reason}", wrong.remedy)
            )
    if problems:
        more = len(problems) - TOLD
        rest = [Blocker("MORE", f"另有 {more} 个要素有问题", "改正后再载入")] if more > 0 else []
        raise Refused([*problems[:TOLD], *rest])
    return [found[area] for area in sorted(found)]


class _Wrong(Exception):
    """One feature cannot be used."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


class _Known:
    """Divisions by code and by name."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.codes: set[str] = set()
        self.names: dict[str, list[str]] = {}
        for place in places:
            self.codes.add(place.area)
            self.names.setdefault(place.name, []).append(place.area)


def _features(content: bytes) -> list[Any]:
    if len(content) > MEGABYTES << 20:
        raise Refused([Blocker("TOO_BIG", f"文件超过 {MEGABYTES} MB", "用 mapshaper 等工具简化边界后再载入")])
    try:
        table = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refused(
            [Blocker("NOT_JSON", "不是 UTF-8 编码的 GeoJSON 文件", "在制图软件中另存为 GeoJSON")]
        ) from None
    features = table.get("features") if isinstance(table, dict) else None
    if not isinstance(features, list) or table.get("type") != "FeatureCollection":
        raise Refused([Blocker("NOT_FEATURES", "不是 FeatureCollection", "另存为含全部区划的要素集合")])
    system = _system(table.get("crs") or {})
    if not system.endswith(DEGREES):
        raise Refused([Blocker("PROJECTED", f"坐标系是 {system}", "转换成 CGCS2000 或 WGS84 经纬度")])
    if not 0 < len(features) <= MOST_FEATURES:
        raise Refused([Blocker("COUNT", f"有 {len(features)} 个要素", f"一次载入 1 至 {MOST_FEATURES} 个")])
    return features


def _system(crs: Any) -> str:
    """The name of the coordinate system; a file that names none is in degrees, as the format has it."""
    properties = crs.get("properties", {}) if isinstance(crs, dict) else None
    if not isinstance(properties, dict):
        raise Refused([Blocker("CRS", "坐标系的写法不对", "删去 crs，或在制图软件中另存为 GeoJSON")])
    return str(properties.get("name", DEGREES[0]))


def _called(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return ""
    named = [str(properties[key])[:40] for key in (*NAMES, *CODES) if properties.get(key)]
    return f"“{named[0]}”" if named else ""


def _shape(feature: Any, known: _Known) -> Shape:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        raise _Wrong("缺少 geometry 或 properties", "补全这个要素，或删去它")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list) or not coordinates:
        raise _Wrong(f"几何类型是 {kind}", "只用 Polygon 或 MultiPolygon 面")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    kept = [[_ring(ring) for ring in _list(polygon)] for polygon in polygons]
    points = sum(len(ring) for polygon in kept for ring in polygon)
    if points > MOST_POINTS:
        raise _Wrong(f"有 {points} 个点", f"用 mapshaper 等工具简化到 {MOST_POINTS} 个点以内")
    return Shape(_area(properties, known), kept)


def _area(properties: Mapping[str, Any], known: _Known) -> str:
    """The division that the feature names, by code before name."""
    for key in CODES:
        digits = str(properties.get(key) or "").strip()
        if not (digits.isascii() and digits.isdigit()):
            continue
        # The national base map writes the country in front of codes to county and the towns' below them.
        code = (
            digits.removeprefix(CHINA) if len(digits) in (9, 12, 15) and digits.startswith(CHINA) else digits
        )
        for tried in (digits.ljust(12, "0"), code.ljust(12, "0")):
            if tried in known.codes:
                return tried
        raise _Wrong(f"没有代码为 {digits} 的区划", "先导入 areas 台账，或改正代码")
    found = next(
        (known.names[str(properties[key])] for key in NAMES if str(properties.get(key)) in known.names), []
    )
    if len(found) != 1:
        told = "有多个同名区划" if found else "属性里没有与区划台账相符的代码或名称"
        raise _Wrong(told, f"在属性 {CODES[0]} 中写 6、9 或 12 位区划代码")
    return found[0]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _Wrong("坐标层次不对", "在制图软件中重新导出")
    return value


def _ring(ring: Any) -> Ring:
    points = list(_points(_list(ring)))
    if len(points) < 4 or points[0] != points[-1]:
        raise _Wrong("有不闭合或少于 4 个点的环", "首尾点写成同一个点，删去过小的碎块")
    return points


def _points(ring: list[Any]) -> Iterator[list[float]]:
    for point in ring:
        if (
            not isinstance(point, list)
            or len(point) < 2
            or not all(type(n) in (int, float) for n in point[:2])
        ):
            raise _Wrong("坐标层次不对", "在制图软件中重新导出")
        try:
            east, north = float(point[0]), float(point[1])
        except OverflowError:
            raise _Wrong("坐标的位数过多", "在制图软件中重新导出") from None
        if not (LONGITUDES[0] <= east <= LONGITUDES[1] and LATITUDES[0] <= north <= LATITUDES[1]):
            remedy = "转换成 CGCS2000 或 WGS84 经纬度，经度在前"
            raise _Wrong(f"坐标 {east:g}, {north:g} 不在中国的经纬度范围内", remedy)
        yield [round(east, DIGITS), round(north, DIGITS)]
