"""Figures about volunteers, their teams and points, counted by hand."""

from typing import Any

import pytest

from tests.indicators.makers import (
    AFTER,
    BEFORE,
    COUNTY,
    FAR_VILLAGE,
    FIRST,
    LAST,
    OTHER,
    person,
    station,
    value,
)
from tests.volunteers.makers import points, team, volunteer

pytestmark = pytest.mark.django_db


def test_volunteer_teams() -> None:
    same = station(closed_on=FIRST)  # the station need not stand
    team(same, flag_on=LAST, founded_on=LAST)
    team(same, dissolved_on=AFTER)
    team(station(area=FAR_VILLAGE))
    for values in ({"flag_on": None}, {"flag_on": AFTER}, {"dissolved_on": LAST}, {"founded_on": AFTER}):
        team(station(), **values)
    assert [value("volunteer_teams", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]


def test_volunteers_count_once_over_teams() -> None:
    here, there = team(station(), flag_on=None), team(station(area=FAR_VILLAGE))
    volunteer(here)
    volunteer(there)
    volunteer(here, "乙", joined_on=LAST, left_on=AFTER)
    assert [value("volunteers", area) for area in ("", COUNTY, OTHER)] == [2, 2, 1]


@pytest.mark.parametrize(
    "values",
    [{"is_veteran": False}, {"real_name": False}, {"joined_on": AFTER}, {"left_on": LAST}],
)
def test_who_is_no_volunteer(values: dict[str, Any]) -> None:
    volunteer(team(station()), **values)
    assert value("volunteers") == 0


@pytest.mark.parametrize(
    ("values", "counts"),
    [({"dissolved_on": LAST}, 0), ({"founded_on": AFTER}, 0), ({"dissolved_on": AFTER}, 1)],
)
def test_the_team_of_a_volunteer_must_stand(values: dict[str, Any], counts: int) -> None:
    volunteer(team(station(), **values))
    assert value("volunteers") == counts


def test_points_program_participants() -> None:
    twice = person(category="F01")
    points(twice)
    points(twice, occurred_on=LAST, points=-3, kind="BREACH")
    points(person(household_area=FAR_VILLAGE, died_on=LAST))
    for values in (
        {"occurred_on": BEFORE},
        {"occurred_on": AFTER},
        {"review": "FAIL"},
        {"review": "PENDING"},
    ):
        points(person(), **values)
    assert [value("points_program_participants", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]
