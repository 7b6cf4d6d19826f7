"""Figures about villages with a team of volunteers, counted by hand."""

import pytest

from tests.indicators.makers import AFTER, COUNTY, FAR_VILLAGE, LAST, OTHER, TOWN, rate, station
from tests.volunteers.makers import team

pytestmark = pytest.mark.django_db


def test_villages_with_a_standing_team() -> None:
    twice = station()
    team(twice, founded_on=LAST, flag_on=None)
    team(twice)
    team(station(), dissolved_on=AFTER)
    team(station(), dissolved_on=LAST)
    team(station(), founded_on=AFTER)
    team(station(closed_on=LAST))
    team(station(founded_on=AFTER))
    team(station(level="TOWN", area=TOWN))
    station()
    team(station(area=FAR_VILLAGE))
    assert rate("village_volunteer_coverage") == (3, 6, 50.0)
    assert rate("village_volunteer_coverage", COUNTY) == (2, 5, 40.0)
    assert rate("village_volunteer_coverage", OTHER) == (1, 1, 100.0)
    assert rate("village_volunteer_coverage", "339903000000") == (0, 0, None)
