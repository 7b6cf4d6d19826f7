"""Figures about assessments of stations, counted by hand."""

import datetime as dt
from typing import Any

import pytest

from tests.indicators.makers import (
    AFTER,
    BEFORE,
    COUNTY,
    FAR_TOWN,
    FAR_VILLAGE,
    FIRST,
    LAST,
    NEXT_VILLAGE,
    OTHER,
    TOWN,
    person,
    rate,
    station,
    value,
)
from tests.stations.makers import check
from yizhou.orgs.models import Station
from yizhou.stations import indicators

pytestmark = pytest.mark.django_db
EARLIER, LATER = dt.date(2019, 1, 1), dt.date(2025, 7, 1)
NOWHERE = "339903000000"
NAMED = {
    "red_boutique_homes": ("RED_HOME", "VILLAGE"),
    "model_stations_national": ("NATIONAL_MODEL", "VILLAGE"),
    "national_model_town_stations": ("NATIONAL_MODEL", "TOWN"),
    "national_model_county_centers": ("NATIONAL_MODEL", "COUNTY"),
    "provincial_fengqiao_stations": ("FENGQIAO_PROVINCE", "TOWN"),
}


def centre(**values: Any) -> Station:
    return station(**{"level": "COUNTY", "area": COUNTY} | values)


def town(**values: Any) -> Station:
    return station(**{"level": "TOWN", "area": TOWN} | values)


