"""Figures about talents, counted by hand."""

from typing import Any

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FAR_VILLAGE, FIRST, LAST, OTHER, person, value
from tests.training.makers import talent

pytestmark = pytest.mark.django_db
CODES = ("talent_300_village", "talent_300_entrepreneur", "talent_300_craftsman", "talent_300_total")


def values(area: str = "") -> list[object]:
    """All figures about talents, in the order of ``CODES``."""
    return [value(code, area) for code in CODES]


def test_a_person_counts_once_of_each_kind_and_once_of_all() -> None:
    both = person(category="F01")
    talent(both)
    talent(both, batch_year=2024)
    talent(both, kind="CRAFTSMAN")
    talent(person(died_on=FIRST), kind="ENTREPRENEUR")
    talent(person(household_area=FAR_VILLAGE), kind="CRAFTSMAN")
    assert values() == [1, 1, 2, 3]
    assert values(COUNTY) == [1, 1, 1, 2]
    assert values(OTHER) == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({"started_on": LAST}, 1),
        ({"started_on": AFTER}, 0),
        ({"ended_on": FIRST}, 1),
        ({"ended_on": BEFORE}, 0),
        ({"ended_on": LAST}, 1),
        ({"withdrawn_on": AFTER}, 1),
        ({"withdrawn_on": LAST}, 0),
        ({"withdrawn_on": BEFORE}, 0),
        ({"ended_on": FIRST, "withdrawn_on": AFTER}, 1),
    ],
)
def test_in_training_at_any_time_of_the_period(given: dict[str, Any], counts: int) -> None:
    talent(person(), **given)
    assert values() == [counts, 0, 0, counts]
