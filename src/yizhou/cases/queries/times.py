"""The clocks of many cases at once: which open ones are late or nearly so, and how many finished ones were on time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from yizhou.cases.models import CasePause, CaseQuerySet
from yizhou.cases.queries.facts import clocks_of
from yizhou.cases.rules.clock import OnTime, Running, local_day, on_time
from yizhou.core import clock
from yizhou.core.workdays import CUTOFF, LOCAL, Light, Pause, WorkCalendar, effective_on
from yizhou.orgs.queries import work_calendar

LIGHTS: Mapping[str, tuple[str, Light]] = {"late": ("已超期", Light.RED), "soon": ("临近到期", Light.AMBER)}
"""Choices of the filter by clock."""


@dataclass(frozen=True)
class Lit:
    """An open case whose clock is red or amber."""

    pk: int
    department: str
    light: Light


def lit(rows: CaseQuerySet, on: dt.date) -> list[Lit]:
    """The open cases among these whose clock is red or amber that day."""
    running = list(rows.undecided().filter(accepted_at__isnull=False).defer("secret"))
    clocks = clocks_of(running, work_calendar(), on)
    found = (Lit(case.pk, case.department, clocks[case.pk].light) for case in running)
    return [one for one in found if one.light in (Light.RED, Light.AMBER)]


def with_light(rows: CaseQuerySet, name: str) -> CaseQuerySet:
    """Those of them that carry the light of that name of ``LIGHTS``."""
    wanted = LIGHTS[name][1]
    return rows.filter(pk__in=[one.pk for one in lit(rows, clock.today()) if one.light is wanted])


def finished_between(rows: CaseQuerySet, first: dt.date, last: dt.date) -> CaseQuerySet:
    """Cases finished on these days, both included, local time."""
    start, after = (
        timezone.make_aware(dt.datetime.combine(day, dt.time.min))
        for day in (first, last + dt.timedelta(days=1))
    )
    return rows.filter(completed_at__gte=start, completed_at__lt=after)


@dataclass
class Times:
    """Finished cases of a department to which something was promised; ``raw`` kept the promise as it was given,
    ``net`` the one with pauses and extension counted out.
    """

    department: str
    finished: int = 0
    raw: int = 0
    net: int = 0


Facts = tuple[dt.date, dt.date, int | None, int, dt.date | None, int, tuple[Pause, ...]]
"""Days of beginning and end, promised and extended workdays, stored due day, paused days, pauses."""


def times_by_department(rows: CaseQuerySet) -> list[Times]:
    """How the finished cases among these kept their time, the department with most of them first.

    The clock judges each; cases that began, promised and ended alike are judged once.
    """
    calendar, found = work_calendar(), dict[str, Times]()
    done = rows.filter(completed_at__isnull=False, accepted_at__isnull=False).order_by()
    begun, judged = _Begun(calendar), dict[Facts, OnTime]()
    pauses = _pauses(done)
    columns = ("promised_days", "extended_days", "due_on", "paused_days")
    for pk, department, accepted, completed, promised, extended, due, paused in done.values_list(
        "pk", "department", "accepted_at", "completed_at", *columns
    ).iterator():
        spans = pauses.get(pk, ())
        facts = (begun(accepted), local_day(completed), promised, extended, due, paused or 0, spans)
        answer = judged.get(facts) or judged.setdefault(facts, on_time(_running(facts), calendar))
        if answer.net is None:
            continue
        times = found.setdefault(department, Times(department))
        times.finished += 1
        times.raw += answer.raw is True
        times.net += answer.net
    return sorted(found.values(), key=lambda times: (-times.finished, times.department))


class _Begun:
    """The day from which a case runs, worked out once for each day and side of the hour at which offices close."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.known: dict[tuple[dt.date, bool], dt.date] = {}

    def __call__(self, accepted: dt.datetime) -> dt.date:
        local = accepted.astimezone(LOCAL)
        key = (local.date(), local.time() > CUTOFF)
        return self.known.get(key) or self.known.setdefault(key, effective_on(accepted, self.calendar))


def _pauses(done: CaseQuerySet) -> dict[int, tuple[Pause, ...]]:
    spans: dict[int, tuple[Pause, ...]] = {}
    for case_id, start, end in (
        CasePause.objects.filter(case__in=done.values("pk"))
        .order_by("start_on")
        .values_list("case_id", "start_on", "end_on")
    ):
        spans[case_id] = (*spans.get(case_id, ()), Pause(start, end))
    return spans


def _running(facts: Facts) -> Running:
    """What the clock runs on, to the day."""
    began, ended, promised, extended, due, paused, spans = facts
    return Running(
        accepted_at=dt.datetime.combine(began, dt.time.min),
        promised_days=promised,
        pauses=spans,
        extended_days=extended,
        completed_at=dt.datetime.combine(ended, dt.time.min),
        stored_due_on=due,
        paused_days=paused,
    )
