"""Work days and deadlines: pure functions over a calendar that is handed in.

依据: 手册 5.3(期限自受理次日起算，当日 17:00 之后受理按次日受理，挂起时长不计入，剩余 ≤1 工作日或 ≤20%
黄灯，过期红灯)； 国务院办公厅每年的节假日安排通知(放假与调休上班)。A promise past the last year with such a
notice is not confirmed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

import holidays

ONE_DAY = timedelta(days=1)
CUTOFF = time(17, 0)
LOCAL = ZoneInfo("Asia/Shanghai")
LAST_OFFICIAL_YEAR = 2026
"""Last year whose notice of the State Council is in the ``holidays`` library."""
SATURDAY = 5
AMBER_DAYS = 1
AMBER_FIFTH = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Monday to Friday are worked, except ``rests``; Saturday and Sunday are not, except ``works``.

    ``confirmed_through`` is the last day covered by an official notice; later days are counted by weekday
    alone.
    """

    rests: frozenset[date]
    works: frozenset[date]
    confirmed_through: date

    @classmethod
    def of(cls, exceptions: Mapping[date, bool], confirmed_through: date) -> WorkCalendar:
        """A calendar from its exceptional days: ``True`` for one that is worked, else ``False``."""
        rests = frozenset(
            day for day, worked in exceptions.items() if not worked and day.weekday() < SATURDAY
        )
        works = frozenset(day for day, worked in exceptions.items() if worked and day.weekday() >= SATURDAY)
        return cls(rests, works, confirmed_through)

    def is_workday(self, day: date) -> bool:
        """True when offices are open on that day."""
        return day not in self.rests if day.weekday() < SATURDAY else day in self.works

    def is_confirmed(self, day: date) -> bool:
        """True when an official notice covers that day."""
        return day <= self.confirmed_through

    def next_workday(self, day: date) -> date:
        """The first workday on or after ``day``."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def add(self, start: date, workdays: int) -> date:
        """The ``workdays``-th workday after ``start``, which is not counted; for 0 the first workday from it
        on.

        Raises ``ValueError`` when ``workdays`` is negative.
        """
        _refuse_negative(workdays)
        day = self.next_workday(start)
        while (missing := workdays - self.count(start, day)) > 0:
            day = self.next_workday(day + timedelta(days=missing))
        return day

    def count(self, after: date, through: date) -> int:
        """Workdays later than ``after`` up to and including ``through``; negative when they stand the other
        way.
        """
        if through < after:
            return -self.count(through, after)
        weekdays = _weekdays_until(through) - _weekdays_until(after)
        return (
            weekdays
            - _between(self._sorted_rests, after, through)
            + _between(self._sorted_works, after, through)
        )

    @cached_property
    def _sorted_rests(self) -> list[date]:
        return sorted(self.rests)

    @cached_property
    def _sorted_works(self) -> list[date]:
        return sorted(self.works)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which the clock stands still, both ends included; no ``end_on`` while it still does."""

    start_on: date
    end_on: date | None = None

    def covers(self, day: date) -> bool:
        """True when the clock stands still on that day."""
        return self.start_on <= day and (self.end_on is None or day <= self.end_on)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due. ``due_on`` is ``None`` while the clock is stopped by a pause without an end.

    ``confirmed`` is false when no official notice covers the day: it may still move.
    """

    due_on: date | None
    workdays: int
    confirmed: bool


class Light(StrEnum):
    """Colour of a clock. It is computed whenever it is shown and never stored."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PAUSED = "paused"


def effective_on(accepted_at: datetime, calendar: WorkCalendar, cutoff: time = CUTOFF) -> date:
    """The workday on which something counts as accepted: after ``cutoff`` or on a rest day it is the next
    one.

    Aware moments are read in China's time; naive ones are taken as such.
    """
    local = accepted_at.astimezone(LOCAL) if accepted_at.tzinfo else accepted_at
    day = local.date()
    return calendar.next_workday(day + ONE_DAY if local.time() > cutoff else day)


