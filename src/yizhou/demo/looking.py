"""Looks at originals that stand out: one evening of somebody at the centre, and a file that was opened too often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yizhou.core import clock
from yizhou.core.actor import Actor, worker_actor
from yizhou.core.workdays import LOCAL
from yizhou.demo.live import Cast
from yizhou.orgs.permissions import granted_to
from yizhou.people.actions import reveal_field
from yizhou.people.models import Person
from yizhou.watching.actions import notice_readings, settle_reading
from yizhou.watching.models import ReadingState, UnusualReading

EVENING, MORNING = dt.time(21, 40), dt.time(9, 20)
LATE, OFTEN = 4, 5
"""How many looks in the evening, and how many times at one and the same file."""


def unusual_looks() -> int:
    """Let two clerks look, and what stands out be noticed and one of it explained; returns how many lines there are."""
    if UnusualReading.objects.everywhere("the demonstration").exists():
        return 0
    people = list(
        Person.objects.everywhere("the demonstration").filter(phone_tail__isnull=False).order_by("id")[:LATE]
    )
    cast, area = Cast(), people[0].household_area
    clerk, officer = cast.somebody("CENTER_STAFF", area), cast.somebody("BUREAU_STAFF", area)
    leader = cast.somebody("BUREAU_LEADER", area)
    if clerk is None or officer is None or leader is None:
        return 0
    days = [clock.today() - dt.timedelta(days=ago) for ago in (3, 1)]
    _look(clerk, [one for one in people if clerk.covers(one.household_area)], days[0], EVENING)
    _look(officer, [people[0]] * OFTEN, days[1], MORNING)
    found = sum(notice_readings(day, actor=worker_actor(granted_to("SYSTEM"))) for day in days)
    _explained(leader)
    return found


def _look(who: Actor, people: Sequence[Person], day: dt.date, time: dt.time) -> None:
    for minute, person in enumerate(people):
        moment = dt.datetime.combine(day, time, LOCAL) + dt.timedelta(minutes=minute)
        with clock.at(moment):
            reveal_field(person, "phone", "contact", "核对联系电话", actor=who)


def _explained(leader: Actor) -> None:
    """The older one is settled; the other waits, as on an ordinary day."""
    first = UnusualReading.objects.visible_to(leader).order_by("day", "id").first()
    if first is not None:
        settle_reading(
            first, ReadingState.EXPLAINED, "当晚值班，汛期逐户通知转移，已核对值班表", actor=leader
        )
