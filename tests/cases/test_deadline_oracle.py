"""Five hundred deadlines against a count on the fingers: another table of rest days, another way of counting.

The table is typed from the yearly notices (国务院办公厅关于部分节假日安排的通知), not taken from the library that the
product reads, so that an error of either shows. 依据: 手册 5.3; trust T23.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from yizhou.cases.rules.clock import UNCONFIRMED, Running, clock_of, due_of, on_time, raw_due
from yizhou.core.workdays import LOCAL, Light, Pause, china_calendar

CASES = 500
OFF = (
    "2024-01-01/01-01 2024-02-10/02-17 2024-04-04/04-06 2024-05-01/05-05 2024-06-10/06-10 2024-09-15/09-17 "
    "2024-10-01/10-07 2025-01-01/01-01 2025-01-28/02-04 2025-04-04/04-06 2025-05-01/05-05 2025-05-31/06-02 "
    "2025-10-01/10-08 2026-01-01/01-03 2026-02-15/02-23 2026-04-04/04-06 2026-05-01/05-05 2026-06-19/06-21 "
    "2026-09-25/09-27 2026-10-01/10-07"
)
WORKED = (
    "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12 2025-01-26 "
    "2025-02-08 2025-04-27 2025-09-28 2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 "
    "2026-10-10"
)
LAST_NOTICE = date(2026, 12, 31)
CALENDAR = china_calendar(2024, 2026)


def days_off() -> Iterator[date]:
    for span in OFF.split():
        first, last = span.split("/")
        day, end = date.fromisoformat(first), date.fromisoformat(f"{first[:4]}-{last}")
        while day <= end:
            yield day
            day += timedelta(days=1)


REST = set(days_off())
MADE_UP = {date.fromisoformat(day) for day in WORKED.split()}


def open_on(day: date) -> bool:
    return day in MADE_UP or (day not in REST and day.isoweekday() <= 5)


@dataclass(frozen=True)
class Drawn:
    """One generated case."""

    accepted_at: datetime
    promised: int
    extended: int
    pauses: tuple[Pause, ...]

    @property
    def running(self) -> Running:
        return Running(self.accepted_at, self.promised, self.pauses, self.extended)


def drawn(seed: int) -> Drawn:
    """A third begin in the last weeks of a year, so that new year and spring festival are crossed often."""
    draw = random.Random(seed)
    year = draw.choice((2024, 2025, 2026))
    first = date(year, 12, 10) if seed % 3 == 0 else date(year, 1, 1)
    day = first + timedelta(days=draw.randrange(21 if seed % 3 == 0 else 340))
    moment = datetime(day.year, day.month, day.day, draw.randrange(24), draw.choice((0, 1, 30)), tzinfo=LOCAL)
    pauses = []
    for _ in range(draw.choice((0, 0, 1, 2))):
        start = day + timedelta(days=draw.randrange(45))
        end = None if draw.random() < 0.1 else start + timedelta(days=draw.randrange(25))
        pauses.append(Pause(start, end))
    return Drawn(moment, draw.choice((0, 1, 3, 5, 10, 20, 45)), draw.choice((0, 0, 0, 5, 10)), tuple(pauses))


def counted(case: Drawn, *, promised_only: bool = False) -> date | None:
    """The due day by crossing off one day after another; None when a pause without an end comes first."""
    day = case.accepted_at.date()
    if (case.accepted_at.hour, case.accepted_at.minute) > (17, 0):
        day += timedelta(days=1)
    while not open_on(day):
        day += timedelta(days=1)
    to_cross = case.promised + (0 if promised_only else case.extended)
    stops = () if promised_only else case.pauses
    crossed = 0
    if to_cross:
        day += timedelta(days=1)
    while True:
        if any(stop.end_on is None and stop.start_on <= day for stop in stops):
            return None
        stands = any(stop.end_on and stop.start_on <= day <= stop.end_on for stop in stops)
        crossed += open_on(day) and not stands
        if crossed == max(to_cross, 1):
            return day
        day += timedelta(days=1)


def days_late(due: date, on: date) -> int:
    span = (due + timedelta(days=n) for n in range(1, (on - due).days + 1))
    return max(sum(open_on(day) for day in span), 1)


def test_the_official_days_are_those_of_the_notices() -> None:
    day = date(2024, 1, 1)
    while day <= LAST_NOTICE:
        assert CALENDAR.is_workday(day) == open_on(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize("start", range(0, CASES, 50))
def test_due_days_are_those_counted_day_by_day(start: int) -> None:
    for seed in range(start, start + 50):
        case = drawn(seed)
        due = due_of(case.running, CALENDAR)
        assert due is not None
        assert due.due_on == counted(case), (seed, case)
        assert due.confirmed == (due.due_on is not None and due.due_on <= LAST_NOTICE), (seed, case)
        assert raw_due(case.running, CALENDAR) == counted(case, promised_only=True), (seed, case)


@pytest.mark.parametrize("start", range(0, CASES, 50))
def test_the_clock_says_late_on_the_day_after_and_not_before(start: int) -> None:
    for seed in range(start, start + 50):
        case = drawn(seed)
        due = counted(case)
        if due is None:
            assert (
                clock_of(case.running, case.accepted_at.date() + timedelta(days=400), CALENDAR).overdue == 0
            )
            continue
        last_day = clock_of(case.running, due, CALENDAR)
        assert (last_day.overdue, last_day.label, last_day.light) == (0, "今日到期", Light.AMBER), (
            seed,
            case,
        )
        assert (last_day.note == UNCONFIRMED) == (due > LAST_NOTICE), (seed, case)
        for gap in (1, 2, 9, 40):
            on = due + timedelta(days=gap)
            late = clock_of(case.running, on, CALENDAR)
            assert (late.overdue, late.light) == (days_late(due, on), Light.RED), (seed, gap, case)


def test_on_time_is_judged_by_both_days() -> None:
    for seed in range(CASES):
        case = drawn(seed)
        done = case.accepted_at + timedelta(days=seed % 60)
        running = Running(case.accepted_at, case.promised, case.pauses, case.extended, completed_at=done)
        due, raw = counted(case), counted(case, promised_only=True)
        answer = on_time(running, CALENDAR)
        assert raw is not None
        assert answer.raw == (done.date() <= raw), (seed, case)
        assert answer.net == (due is None or done.date() <= due), (seed, case)


def test_the_generated_cases_meet_what_they_are_meant_to_meet() -> None:
    """A generator that draws only easy ones would prove nothing."""
    cases = [drawn(seed) for seed in range(CASES)]
    spans = [(case.accepted_at.date(), due) for case in cases if (due := counted(case))]
    assert sum(any(first < day <= due for day in MADE_UP) for first, due in spans) > 100
    assert sum(first.year < due.year for first, due in spans) > 60
    assert sum(due > LAST_NOTICE for _, due in spans) > 20
    assert sum(case.extended > 0 for case in cases) > 100
    assert sum(len(case.pauses) > 1 for case in cases) > 50
    assert len(cases) - len(spans) > 10
