"""Figures about the contest of start-ups, counted by hand."""

from typing import Any

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, divisions, figure, value
from tests.jobs.makers import employer, entry
from yizhou.indicators.queries import by_child
from yizhou.indicators.scope import Scope

pytestmark = pytest.mark.django_db
FIRST_PRIZE = {"award_level": "PROVINCE", "award_grade": "FIRST"}


def test_contest_enterprises() -> None:
    twice = employer()
    entry(twice, held_on=FIRST)
    entry(twice, held_on=LAST)
    entry(employer(area=OTHER))
    for values in ({"held_on": BEFORE}, {"held_on": AFTER}, {"status": "WITHDRAWN"}):
        entry(employer(), **values)
    entry(employer(), status="DISQUALIFIED")
    assert [value("contest_enterprises", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]


def test_contest_edition() -> None:
    entry(employer(), edition_no=9, held_on=BEFORE)
    entry(employer(), edition_no=9, held_on=AFTER)
    assert (figure("contest_edition").value, figure("contest_edition").reason) == (None, "期内没有记录")
    entry(employer(), edition_no=2, held_on=FIRST)
    entry(employer(area=OTHER), edition_no=3, held_on=LAST, status="WITHDRAWN")
    assert [value("contest_edition", area) for area in ("", COUNTY, OTHER)] == [3, 2, 3]
    divisions()
    below = by_child("contest_edition", Scope("339900000000", FIRST, LAST))
    assert [part.value for _, part in below] == [2, 3]


@pytest.mark.parametrize(("grade", "code"), [("FIRST", "first"), ("SECOND", "second")])
def test_provincial_awards(grade: str, code: str) -> None:
    award = {"award_level": "PROVINCE", "award_grade": grade}
    same = employer()
    entry(same, awarded_on=FIRST, held_on=BEFORE, **award)
    entry(same, awarded_on=LAST, **award)
    entry(employer(area=OTHER), awarded_on=LAST, **award)
    codes = f"contest_provincial_{code}"
    assert [value(codes, area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]
    assert value("contest_provincial_second" if code == "first" else "contest_provincial_first") == 0


@pytest.mark.parametrize(
    "values",
    [
        {"awarded_on": BEFORE},
        {"awarded_on": AFTER},
        {"awarded_on": None},
        {"awarded_on": LAST, "award_level": "NATION"},
        {"awarded_on": LAST, "award_level": "CITY"},
        {"awarded_on": LAST, "award_grade": "THIRD"},
        {"awarded_on": LAST, "status": "DISQUALIFIED"},
        {"awarded_on": LAST, "status": "WITHDRAWN"},
    ],
)
def test_what_is_no_provincial_first_prize_of_the_period(values: dict[str, Any]) -> None:
    entry(employer(), **FIRST_PRIZE | values)
    assert value("contest_provincial_first") == 0
