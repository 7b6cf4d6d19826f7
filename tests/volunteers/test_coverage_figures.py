"""Figures about villages with a team of volunteers, counted by hand."""

import datetime as dt
import itertools

import pytest

from tests.indicators.makers import AFTER, COUNTY, FAR_VILLAGE, LAST, OTHER, TOWN, rate, station
from yizhou.orgs.models import Station
from yizhou.volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)


def team(at_station: Station, founded_on: dt.date = LAST, dissolved_on: dt.date | None = None) -> None:
    """A team without a flag."""
    VolunteerTeam.objects.create(
        team_no=f"T{next(_numbers)}",
        name="志愿服务队",
        station=at_station,
        founded_on=founded_on,
        dissolved_on=dissolved_on,
    )


def test_villages_with_a_standing_team() -> None:
    twice = station()
    team(twice)
    team(twice)
    team(station(), dissolved_on=AFTER)
    team(station(), dissolved_on=LAST)
    team(station(), AFTER)
    team(station(closed_on=LAST))
    team(station(founded_on=AFTER))
    team(station(level="TOWN", area=TOWN))
    station()
    team(station(area=FAR_VILLAGE))
    assert rate("village_volunteer_coverage") == (3, 6, 50.0)
    assert rate("village_volunteer_coverage", COUNTY) == (2, 5, 40.0)
    assert rate("village_volunteer_coverage", OTHER) == (1, 1, 100.0)
    assert rate("village_volunteer_coverage", "339903000000") == (0, 0, None)
