"""Figures about cases, ratings and licences, counted by hand."""

import itertools
from typing import Any

import pytest

from tests.indicators.makers import (
    COUNTY,
    FAR_VILLAGE,
    FIRST,
    LAST,
    OTHER,
    VILLAGE,
    at,
    index,
    person,
    rate,
    value,
    window,
)
from yizhou.cases.models import Case, Rating
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)


def case(done: str | None = "2025-06-01 10:00:00", **values: Any) -> Case:
    """A case that an agent ran to its end."""
    who = values.pop("person", None) or person()
    given = {
        "case_no": f"K{next(_numbers)}",
        "item": "SRV-01",
        "person": who,
        "area": who.household_area,
        "channel": "WINDOW",
        "agent_index": index("agent"),
        "applied_at": at("2025-05-01 09:00:00"),
        "accepted_at": at("2025-05-01 09:00:00"),
        "completed_at": at(done) if done else None,
        "result": "DONE" if done else "",
        "status": "CLOSED" if done else "IN_PROGRESS",
    }
    return Case.objects.create(**(given | values))


def rating(**values: Any) -> Rating:
    """A counted answer of the best level."""
    given = {
        "rating_no": f"P{next(_numbers)}",
        "source": "CASE",
        "rated_on": LAST,
        "level": "5",
        "area": COUNTY,
    }
    return Rating.objects.create(**(given | values))


def test_agent_cases_are_done_in_the_period() -> None:
    case("2025-01-01 00:00:00")
    case("2025-12-31 23:59:59")
    case("2026-01-01 00:00:00")
    case("2024-12-31 23:59:59")
    case(agent_index=None)
    case(result="REFUSED")
    case(None)
    assert value("agent_cases") == 2


def test_agent_cases_follow_the_household_as_it_is_now() -> None:
    moved = person(household_area=VILLAGE)
    case(person=moved)
    assert [value("agent_cases", area) for area in (COUNTY, OTHER)] == [1, 0]
    Person.objects.everywhere("test").filter(pk=moved.pk).update(household_area=FAR_VILLAGE)
    assert [value("agent_cases", area) for area in (COUNTY, OTHER)] == [0, 1]


def test_service_satisfaction_rate_counts_answers_that_stand() -> None:
    rating(rated_on=FIRST)
    rating(level="3")
    rating(level="2", voided=False)
    rating(level="1", area=OTHER)
    rating(level="")  # asked and not answered
    rating(level="1", voided=True)
    rating(rated_on="2026-01-01")
    assert rate("service_satisfaction_rate") == (2, 4, 50.0)
    assert rate("service_satisfaction_rate", COUNTY) == (2, 3, 66.7)
    assert rate("service_satisfaction_rate", "339903000000") == (0, 0, None)


def test_license_spot_issue_rate() -> None:
    special = window(hall_type="INCUBATOR_EXCLUSIVE", window_no="W1", closed_on="2025-02-01").window_no
    general = window(window_no="W2").window_no
    same = {"accepted_at": at("2025-06-01 00:00:00"), "item": "BEN-01", "agent_index": None}
    licence = same | {"window_no": special}
    case("2025-06-01 23:59:59", **licence)  # issued on the spot
    case("2025-06-02 00:00:00", **licence)
    case("2025-06-02 00:00:00", **licence | {"accepted_at": None})
    case("2025-06-01 10:00:00", **licence | {"item": "SRV-01"})  # no certificate
    case("2025-06-01 10:00:00", **same | {"window_no": general})
    case("2025-06-01 10:00:00", **licence | {"result": "REFUSED"})
    assert rate("license_spot_issue_rate") == (1, 3, 33.3)
    assert rate("license_spot_issue_rate", COUNTY) == (1, 3, 33.3)
    assert rate("license_spot_issue_rate", OTHER) == (0, 0, None)
