"""Figures about the hotlines, counted by hand."""

import datetime as dt

import pytest

from tests.indicators.makers import AFTER, COUNTY, LAST, OTHER, at, call, rate, value

pytestmark = pytest.mark.django_db


def test_hotline_accepted_leaves_out_nuisance_and_repetition() -> None:
    call("2025-01-01 00:00:00")
    call("2025-12-31 23:59:59", nuisance=False)
    call("2025-06-01 12:00:00", nuisance=True)
    call("2025-06-01 12:00:00", duplicate_of="C1")
    call("2025-06-01 12:00:00", line="JOB_HOTLINE")
    call("2024-12-31 23:59:59")
    call("2026-01-01 00:00:00")
    call("2025-06-01 12:00:00", area=OTHER)
    assert [value("hotline_accepted", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]


def test_hotline_direct_answers_are_closed_by_the_last_day() -> None:
    call("2025-12-31 20:00:00", closed_at=at("2025-12-31 23:59:59"))
    call("2025-12-31 20:00:00", closed_at=at("2026-01-01 00:00:00"))
    call("2025-12-31 20:00:00")
    call("2025-12-31 20:00:00", closed_at=at("2025-12-31 21:00:00"), handle_mode="TRANSFER")
    call("2024-12-31 20:00:00", closed_at=at("2025-01-02 21:00:00"))
    assert value("hotline_direct_answered") == 1
    assert rate("hotline_direct_rate") == (1, 4, 25.0)


def test_hotline_direct_rate_without_calls_is_not_measured() -> None:
    assert rate("hotline_direct_rate") == (0, 0, None)


def test_hotline_on_time_rate_moves_the_limit_by_the_days_on_hold() -> None:
    due = dt.date(2025, 12, 29)
    call("2025-12-01 09:00:00", due_on=due, closed_at=at("2025-12-29 23:59:59"))  # on time
    call("2025-12-01 09:00:00", due_on=due, closed_at=at("2025-12-30 00:00:00"))  # a second late
    call("2025-12-01 09:00:00", due_on=due, paused_days=2, closed_at=at("2025-12-31 23:00:00"))  # on time
    call("2025-12-01 09:00:00", due_on=due, paused_days=3, closed_at=at("2025-12-30 00:00:00"))  # due 2026
    call("2024-12-01 09:00:00", due_on=dt.date(2024, 12, 30), paused_days=2, closed_at=at("2024-12-20 09:00"))
    call("2025-12-01 09:00:00", due_on=due)  # open
    call("2025-12-01 09:00:00", closed_at=at("2025-12-02 09:00:00"))  # no limit
    assert rate("hotline_on_time_rate") == (3, 5, 60.0)


def test_hotline_on_time_rate_leaves_out_what_is_on_hold_at_the_end() -> None:
    due = dt.date(2025, 6, 1)
    call("2025-05-01 09:00:00", due_on=due, paused_since=LAST, closed_at=None)
    call("2025-05-01 09:00:00", due_on=due, paused_since=AFTER)
    call("2025-05-01 09:00:00", due_on=due, nuisance=True)
    call("2025-05-01 09:00:00", due_on=due, duplicate_of="C1")
    assert rate("hotline_on_time_rate") == (0, 1, 0.0)


def test_job_hotline_calls_count_repetitions() -> None:
    call("2025-06-01 09:00:00", line="JOB_HOTLINE")
    call("2025-06-01 09:00:00", line="JOB_HOTLINE", duplicate_of="C1")
    call("2025-06-01 09:00:00", line="JOB_HOTLINE", nuisance=True)
    call("2025-06-01 09:00:00", line="JOB_HOTLINE", category="COMPLAINT")
    call("2025-06-01 09:00:00")
    assert value("job_hotline_calls") == 2
