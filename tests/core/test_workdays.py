"""Work days and deadlines: the handbook's cases, official notices, and laws that hold for every input."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhou.core.workdays import (
    LAST_OFFICIAL_YEAR,
    Deadline,
    Light,
    Pause,
    WorkCalendar,
    china_calendar,
    deadline,
    effective_on,
    elapsed,
    light,
    natural_deadline,
    official_calendar,
    remaining,
)

at = datetime.fromisoformat
CHINA = china_calendar()
FRIDAY = at("2025-04-25 10:00")
days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
moments = st.datetimes(at("2023-01-01 00:00"), at("2026-06-30 00:00"))
closed_pauses = st.lists(
    st.builds(lambda start, length: Pause(start, start + timedelta(days=length)), days, st.integers(0, 20)),
    max_size=4,
)


def due(accepted_at: datetime, workdays: int, *pauses: Pause) -> date | None:
    return deadline(accepted_at, workdays, pauses, CHINA).due_on


def test_promise_of_the_handbook() -> None:
    """手册 23.3: 2025-04-27(周日)上班，05-01 至 05-05 放假。"""
    assert due(FRIDAY, 5) == date(2025, 5, 6)
    assert due(FRIDAY, 5, Pause(date(2025, 4, 28), date(2025, 4, 30))) == date(2025, 5, 9)


def test_both_ends_of_a_pause_do_not_count_and_rest_days_in_it_change_nothing() -> None:
    assert due(FRIDAY, 1, Pause(date(2025, 4, 27), date(2025, 4, 27))) == date(2025, 4, 28)
    assert due(FRIDAY, 5, Pause(date(2025, 5, 1), date(2025, 5, 5))) == date(2025, 5, 6)
    assert due(FRIDAY, 5, Pause(date(2025, 5, 1), date(2025, 5, 6))) == date(2025, 5, 7)
    twice = (Pause(date(2025, 4, 27), date(2025, 4, 28)), Pause(date(2025, 4, 28), date(2025, 4, 29)))
    assert due(FRIDAY, 5, *twice) == date(2025, 5, 9)


@pytest.mark.parametrize(
    ("accepted_at", "effective"),
    [
        (at("2025-04-25 17:00"), date(2025, 4, 25)),
        (at("2025-04-25 17:01"), date(2025, 4, 27)),
        (at("2025-04-26 09:00"), date(2025, 4, 27)),
        (at("2025-04-30 17:30"), date(2025, 5, 6)),
        (at("2025-05-01 00:00"), date(2025, 5, 6)),
        (datetime(2025, 4, 25, 8, 59, tzinfo=UTC), date(2025, 4, 25)),
        (datetime(2025, 4, 25, 9, 30, tzinfo=UTC), date(2025, 4, 27)),
        (datetime(2025, 4, 24, 16, 30, tzinfo=UTC), date(2025, 4, 25)),
    ],
)
def test_acceptance_after_five_or_on_a_rest_day_is_the_next_workday(
    accepted_at: datetime, effective: date
) -> None:
    assert effective_on(accepted_at, CHINA) == effective
    assert due(accepted_at, 0) == effective
    assert due(accepted_at, 1) == CHINA.add(effective, 1)


def test_cutoff_can_be_set() -> None:
    assert effective_on(at("2025-04-25 16:00"), CHINA, time(15, 30)) == date(2025, 4, 27)
    assert deadline(at("2025-04-25 16:00"), 5, [], CHINA, time(15, 30)).due_on == date(2025, 5, 7)
    assert elapsed(at("2025-04-25 16:00"), [], CHINA, date(2025, 4, 28), time(15, 30)) == 1
    assert elapsed(at("2025-04-25 16:00"), [], CHINA, date(2025, 4, 28)) == 2


def test_no_due_day_while_the_clock_is_stopped() -> None:
    open_pause = Pause(date(2025, 4, 29))
    assert deadline(FRIDAY, 5, [open_pause], CHINA) == Deadline(None, 5, confirmed=False)
    assert due(FRIDAY, 2, open_pause) == date(2025, 4, 28)
    assert elapsed(FRIDAY, [open_pause], CHINA, date(2025, 6, 30)) == 2
    assert light(None, 5, date(2025, 6, 30), CHINA) is Light.PAUSED


def test_confirmed_only_as_far_as_official_notices_go() -> None:
    year_end = at("2026-12-30 09:00")
    assert deadline(year_end, 1, [], CHINA) == Deadline(date(2026, 12, 31), 1, confirmed=True)
    assert deadline(year_end, 2, [], CHINA) == Deadline(date(2027, 1, 1), 2, confirmed=False)


def test_lights() -> None:
    due_on = date(2025, 5, 9)

    def colour(on: date, workdays: int = 5) -> Light:
        return light(due_on, workdays, on, CHINA)

    assert remaining(due_on, date(2025, 5, 6), CHINA) == 3
    assert remaining(due_on, due_on, CHINA) == 0
    assert remaining(due_on, date(2025, 5, 13), CHINA) == -2
    assert colour(date(2025, 5, 7)) is Light.GREEN
    assert colour(date(2025, 5, 8)) is Light.AMBER
    assert colour(due_on) is Light.AMBER
    assert colour(date(2025, 5, 10)) is Light.RED
    assert colour(date(2025, 4, 29), 20) is Light.GREEN  # 5 of 20 left
    assert colour(date(2025, 4, 30), 20) is Light.AMBER  # 4 of 20 left


def test_natural_days_move_off_rest_days_with_a_calendar() -> None:
    assert natural_deadline(date(2025, 4, 2), 30) == date(2025, 5, 2)
    assert natural_deadline(date(2025, 4, 2), 30, CHINA) == date(2025, 5, 6)
    assert natural_deadline(date(2025, 4, 2), 0) == date(2025, 4, 2)


def test_negative_terms_are_refused() -> None:
    for call in (
        lambda: deadline(FRIDAY, -1, [], CHINA),
        lambda: natural_deadline(FRIDAY.date(), -1),
        lambda: CHINA.add(FRIDAY.date(), -1),
    ):
        with pytest.raises(ValueError, match="期限不能是负数"):
            call()


def test_official_days_of_2025() -> None:
    """国办发明电〔2024〕12 号。"""
    exceptions = official_calendar([2025])
    worked = [day for day, is_worked in exceptions.items() if is_worked]
    assert worked == [
        date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)
    ]  # fmt: skip
    rests = [f"{day:%m-%d}" for day, is_worked in exceptions.items() if not is_worked]
    assert rests == [
        "01-01", "01-28", "01-29", "01-30", "01-31", "02-03", "02-04", "04-04", "05-01", "05-02", "05-05",
        "06-02", "10-01", "10-02", "10-03", "10-06", "10-07", "10-08",
    ]  # fmt: skip
    every = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(WorkCalendar.of(exceptions, date(2025, 12, 31)).is_workday(day) for day in every) == 248


def test_nothing_official_after_the_last_notice() -> None:
    assert official_calendar([LAST_OFFICIAL_YEAR + 1]) == {}
    assert {day.year for day in official_calendar([LAST_OFFICIAL_YEAR])} == {LAST_OFFICIAL_YEAR}
    library = holidays.country_holidays("CN", years=[LAST_OFFICIAL_YEAR])
    assert any(day.year == LAST_OFFICIAL_YEAR for day in library.weekend_workdays)
    assert china_calendar(last_year=2030).confirmed_through == date(LAST_OFFICIAL_YEAR, 12, 31)


def test_a_notice_may_reach_into_the_december_before_it() -> None:
    assert official_calendar([2011])[date(2011, 12, 31)] is True


def test_needless_exceptions_are_harmless() -> None:
    calendar = WorkCalendar.of({date(2025, 4, 26): False, date(2025, 4, 25): True}, date(2025, 12, 31))
    assert calendar.is_workday(date(2025, 4, 25))
    assert not calendar.is_workday(date(2025, 4, 26))
    assert calendar.count(date(2025, 4, 21), date(2025, 4, 27)) == 4


@given(days, st.integers(0, 120))
def test_add_agrees_with_stepping_day_by_day(start: date, workdays: int) -> None:
    day, left = start, workdays
    while left or not CHINA.is_workday(day):
        day += timedelta(days=1)
        left -= bool(left and CHINA.is_workday(day))
    assert CHINA.add(start, workdays) == day


@given(days, days)
def test_count_agrees_with_counting(first: date, second: date) -> None:
    low, high = min(first, second), max(first, second)
    counted = sum(CHINA.is_workday(low + timedelta(days=n + 1)) for n in range((high - low).days))
    assert CHINA.count(low, high) == counted
    assert CHINA.count(high, low) == -counted


@given(moments, st.integers(0, 60), closed_pauses)
def test_more_days_or_more_pauses_never_end_earlier(
    accepted_at: datetime, workdays: int, pauses: list[Pause]
) -> None:
    plain, paused = due(accepted_at, workdays), due(accepted_at, workdays, *pauses)
    longer = due(accepted_at, workdays + 1, *pauses)
    assert plain is not None
    assert paused is not None
    assert longer is not None
    assert plain <= paused <= longer
    assert CHINA.is_workday(paused)
    assert not any(pause.covers(paused) for pause in pauses)
    for count in range(len(pauses)):
        fewer = due(accepted_at, workdays, *pauses[:count])
        assert fewer is not None
        assert fewer <= paused


@given(moments, st.timedeltas(timedelta(0), timedelta(days=30)), st.integers(0, 60), closed_pauses)
def test_later_acceptance_is_never_due_earlier(
    accepted_at: datetime, later: timedelta, workdays: int, pauses: list[Pause]
) -> None:
    first, second = due(accepted_at, workdays, *pauses), due(accepted_at + later, workdays, *pauses)
    assert first is not None
    assert second is not None
    assert first <= second


@given(moments, st.integers(1, 60), closed_pauses)
def test_the_due_day_is_the_day_on_which_the_term_is_used_up(
    accepted_at: datetime, workdays: int, pauses: list[Pause]
) -> None:
    due_on = due(accepted_at, workdays, *pauses)
    assert due_on is not None
    assert elapsed(accepted_at, pauses, CHINA, due_on) == workdays
    assert elapsed(accepted_at, pauses, CHINA, due_on - timedelta(days=1)) == workdays - 1


@given(moments, st.integers(0, 60))
def test_a_deadline_agrees_with_the_calendar(accepted_at: datetime, workdays: int) -> None:
    assert due(accepted_at, workdays) == CHINA.add(effective_on(accepted_at, CHINA), workdays)