@pytest.fixture
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A threshold that a small world can reach."""
    known = indicators.configured
    monkeypatch.setattr(indicators, "configured", lambda name: type(known(name))(2))


@pytest.mark.parametrize(("code", "program", "level"), [(code, *named) for code, named in NAMED.items()])
def test_stations_that_hold_a_name(code: str, program: str, level: str) -> None:
    assert value(code) == 0
    at_level: dict[str, Any] = {"level": level}
    for on in (EARLIER, BEFORE, LAST, AFTER, None):
        check(station(**at_level), program, on)
    check(station(**at_level), program, conclusion="FAILED")
    check(station(**at_level), program, conclusion="RECOMMENDED")
    check(station(**at_level), program, revoked_on=LAST)
    check(station(**at_level), program, revoked_on=AFTER)
    check(station(**at_level), program, withdrawn_on=LAST)
    check(station(**at_level), program, withdrawn_on=AFTER)
    check(station(**at_level, closed_on=LAST), program)
    check(station(**at_level, closed_on=AFTER), program)
    check(station(**at_level, founded_on=AFTER), program)
    check(station(**at_level), "PROVINCIAL_ACCEPTANCE")
    check(station(**at_level, area=FAR_VILLAGE), program)
    station(**at_level)
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [7, 6, 1]


@pytest.mark.parametrize(
    ("checks", "counted"),
    [
        ([(EARLIER, "PASSED", {}), (LATER, "FAILED", {})], 0),
        ([(EARLIER, "FAILED", {}), (LATER, "PASSED", {})], 1),
        ([(EARLIER, "PASSED", {}), (AFTER, "FAILED", {})], 1),
        ([(EARLIER, "PASSED", {}), (None, "", {})], 1),
        ([(EARLIER, "PASSED", {}), (LATER, "FAILED", {"withdrawn_on": LAST})], 1),
        ([(EARLIER, "PASSED", {}), (LATER, "FAILED", {"withdrawn_on": AFTER})], 0),
        ([(EARLIER, "PASSED", {}), (LATER, "PASSED", {"revoked_on": LAST})], 0),
        ([(EARLIER, "PASSED", {"revoked_on": BEFORE}), (LATER, "PASSED", {})], 1),
        ([(EARLIER, "PASSED", {}), (LATER, "FAILED", {"program": "TOP100"})], 1),
        ([(LATER, "FAILED", {"check_no": "A"}), (EARLIER, "PASSED", {"check_no": "B"})], 0),
        ([(LATER, "PASSED", {"check_no": "B10"}), (LATER, "FAILED", {"check_no": "B9"})], 0),
        ([(LATER, "FAILED", {"check_no": "B10"}), (LATER, "PASSED", {"check_no": "B9"})], 1),
        ([(LATER, "FAILED", {"check_no": "K-a"}), (LATER, "PASSED", {"check_no": "KB"})], 1),
        ([(LATER, "FAILED", {"check_no": "Ka"}), (LATER, "PASSED", {"check_no": "KB"})], 0),
        ([(EARLIER, "PASSED", {}), (LATER, "PASSED", {})], 1),
    ],
)
def test_the_latest_conclusion_decides(
    checks: list[tuple[dt.date | None, str, dict[str, Any]]], counted: int
) -> None:
    here = station()
    for on, conclusion, values in checks:
        check(here, conclusion=conclusion, on=on, **{"program": "RED_HOME"} | values)
    assert value("red_boutique_homes") == counted


def test_national_models_by_level() -> None:
    for one in (centre(), town(), town(), station(), station(), station()):
        check(one, "NATIONAL_MODEL")
    codes = ("model_stations_national", "national_model_county_centers", "national_model_town_stations")
    assert [value(code) for code in codes] == [6, 1, 2]


def test_stations_recommended_in_the_period_count_once() -> None:
    twice = check(station(), "TOP100", FIRST, "RECOMMENDED")
    check(twice, "TOP100", LAST)
    check(station(closed_on=LATER), "TOP100", withdrawn_on=LATER, revoked_on=LATER)  # it was recommended
    check(station(), "TOP100", BEFORE)
    check(station(), "TOP100", AFTER)
    check(station(), "TOP100", None)
    check(station(), "TOP100", conclusion="FAILED")
    check(station(), "RED_HOME")
    check(station(area=FAR_VILLAGE), "TOP100")
    assert [value("top100_station_recommended", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]


def test_reviews_for_stars_count_whatever_their_outcome() -> None:
    twice = check(station(), "FENGQIAO_STAR", FIRST)
    check(twice, "FENGQIAO_STAR", LAST, "FAILED")
    check(twice, "FENGQIAO_STAR", BEFORE)
    check(twice, "FENGQIAO_STAR", AFTER)
    check(twice, "FENGQIAO_STAR", None)
    check(twice, "FENGQIAO_STAR", withdrawn_on=LATER)
    check(twice, "FENGQIAO_PROVINCE")
    check(station(area=FAR_VILLAGE), "FENGQIAO_STAR")
    assert [value("fengqiao_star_reviews", area) for area in ("", COUNTY, OTHER)] == [4, 3, 1]


@pytest.mark.usefixtures("two_are_many")
def test_accepted_stations_of_large_villages() -> None:
    person()
    person()
    person(household_area=NEXT_VILLAGE)
    person(household_area=FAR_VILLAGE)
    person(household_area=FAR_VILLAGE)
    check(station(), "PROVINCIAL_ACCEPTANCE")
    check(station(), "PROVINCIAL_ACCEPTANCE", revoked_on=LAST)
    check(station(), "NATIONAL_MODEL")
    check(station(closed_on=LAST), "PROVINCIAL_ACCEPTANCE")
    check(station(area=NEXT_VILLAGE), "PROVINCIAL_ACCEPTANCE")  # too few persons
    check(station(area=FAR_VILLAGE), "PROVINCIAL_ACCEPTANCE")
    check(town(), "PROVINCIAL_ACCEPTANCE")
    found = [value("village_station_100plus_accepted", area) for area in ("", COUNTY, OTHER)]
    assert found == [2, 1, 1]
    assert value("village_station_100plus_total") == 4
    assert rate("model_creation_rate") == (3, 5, 60.0)
    assert rate("model_creation_rate", OTHER) == (1, 1, 100.0)
    assert rate("county_town_accept_rate") == (1, 1, 100.0)


@pytest.mark.usefixtures("two_are_many")
def test_stations_above_the_village_are_all_to_be_models() -> None:
    check(centre(), "PROVINCIAL_ACCEPTANCE", LAST)
    check(town(), "PROVINCIAL_ACCEPTANCE", AFTER)
    check(town(), "PROVINCIAL_ACCEPTANCE", conclusion="FAILED")
    check(town(closed_on=LAST), "PROVINCIAL_ACCEPTANCE")
    check(town(area=FAR_TOWN), "PROVINCIAL_ACCEPTANCE")
    check(station(), "PROVINCIAL_ACCEPTANCE")  # nobody lives there
    for code in ("model_creation_rate", "county_town_accept_rate"):
        assert rate(code) == (2, 4, 50.0)
        assert rate(code, COUNTY) == (1, 3, 33.3)
        assert rate(code, NOWHERE) == (0, 0, None)


def test_without_a_threshold_there_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicators, "configured", lambda _: None)
    centre()
    for code in ("village_station_100plus_total", "village_station_100plus_accepted", "model_creation_rate"):
        assert value(code) is None
    assert rate("county_town_accept_rate") == (0, 1, 0.0)


def test_stations_that_have_begun_to_be_of_the_fengqiao_kind() -> None:
    begun = check(centre(), "FENGQIAO_STAR", None, started_on=LAST)
    check(begun, "FENGQIAO_PROVINCE", conclusion="FAILED")
    check(town(), "FENGQIAO_PROVINCE", conclusion="FAILED")
    check(town(), "FENGQIAO_PROVINCE", revoked_on=FIRST, withdrawn_on=AFTER)
    check(town(), "FENGQIAO_STAR", None, started_on=AFTER)
    check(town(), "FENGQIAO_STAR", withdrawn_on=LAST)
    check(town(), "TOP100")
    check(town(closed_on=LAST), "FENGQIAO_STAR")
    check(station(), "FENGQIAO_STAR")
    check(town(area=FAR_TOWN), "FENGQIAO_STAR")
    assert rate("fengqiao_creation_coverage") == (4, 7, 57.1)
    assert rate("fengqiao_creation_coverage", COUNTY) == (3, 6, 50.0)
    assert rate("fengqiao_creation_coverage", NOWHERE) == (0, 0, None)
