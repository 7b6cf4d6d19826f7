"""Figures about arrears of insurance, counted by hand."""

import datetime as dt
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
    figure,
    person,
    rate,
    value,
)
from tests.resettlement.makers import supplement

pytestmark = pytest.mark.django_db


def test_arrears_settled_in_the_period() -> None:
    supplement(done_on=FIRST, reviewed_on=BEFORE)
    supplement(person(household_area=FAR_VILLAGE, died_on=FIRST), done_on=LAST, withdrawn=False)
    supplement(done_on=BEFORE, reviewed_on=BEFORE)
    supplement(done_on=AFTER)
    supplement(done_on=None)
    supplement(insurance="MEDICAL")
    supplement(review_result="FAIL")
    supplement(withdrawn=True)
    assert [value("si_supplement_done", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]


def test_share_settled_of_those_reviewed_in_the_period() -> None:
    supplement(reviewed_on=FIRST, done_on=LAST)
    supplement(reviewed_on=LAST, done_on=AFTER)
    supplement(reviewed_on=LAST, done_on=None)
    supplement(reviewed_on=BEFORE)
    supplement(reviewed_on=AFTER, done_on=AFTER)
    supplement(insurance="MEDICAL")
    supplement(review_result="PENDING")
    supplement(withdrawn=True)
    supplement(person(household_area=FAR_VILLAGE))
    assert rate("si_supplement_done_rate") == (2, 4, 50.0)
    assert rate("si_supplement_done_rate", COUNTY) == (1, 3, 33.3)
    assert rate("si_supplement_done_rate", "339903000000") == (0, 0, None)


def test_the_last_day_of_a_batch_is_written_as_a_number() -> None:
    supplement(cutoff_on=None)
    found = figure("key_work_dates")
    assert (found.value, found.reason) == (None, "期内没有记录")
    supplement(cutoff_on=BEFORE)
    supplement(cutoff_on=AFTER)
    assert value("key_work_dates") is None
    supplement(cutoff_on=FIRST)
    assert value("key_work_dates") == 20250101
    # Of whatever insurance, and whatever became of it.
    supplement(person(household_area=FAR_VILLAGE), cutoff_on=dt.date(2025, 10, 28), insurance="MEDICAL")
    supplement(cutoff_on=dt.date(2025, 9, 30), withdrawn=True, review_result="FAIL")
    assert [value("key_work_dates", area) for area in ("", COUNTY, OTHER)] == [20251028, 20250930, 20251028]


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_both_ends_of_the_period_belong_to_it(day: dt.date) -> None:
    supplement(cutoff_on=day)
    number: Any = value("key_work_dates")
    assert number == int(day.strftime("%Y%m%d"))
