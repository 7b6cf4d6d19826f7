"""Teams, volunteers and points of a small invented county, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import FIRST, index
from yizhou.orgs.models import Station
from yizhou.people.models import Person
from yizhou.volunteers.models import PointsEvent, Volunteer, VolunteerTeam

LONG_AGO = dt.date(2020, 1, 1)
_numbers = itertools.count(1)


def team(of: Station, **values: Any) -> VolunteerTeam:
    """A standing team of a station, with its flag."""
    number = next(_numbers)
    given = {
        "team_no": f"T{number}",
        "station": of,
        "name": f"{number} 号服务队",
        "founded_on": LONG_AGO,
        "flag_on": LONG_AGO,
    }
    return VolunteerTeam.objects.create(**(given | values))


def volunteer(of: VolunteerTeam, who: str = "甲", **values: Any) -> None:
    """A veteran in the team under the own name."""
    given = {
        "team": of,
        "id_number_index": index(who),
        "name": who,
        "is_veteran": True,
        "real_name": True,
        "joined_on": LONG_AGO,
    }
    Volunteer.objects.create(**(given | values))


def points(who: Person, **values: Any) -> None:
    """Five points that passed review."""
    given = {
        "event_no": f"P{next(_numbers)}",
        "person": who,
        "kind": "STUDY",
        "points": 5,
        "occurred_on": FIRST,
        "review": "PASS",
    }
    PointsEvent.objects.create(**(given | values))
