"""Figures about stations and their staff, counted by hand."""

import datetime as dt

import pytest

from tests.indicators.makers import (
    AFTER,
    COUNTY,
    FAR_VILLAGE,
    LAST,
    NEXT_VILLAGE,
    OTHER,
    VILLAGE,
    person,
    post,
    rate,
    station,
    value,
)
from yizhou.orgs.models import Station
from yizhou.stations import indicators

pytestmark = pytest.mark.django_db
ALL_SEVEN = dict.fromkeys(Station.SEVEN, True)


@pytest.fixture
def three_are_many(monkeypatch: pytest.MonkeyPatch, tmp_path: object, settings: object) -> None:
    """A threshold that a small world can reach."""
    known = indicators.configured
    monkeypatch.setattr(indicators, "configured", lambda name: type(known(name))(3))


@pytest.mark.usefixtures("three_are_many")
def test_village_stations_with_many_persons() -> None:
    station()
    station(area=NEXT_VILLAGE)
    for _ in range(3):
        person()
    person(household_area=NEXT_VILLAGE)
    person(household_area=NEXT_VILLAGE)
    person(household_area=NEXT_VILLAGE, died_on=LAST)  # the third is gone
    assert value("village_station_100plus_total") == 1
    person(household_area=NEXT_VILLAGE, category="F01")  # any person on file counts
    assert value("village_station_100plus_total") == 2
    assert value("village_station_100plus_total", VILLAGE) == 1


@pytest.mark.usefixtures("three_are_many")
def test_only_standing_village_stations_count() -> None:
    for _ in range(3):
        person()
    station(closed_on=LAST)
    station(founded_on=AFTER)
    station(level="TOWN", area=VILLAGE)
    station(area="339901001000")
    assert value("village_station_100plus_total") == 0
    station(closed_on=AFTER)
    assert value("village_station_100plus_total") == 1


def test_the_threshold_is_the_parameter() -> None:
    station()
    for _ in range(99):
        person()
    assert value("village_station_100plus_total") == 0
    person()
    assert value("village_station_100plus_total") == 1


def test_a_threshold_of_nobody_takes_every_village_station(monkeypatch: pytest.MonkeyPatch) -> None:
    known = indicators.configured
    monkeypatch.setattr(indicators, "configured", lambda name: type(known(name))(0))
    station()
    station(level="TOWN", area="339901001000")
    assert value("village_station_100plus_total") == 1
    assert rate("model_creation_rate") == (0, 2, 0.0)


def test_station_five_room_complete_rate() -> None:
    station(**ALL_SEVEN)
    station(**ALL_SEVEN | {"has_window": None})
    station(**ALL_SEVEN | {"has_hall": False})
    station(**ALL_SEVEN, level="TOWN", area="339901001000")
    station(**ALL_SEVEN, closed_on=LAST)
    station(**ALL_SEVEN, area=FAR_VILLAGE)
    assert rate("station_five_room_complete_rate") == (2, 4, 50.0)
    assert rate("station_five_room_complete_rate", COUNTY) == (1, 3, 33.3)
    assert rate("station_five_room_complete_rate", "339903000000") == (0, 0, None)


def test_party_branches() -> None:
    station(level="COUNTY", area=COUNTY, party_branch_on=LAST)
    station(level="COUNTY", area=OTHER, party_branch_on=AFTER)
    station(level="COUNTY", area=OTHER)
    station(level="TOWN", area=VILLAGE, party_branch_on=LAST)
    assert value("party_branches") == 1


def test_fulltime_liaisons_count_once_whatever_their_posts() -> None:
    here, there = station(), station(area=FAR_VILLAGE)
    post(here, "甲")
    post(there, "甲")
    post(here, "乙", left_on=LAST)
    post(here, "丙", left_on=AFTER)
    post(here, "丁", started_on=AFTER)
    post(here, "戊", post_type="PART_TIME")
    assert value("fulltime_liaisons") == 2
    assert value("fulltime_liaisons", OTHER) == 1


def test_agent_tier_members() -> None:
    here = station()
    post(here, "甲", post_type="GRID_WORKER", is_agent=True)
    post(here, "甲", post_type="GROUP_LEADER", is_agent=True)
    post(here, "乙", post_type="LOCAL_WORTHY", is_agent=None)
    post(here, "丙", post_type="FULL_TIME", is_agent=True)
    post(here, "丁", post_type="COMMUNITY_CADRE", is_agent=True, left_on=dt.date(2025, 12, 30))
    assert value("agent_tier_members") == 1
