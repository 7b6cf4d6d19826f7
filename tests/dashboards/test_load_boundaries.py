"""Boundaries come from a GeoJSON file: all of it or nothing, and what is wrong is told feature by feature."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.indicators.makers import COUNTY, FAR_TOWN, OTHER, TOWN, divisions
from tests.support.console import begun, yizhou
from yizhou.core.refusal import Refused
from yizhou.dashboards.actions import load_boundaries
from yizhou.dashboards.geojson import MEGABYTES, Place, shapes_in
from yizhou.dashboards.models import Boundary
from yizhou.events.models import Event
from yizhou.orgs.queries import console_actor

RING = [[121.0, 31.0], [121.1, 31.0], [121.1, 31.1], [121.0, 31.0]]
PLACES = [
    Place(TOWN, "东镇"),
    Place(FAR_TOWN, "西镇"),
    Place("339901003000", "重名镇"),
    Place("339902003000", "重名镇"),
]


def feature(kind: str = "Polygon", coordinates: Any = None, **properties: Any) -> dict[str, Any]:
    given = [RING] if coordinates is None else coordinates
    return {
        "type": "Feature",
        "properties": properties or {"code": TOWN},
        "geometry": {"type": kind, "coordinates": given},
    }


def file(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


@pytest.mark.parametrize(
    "properties",
    [
        {"code": "339901001000"},
        {"adcode": 339901001},
        {"gb": "156339901001"},
        {"区划代码": "339901001"},
        {"name": "东镇"},
        {"名称": "东镇", "adcode": None},
    ],
)
def test_a_feature_is_matched_by_code_or_by_name(properties: dict[str, Any]) -> None:
    (shape,) = shapes_in(file(feature(**properties)), PLACES)
    assert (shape.area, shape.polygons) == (TOWN, [[RING]])


def test_polygons_of_many_parts_and_three_dimensions_are_taken() -> None:
    high = [[*point, 12.5] for point in RING]
    (shape,) = shapes_in(file(feature("MultiPolygon", [[RING], [high]])), PLACES)
    assert shape.polygons == [[RING], [RING]]


def reasons(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        shapes_in(content, PLACES)
    assert all(blocker.remedy for blocker in refused.value.blockers)
    return "；".join(blocker.message for blocker in refused.value.blockers)


LONG = int("1" * 400)
FAR = [[500_000, 3_400_000], [500_100, 3_400_000], [500_100, 3_400_100], [500_000, 3_400_000]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "不是 UTF-8 编码的 GeoJSON"),
        (b"[]", "不是 FeatureCollection"),
        (b"[" * 100_000, "不是 UTF-8 编码的 GeoJSON"),
        (file(), "有 0 个要素"),
        (file(feature(), crs={"properties": {"name": "EPSG:3857"}}), "坐标系是 EPSG:3857"),
        (file(feature(), crs="x"), "坐标系的写法不对"),
        (file(feature(), crs={"properties": [1]}), "坐标系的写法不对"),
        (file({**feature(), "properties": [1]}), "第 1 个要素：缺少 geometry 或 properties"),
        (file({**feature(), "properties": "name"}), "第 1 个要素：缺少 geometry 或 properties"),
        (file(feature(coordinates=[[[LONG, 31]] * 4], name="东镇")), "第 1 个要素“东镇”：坐标的位数过多"),
        (file(feature("Point", [121, 31])), "第 1 个要素“339901001000”：几何类型是 Point"),
        (file(feature(name="无名镇")), "第 1 个要素“无名镇”：属性里没有与区划台账相符"),
        (file(feature(name="重名镇")), "有多个同名区划"),
        (file(feature(code="110101")), "没有代码为 110101 的区划"),
        (file(feature(), feature(name="东镇")), "第 2 个要素“东镇”：与前面的要素是同一个区划"),
        (file(feature(coordinates=[FAR])), "坐标 500000, 3.4e+06 不在中国的经纬度范围内"),
        (file(feature(coordinates=[[[31.0, 121.0]] * 4])), "不在中国的经纬度范围内"),
        (file(feature(coordinates=[RING[:3]])), "不闭合"),
        (file(feature(coordinates=[[["a", "b"]] * 4])), "坐标层次不对"),
        (file(feature(coordinates=[5])), "坐标层次不对"),
        (file(feature(coordinates=[[*RING[:1], *([RING[1]] * 5000), RING[0]]])), "有 5002 个点"),
        (file({"type": "Feature"}), "缺少 geometry 或 properties"),
        (file(None), "缺少 geometry 或 properties"),
    ],
)
def test_what_is_wrong_is_told_in_words(content: bytes, reason: str) -> None:
    assert reason in reasons(content)


def test_many_faults_are_told_ten_at_a_time_and_a_big_file_is_not_read() -> None:
    told = reasons(file(*[feature(name=f"无名{n}") for n in range(13)]))
    assert told.count("无名") == 10
    assert "另有 3 个要素有问题" in told
    assert f"超过 {MEGABYTES} MB" in reasons(b" " * ((MEGABYTES << 20) + 1))


@pytest.mark.django_db
def test_a_file_replaces_what_was_there_below_the_same_divisions() -> None:
    divisions()
    places = [Place(COUNTY, "东县"), Place(OTHER, "西县"), *PLACES]
    actor = console_actor()
    both = file(feature(code=COUNTY), feature(code=OTHER))
    assert load_boundaries(shapes_in(both, places), "第一版", actor=actor) == 0
    assert load_boundaries(shapes_in(file(feature(code=TOWN)), places), "镇", actor=actor) == 0
    assert load_boundaries(shapes_in(file(feature(code=OTHER)), places), "第二版", actor=actor) == 2
    assert dict(Boundary.objects.values_list("area", "source")) == {TOWN: "镇", OTHER: "第二版"}
    events = Event.objects.everywhere("test").filter(kind="boundaries.loaded").order_by("id")
    assert [(event.reason, event.data) for event in events][-1] == ("第二版", {"loaded": 1, "replaced": 2})


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["", "  ", "长" * 201])
def test_a_source_is_wanted(source: str) -> None:
    divisions()
    with pytest.raises(Refused, match="来源须为"):
        load_boundaries(shapes_in(file(feature()), PLACES), source, actor=console_actor())
    assert not Boundary.objects.exists()


@pytest.mark.sqlite
def test_the_command_loads_a_file_or_says_why_not(tmp_path: Path) -> None:
    home, csv = tmp_path / "home", tmp_path / "areas.csv"
    begun(home)
    csv.write_text(
        "区划代码,区划名称,层级,上级代码\n339900000000,示范市,市,\n339901000000,东县,县,339900000000\n",
        encoding="utf-8",
    )
    assert yizhou(home, ["import", "areas", str(csv)]).code == 0
    good, bad = tmp_path / "good.geojson", tmp_path / "bad.geojson"
    good.write_bytes(file(feature(name="东县")))
    bad.write_bytes(file(feature(name="南县")))
    answer = yizhou(home, ["boundaries", "load", str(good), "--source", "县自然资源局 2024 年"])
    assert (answer.code, answer.out.strip()) == (0, "已载入 1 个区划的边界")
    again = yizhou(home, ["boundaries", "load", str(good), "--source", "再版"])
    assert again.out.strip() == "已载入 1 个区划的边界，替换原有 1 个"
    refused = yizhou(home, ["boundaries", "load", str(bad), "--source", "x"])
    assert refused.code == 2
    assert "第 1 个要素“南县”" in refused.err
