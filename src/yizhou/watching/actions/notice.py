"""Reading the log for what stands out; the worker does it every hour, for today and for yesterday."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.configured import parameter
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.orgs.models import Account, Appointment
from yizhou.orgs.queries import work_calendar
from yizhou.watching import queries
from yizhou.watching.models import ReadingState, Rule, UnusualReading
from yizhou.watching.rules import Day, Finding, Look, findings

WHY = queries.WHY
USUAL_DAYS = 30
"""Days before, from which one's own usual is taken."""
Found = Iterator[tuple[int, Finding]]


@action("watching.notice_readings")
def notice_readings(day: dt.date, *, actor: Actor) -> int:
    """Note what stands out on a day; returns how many new lines. Done again it only lets open lines grow."""
    found = list(_found(day))
    people = Account.objects.in_bulk({account_id for account_id, _ in found})
    return sum(_noted(day, people[account_id], finding, actor) for account_id, finding in found)


def _found(day: dt.date) -> Found:
    week = dt.timedelta(days=parameter("reading_same_days") - 1)
    looks = queries.looks_between(day - dt.timedelta(days=USUAL_DAYS), day)
    today = {account: [look for look in found if look.at.date() == day] for account, found in looks.items()}
    today = {account: found for account, found in today.items() if found}
    people = {look.person_id for found in today.values() for look in found}
    acts = queries.acts_between(day - week, day, people)
    own, is_workday = _own_villages(today, day), work_calendar().is_workday(day)
    for account, found in today.items():
        done = acts.get(account, {})
        one = Day(
            looks=found,
            usual=_usual(looks[account], day),
            acted_on=frozenset(person for person, days in done.items() if day in days),
            own=own.get(account, frozenset()),
            is_workday=is_workday,
            week=[look for look in looks[account] if look.at.date() >= day - week],
            acted_in_week=frozenset(done),
        )
        for finding in findings(one, queries.limits()):
            yield account, finding
    least = parameter("reading_refusals")
    for account, ids in queries.refusals_on(day).items():
        if len(ids) >= least:
            yield account, Finding(Rule.REFUSED, len(ids), least, tuple(ids))


def _usual(looks: Sequence[Look], day: dt.date) -> list[int]:
    """How many people it looked at on each earlier day on which it looked at any."""
    by_day: dict[dt.date, set[int]] = {}
    for look in looks:
        if look.at.date() < day:
            by_day.setdefault(look.at.date(), set()).add(look.person_id)
    return [len(people) for people in by_day.values()]


def _own_villages(accounts: Mapping[int, object], day: dt.date) -> dict[int, frozenset[str]]:
    """The villages that accounts answer for by their posts."""
    held = Appointment.objects.filter(account_id__in=list(accounts), since__lte=day)
    found: dict[int, frozenset[str]] = {}
    for account, area in held.values_list("account_id", "area"):
        if area and not area.endswith("000"):
            found[account] = found.get(account, frozenset()) | {area}
    return found


def _noted(day: dt.date, account: Account, finding: Finding, actor: Actor) -> int:
    values = {name: value for name, value in asdict(finding).items() if name in ("count", "limit")}
    area = account.appointments.order_by("-since").values_list("area", flat=True).first() or ""
    reading, is_new = UnusualReading.objects.everywhere(WHY).get_or_create(
        account_id=account.pk,
        rule=finding.rule,
        day=day,
        subject=finding.subject,
        defaults={
            **values,
            "actor": account.name,
            "area": area,
            "event_ids": list(finding.event_ids),
            "noticed_at": clock.now(),
        },
    )
    if is_new:
        told: dict[str, Any] = {"rule": finding.rule, "day": str(day), "count": finding.count}
        record(actor, "reading.noticed", reading, concern=Concern(area=area), **told)
    elif reading.state == ReadingState.OPEN and len(finding.event_ids) > len(reading.event_ids):
        open_still = UnusualReading.objects.everywhere(WHY).filter(pk=reading.pk, state=ReadingState.OPEN)
        open_still.update(**values, event_ids=list(finding.event_ids))
    return int(is_new)
