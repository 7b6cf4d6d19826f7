"""What a measure answers with beyond counting, over rows made for it."""

import datetime as dt

import pytest

from tests.indicators.makers import FIRST, LAST, VILLAGE, person
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Measure, Rate, amounts, amounts_by_prefix
from yizhou.indicators.scope import Scope
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db


def test_the_highest_of_no_rows_is_no_number() -> None:
    everybody = Person.objects.everywhere("test")
    highest = Measure(everybody, highest="monthly_income_fen")
    assert highest.value() is None
    person()
    assert highest.value() is None
    person(monthly_income_fen=300)
    person(monthly_income_fen=200)
    assert highest.value() == 300
    assert amounts_by_prefix(highest, "household_area", 12) == {VILLAGE: 300}
    assert amounts([highest, Measure(everybody)]) == [300, 3]


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (LAST, None, True),
        (LAST, LAST, True),
        (FIRST, LAST - dt.timedelta(days=1), False),
        (LAST + dt.timedelta(days=1), None, False),
        (None, None, False),
    ],
)
def test_what_lasts_to_a_day_still_counts_on_it(
    since: dt.date | None, until: dt.date | None, counts: bool
) -> None:
    person(enlisted_on=since, discharged_on=until)
    found = Person.objects.everywhere("test").filter(
        Scope("", FIRST, LAST).lasting("enlisted_on", "discharged_on")
    )
    assert found.exists() == counts


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (LAST, None, True),
        (FIRST, FIRST, True),
        (FIRST - dt.timedelta(days=9), FIRST, True),
        (FIRST - dt.timedelta(days=9), FIRST - dt.timedelta(days=1), False),
        (LAST + dt.timedelta(days=1), None, False),
        (None, LAST, False),
    ],
)
def test_what_was_in_course_on_a_day_of_the_period(
    since: dt.date | None, until: dt.date | None, counts: bool
) -> None:
    person(enlisted_on=since, discharged_on=until)
    found = Person.objects.everywhere("test").filter(
        Scope("", FIRST, LAST).overlapping("enlisted_on", "discharged_on")
    )
    assert found.exists() == counts


def test_an_average_is_in_the_unit_of_its_numerator() -> None:
    for fen in (100_00, 100_01):
        person(monthly_income_fen=fen)
    everybody = Person.objects.everywhere("test")
    total = Measure(everybody, total="monthly_income_fen", divisor=100)
    average = Rate(total, Measure(everybody), average=True)
    assert average.value(200_01, 2) == 100.01  # 100.005 yuan, half up
    assert average.value(200_01, 0) is None


def test_a_date_and_an_average_have_no_year_before() -> None:
    assert not facts()["key_work_dates"].is_compared
    assert not facts()["avg_loan_per_person"].is_compared
    assert not facts()["bundle_items"].is_compared
    assert facts()["netted_veterans"].is_compared
