"""The honest clock of a case: what was promised, what was paused, how it stands today.

依据: 手册 5.3 (承诺时限、挂起不计入、延期另记、亮灯是计算结果). A day past the last year with an official
holiday notice is kept but not promised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from yizhou.core.workdays import (
    LOCAL,
    Deadline,
    Light,
    Pause,
    WorkCalendar,
    deadline,
    effective_on,
    elapsed,
    light,
    natural_deadline,
    remaining,
)

UNCONFIRMED = "次年放假安排未公布，暂不承诺具体日期"


@dataclass(frozen=True)
class Running:
    """What the clock runs on. ``promised_days`` and ``extended_days`` are workdays.

    ``stored_due_on`` and ``paused_days`` (calendar days) count for cases taken from a ledger, which brings no
    single pauses.
    """

    accepted_at: datetime | None
    promised_days: int | None = None
    pauses: Sequence[Pause] = ()
    extended_days: int = 0
    completed_at: datetime | None = None
    stored_due_on: date | None = None
    paused_days: int = 0
    waiting: str = ""


@dataclass(frozen=True)
class Clock:
    """The clock of a case on a day; every part but the days is words for the page.

    ``due_on`` counts pauses and an approved extension, ``raw_due_on`` neither; both are None where nothing is
    promised yet, and ``due_on`` also while the clock stands. ``overdue`` are workdays past ``due_on``, ``left``
    those before it.
    """

    due_on: date | None
    raw_due_on: date | None
    light: Light
    left: int = 0
    overdue: int = 0
    percent: int = 0
    confirmed: bool = True
    label: str = ""
    state: str = ""
    note: str = ""
    pauses: Sequence[Pause] = field(default=(), repr=False)

    def shown(self) -> dict[str, object] | None:
        """What ``clock.html`` prints; None where no promise has begun."""
        if not self.label:
            return None
        return {"label": self.label, "state": self.state, "percent": self.percent, "note": self.note}

    @property
    def sort_key(self) -> str:
        """The smaller, the more urgent; standing clocks come after running ones."""
        return self.due_on.isoformat() if self.due_on else "9998" if self.label else "9999"


def local_day(moment: datetime) -> date:
    """The day of a moment in China."""
    return moment.astimezone(LOCAL).date() if moment.tzinfo else moment.date()


def due_of(running: Running, calendar: WorkCalendar) -> Deadline | None:
    """When it is due with pauses and extension; None before acceptance or without a promise."""
    if running.accepted_at is None:
        return None
    if running.promised_days is None or (running.paused_days and not running.pauses):
        if running.stored_due_on is None:
            return None
        if any(pause.end_on is None for pause in running.pauses):
            return Deadline(None, running.promised_days or 0, confirmed=False)
        due = running.stored_due_on + timedelta(days=running.paused_days)
        return Deadline(due, running.promised_days or 0, confirmed=calendar.is_confirmed(due))
    days = running.promised_days + running.extended_days
    return deadline(running.accepted_at, days, running.pauses, calendar)


def raw_due(running: Running, calendar: WorkCalendar) -> date | None:
    """When it was due as promised on acceptance, no pause and no extension counted."""
    if running.stored_due_on is not None or running.accepted_at is None or running.promised_days is None:
        return running.stored_due_on
    return deadline(running.accepted_at, running.promised_days, (), calendar).due_on


def clock_of(running: Running, on: date, calendar: WorkCalendar) -> Clock:
    """The clock as it stands at ``on``."""
    due = due_of(running, calendar)
    raw = raw_due(running, calendar)
    if due is None or running.accepted_at is None:
        label = f"等待：{running.waiting}" if running.waiting else ""
        return Clock(None, raw, Light.GREEN, label=label, state="paused" if label else "")
    used = _percent(running, due, on, calendar)
    if running.completed_at is not None:
        return _finished(running, due, raw, calendar)
    colour = light(due.due_on, due.workdays, on, calendar)
    if due.due_on is None:
        note = f"已用 {elapsed(running.accepted_at, running.pauses, calendar, on)} 个工作日"
        return Clock(None, raw, colour, percent=used, label="计时暂停", state="paused", note=note)
    left = remaining(due.due_on, on, calendar)
    late = max(-left, 1) if on > due.due_on else 0
    label = _label(due.due_on, on, left, late)
    note = _day_text(due.due_on, on) if due.confirmed else UNCONFIRMED
    state = {Light.RED: "late", Light.AMBER: "warn"}.get(colour, "ok")
    return Clock(
        due.due_on,
        raw,
        colour,
        left=max(left, 0),
        overdue=late,
        percent=used,
        confirmed=due.confirmed,
        label=label,
        state=state,
        note=note,
        pauses=running.pauses,
    )


def _label(due_on: date, on: date, left: int, late: int) -> str:
    if late:
        return f"超期 {late} 个工作日"
    return "今日到期" if due_on == on else f"剩 {left} 个工作日"


def _day_text(day: date, on: date) -> str:
    year = "" if day.year == on.year else f"{day.year} 年 "
    return f"{year}{day.month} 月 {day.day} 日前"


def _percent(running: Running, due: Deadline, on: date, calendar: WorkCalendar) -> int:
    if running.accepted_at is None:
        return 0
    used = elapsed(running.accepted_at, running.pauses, calendar, on)
    if not due.workdays:
        return 100 if due.due_on is None or on >= due.due_on else 0
    return min(100, used * 100 // due.workdays)


def _finished(running: Running, due: Deadline, raw: date | None, calendar: WorkCalendar) -> Clock:
    assert running.completed_at is not None
    done = local_day(running.completed_at)
    late = max(calendar.count(due.due_on, done), 1) if due.due_on and done > due.due_on else 0
    label = f"办结时超期 {late} 个工作日" if late else "按时办结"
    colour = Light.RED if late else Light.GREEN
    return Clock(
        due.due_on, raw, colour, overdue=late, percent=100, label=label, state="late" if late else "ok"
    )


def statutory_due(
    accepted_at: datetime, days: int, unit: Literal["workday", "calendar_day"], calendar: WorkCalendar
) -> date:
    """The last day the law allows: calendar days where the law counts them, else workdays."""
    start = effective_on(accepted_at, calendar)
    return natural_deadline(start, days, calendar) if unit == "calendar_day" else calendar.add(start, days)


@dataclass(frozen=True)
class OnTime:
    """Whether a finished case was on time, three ways; None where nothing was promised or it is not finished.

    ``raw``: by the day promised on acceptance; ``net``: pauses and extension counted out.
    """

    raw: bool | None
    net: bool | None


def on_time(running: Running, calendar: WorkCalendar) -> OnTime:
    """Compare the day of completion with both due days."""
    if running.completed_at is None or running.accepted_at is None:
        return OnTime(None, None)
    done = local_day(running.completed_at)
    due, raw = due_of(running, calendar), raw_due(running, calendar)
    net = None if due is None else due.due_on is None or done <= due.due_on
    return OnTime(None if raw is None else done <= raw, net)


@dataclass(frozen=True)
class OnTimeCount:
    """How many of the finished ones were on time, counted three ways; ``worst`` words the slowest of them."""

    finished: int
    raw: int
    net: int
    worst: str


def on_time_of_all(legs: Sequence[tuple[str, Running]], calendar: WorkCalendar) -> OnTimeCount:
    """The three ways over the legs of a bundle, given as (name, clock facts)."""
    judged = [(name, running, on_time(running, calendar)) for name, running in legs]
    done = [(name, running) for name, running, answer in judged if answer.net is not None]
    late = sorted(
        ((clock_of(running, date.min, calendar).overdue, name) for name, running in done), reverse=True
    )
    worst = f"{late[0][1]}超期 {late[0][0]} 个工作日" if late and late[0][0] else ""
    return OnTimeCount(
        finished=len(done),
        raw=sum(answer.raw is True for _, _, answer in judged),
        net=sum(answer.net is True for _, _, answer in judged),
        worst=worst,
    )
