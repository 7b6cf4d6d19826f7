"""Figures about job fairs for veterans and soldiers' wives, counted by hand."""

from typing import Any

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, TOWN, at, value
from tests.jobs.makers import attendance, employer, fair, fair_post

pytestmark = pytest.mark.django_db
CODES = (
    "spouse_fair_sessions",
    "spouse_fair_participants",
    "fair_served_veterans",
    "fair_enterprises",
    "fair_posts",
)


def values(area: str = "") -> list[object]:
    """All figures about fairs, in the order of ``CODES``."""
    return [value(code, area) for code in CODES]


def test_fairs_and_who_came() -> None:
    first, last, far = fair(held_on=FIRST, area=TOWN), fair(held_on=LAST, target="SPOUSE"), fair(area=OTHER)
    known = employer(area=OTHER)
    attendance(first, "甲")
    attendance(last, "甲", signed_in_at=at("2026-01-01 08:00:00"))  # the day of the fair decides
    attendance(last, "乙", kind="SPOUSE")
    attendance(last, "丙", signed_in_at=None)
    attendance(far, "甲")
    attendance(far, "丁")
    fair_post(first, known)
    fair_post(first, known, title="保安", headcount=5)
    fair_post(last, known)
    fair_post(last, employer(), headcount=1)
    fair_post(far, employer(), headcount=20)
    assert values() == [3, 5, 2, 3, 32]
    assert values(COUNTY) == [2, 3, 1, 2, 12]
    assert values(OTHER) == [1, 2, 2, 1, 20]


@pytest.mark.parametrize(
    "given",
    [
        {"held_on": BEFORE},
        {"held_on": AFTER},
        {"status": "PLANNED"},
        {"status": "CANCELLED"},
        {"target": "GENERAL"},
    ],
)
def test_what_is_no_such_fair_of_the_period(given: dict[str, Any]) -> None:
    other = fair(**given)
    attendance(other, "甲")
    fair_post(other, employer())
    assert values() == [0, 0, 0, 0, 0]


def test_fairs_online_count() -> None:
    fair(mode="ONLINE")
    fair()
    assert value("spouse_fair_sessions") == 2