def deadline(
    accepted_at: datetime,
    workdays: int,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
    cutoff: time = CUTOFF,
) -> Deadline:
    """The day on which ``workdays`` have passed since acceptance; counting starts on the workday after it.

    Paused days do not count. ``workdays`` 0 means the day of acceptance itself (当日办结). Raises
    ``ValueError`` when ``workdays`` is negative.
    """
    _refuse_negative(workdays)
    day = effective_on(accepted_at, calendar, cutoff)
    if workdays:
        day += ONE_DAY
    left = max(workdays, 1)
    open_from = min((pause.start_on for pause in pauses if pause.end_on is None), default=date.max)
    while True:
        if day >= open_from:
            return Deadline(None, workdays, confirmed=False)
        if calendar.is_workday(day) and not any(pause.covers(day) for pause in pauses):
            left -= 1
            if not left:
                return Deadline(day, workdays, confirmed=calendar.is_confirmed(day))
        day += ONE_DAY


def natural_deadline(start_on: date, days: int, calendar: WorkCalendar | None = None) -> date:
    """The day on which ``days`` calendar days (自然日) have passed, counting from the day after ``start_on``.

    With a calendar, a last day that is a rest day moves to the next workday (民法典第 203 条).
    """
    _refuse_negative(days)
    last = start_on + timedelta(days=days)
    return calendar.next_workday(last) if calendar else last


def elapsed(
    accepted_at: datetime,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
    on: date,
    cutoff: time = CUTOFF,
) -> int:
    """Workdays used up by the end of ``on``, pauses left out: 0 on the day of acceptance and before it."""
    start = effective_on(accepted_at, calendar, cutoff)
    if on <= start:
        return 0
    paused = sum(
        calendar.count(first - ONE_DAY, last) for first, last in _merged(pauses, start + ONE_DAY, on)
    )
    return calendar.count(start, on) - paused


def remaining(due_on: date, on: date, calendar: WorkCalendar) -> int:
    """Workdays left after ``on``: 0 on the due day, negative by the workdays that it is overdue."""
    return calendar.count(on, due_on)


def light(due_on: date | None, workdays: int, on: date, calendar: WorkCalendar) -> Light:
    """Red past the due day; amber with one workday or a fifth of ``workdays`` left; paused while nothing
    runs.
    """
    if due_on is None:
        return Light.PAUSED
    if on > due_on:
        return Light.RED
    left = remaining(due_on, on, calendar)
    return Light.AMBER if left <= AMBER_DAYS or left * AMBER_FIFTH <= workdays else Light.GREEN


def official_calendar(years: Iterable[int]) -> dict[date, bool]:
    """Exceptional days of those years by official notice: weekdays off → ``False``, weekend days worked →
    ``True``.

    Years after ``LAST_OFFICIAL_YEAR`` have no notice and give nothing.
    """
    wanted = {year for year in years if year <= LAST_OFFICIAL_YEAR}
    # A notice for January may make a day of the December before a workday, so the following year is read as
    # well.
    notices = {year + step for year in wanted for step in (0, 1) if year + step <= LAST_OFFICIAL_YEAR}
    china = holidays.country_holidays("CN", years=notices)
    exceptions = {day: False for day in china if day.weekday() < SATURDAY}
    exceptions |= {day: True for day in china.weekend_workdays if day.weekday() >= SATURDAY}
    return {day: worked for day, worked in sorted(exceptions.items()) if day.year in wanted}


def china_calendar(first_year: int = 2010, last_year: int = LAST_OFFICIAL_YEAR) -> WorkCalendar:
    """The official calendar of those years, confirmed through the last day of the last one."""
    last = min(last_year, LAST_OFFICIAL_YEAR)
    return WorkCalendar.of(official_calendar(range(first_year, last + 1)), date(last, 12, 31))


def _refuse_negative(days: int) -> None:
    if days < 0:
        msg = "期限不能是负数"
        raise ValueError(msg)


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays from 0001-01-01, a Monday, up to and including ``day``."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * SATURDAY + min(rest, SATURDAY)


def _between(days: list[date], after: date, through: date) -> int:
    return bisect_right(days, through) - bisect_right(days, after)


def _merged(pauses: Sequence[Pause], first: date, last: date) -> list[tuple[date, date]]:
    """Pauses cut to ``first``–``last``, overlapping ones put together, in order."""
    spans: list[tuple[date, date]] = []
    for pause in sorted(pauses, key=lambda one: one.start_on):
        start, end = max(pause.start_on, first), min(pause.end_on or last, last)
        if end < start:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans
