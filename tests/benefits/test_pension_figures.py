"""Figures about pensions and allowances, counted by hand."""

import pytest

from tests.benefits.makers import line
from tests.indicators.makers import AFTER, BEFORE, COUNTY, FAR_VILLAGE, FIRST, LAST, OTHER, person, value

pytestmark = pytest.mark.django_db


def test_what_reached_the_accounts_in_the_period() -> None:
    same = person()
    line(same, base_amount_fen=1_000_000, paid_on=FIRST, pay_month="2024-12")
    line(same, base_amount_fen=1_000_000, paid_on=LAST, pay_month="2026-01")
    line(base_amount_fen=9, paid_on=BEFORE, pay_month="2025-01")
    line(base_amount_fen=9, paid_on=AFTER, pay_month="2025-12")
    for status in ("DRAFT", "APPROVED", "SENT", "RETURNED"):
        line(status=status)
        line(status=status, paid_on=None)
    assert value("pension_total_amount") == 2.0


def test_arrears_are_added_deductions_taken_off_and_reversals_count_as_they_stand() -> None:
    gone = person(household_area=FAR_VILLAGE, died_on=FIRST)
    line(base_amount_fen=500_000, arrears_amount_fen=100_000, deduct_amount_fen=30_000)
    line(base_amount_fen=500_000, deduct_amount_fen=1)
    line(base_amount_fen=500_000, arrears_amount_fen=1)
    line(base_amount_fen=-500_000)
    line(gone, base_amount_fen=-70_001)
    assert [value("pension_total_amount", area) for area in ("", COUNTY, OTHER)] == [
        0.999999,
        1.07,
        -0.070001,
    ]


def test_no_line_is_no_money() -> None:
    assert value("pension_total_amount") == 0
