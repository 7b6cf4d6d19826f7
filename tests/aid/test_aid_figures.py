"""Figures about aid, counted by hand."""

import datetime as dt

import pytest

from tests.aid.makers import aided, listed
from tests.indicators.makers import AFTER, BEFORE, COUNTY, FAR_VILLAGE, FIRST, LAST, OTHER, person, value
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db


def test_aid_that_was_paid() -> None:
    twice = person()
    aided(twice, paid_on=FIRST, amount_fen=1)
    aided(twice, paid_on=LAST, amount_fen=1_234_567, cancelled=False)
    aided(person(household_area=FAR_VILLAGE, died_on=FIRST), amount_fen=2_000_000)
    aided(paid_on=BEFORE)
    aided(paid_on=AFTER)
    aided(paid_on=None, approved_on=FIRST)
    aided(amount_fen=0)
    aided(amount_fen=None)
    aided(cancelled=True)
    assert [value("aid_cases", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]
    assert [value("aid_amount", area) for area in ("", COUNTY, OTHER)] == [3.234568, 1.234568, 2.0]


def test_no_aid_is_nothing_and_not_unknown() -> None:
    assert (value("aid_cases"), value("aid_amount"), value("low_income_families")) == (0, 0, 0)


def test_families_with_a_low_income_are_listed_on_the_last_day() -> None:
    listed(listed_on=LAST)
    listed(person(household_area=FAR_VILLAGE), exited_on=AFTER)
    listed(listed_on=AFTER)
    listed(exited_on=LAST)
    listed(exited_on=LAST - dt.timedelta(days=1))
    listed(level="MARGINAL")
    assert [value("low_income_families", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]


def test_a_household_listed_twice_is_one_family() -> None:
    father, mother = person(household_no="H1"), person(household_no="H1")
    listed(father)
    listed(mother)
    listed(person(household_no="H2"))
    assert value("low_income_families") == 2
    # Without a number of the household everybody is a family alone, and the same head is the same family.
    alone = person()
    listed(alone)
    listed(alone)
    listed(person())
    assert value("low_income_families") == 4


def test_nobody_s_own_number_is_the_number_of_a_household() -> None:
    alone: Person = person()
    listed(alone)
    listed(person(household_no=str(alone.pk)))
    assert value("low_income_families") == 2
