"""Figures about halls, counted by hand."""

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, LAST, OTHER, reception, value, window

pytestmark = pytest.mark.django_db


def test_hall_windows_in_use_on_the_last_day() -> None:
    window()
    window(opened_on=LAST)
    window(opened_on=AFTER)
    window(closed_on=LAST)
    window(closed_on=AFTER, area=OTHER)
    assert [value("hall_windows", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]


def test_exclusive_halls_count_halls_and_not_windows() -> None:
    window(hall_type="INCUBATOR_EXCLUSIVE", hall_no="H2")
    window(hall_type="INCUBATOR_EXCLUSIVE", hall_no="H2")
    window(hall_type="INCUBATOR_EXCLUSIVE", hall_no="H3", closed_on=BEFORE)
    window(hall_no="H4")
    assert value("exclusive_halls") == 1


def test_hall_visit_times_add_the_persons_of_the_period() -> None:
    reception("2025-01-01 00:00:00", persons=2)
    reception("2025-12-31 23:59:59", persons=30)
    reception("2025-06-01 10:00:00")
    reception("2025-06-01 15:00:00")  # twice on a day counts twice
    reception("2024-12-31 23:59:59", persons=100)
    reception("2026-01-01 00:00:00", persons=100)
    reception("2025-06-01 10:00:00", persons=100, place="STATION")
    reception("2025-06-01 10:00:00", persons=500, area=OTHER)
    assert [value("hall_visit_times", area) for area in ("", COUNTY, OTHER)] == [534, 34, 500]


def test_hall_visit_times_without_visits_are_none_at_all() -> None:
    assert value("hall_visit_times") == 0
