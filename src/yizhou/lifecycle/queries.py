"""What the facts say happened: each trigger answers for all people at once, with person, day and what it is read from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from yizhou.benefits.models import BenefitPayment
from yizhou.honours.models import MeritNotice
from yizhou.lifecycle.models import LifeSignal, SignalKind
from yizhou.lifecycle.rules import sixtieth
from yizhou.lifecycle.templates_of import EventTemplate
from yizhou.people.models import Person
from yizhou.people.queries.filters import years_before
from yizhou.visits.models import Visit

WHY = "facts of all people, read by the worker"
SIXTY = 60
SIGNALS_WANTED = 2
"""So many kinds of weak signals together ask for a check."""

Found = Mapping[tuple[int, dt.date], str]
"""Person and day, with what it was read from."""


def happened(template: EventTemplate, today: dt.date) -> Found:
    """Everything of that kind within its reach, today included."""
    return TRIGGERS[template.trigger](template, today)


def _dated(field: str, told: str, more: Q | None = None) -> Callable[[EventTemplate, dt.date], Found]:
    """A day of the person's own file."""

    def find(template: EventTemplate, today: dt.date) -> Found:
        first = today - dt.timedelta(days=template.reach)
        rows = Person.objects.everywhere(WHY).filter(more or Q(), **{f"{field}__range": (first, today)})
        return dict.fromkeys(rows.values_list("pk", field), told)

    return find


def _turned_sixty(template: EventTemplate, today: dt.date) -> Found:
    first = years_before(today - dt.timedelta(days=template.reach), SIXTY)
    born = {"birth_on__gt": first, "birth_on__lte": years_before(today, SIXTY)}
    rows = Person.objects.everywhere(WHY).registered(today).filter(**born)
    return {(pk, sixtieth(day)): "出生日期" for pk, day in rows.values_list("pk", "birth_on")}


def _merit(template: EventTemplate, today: dt.date) -> Found:
    first = today - dt.timedelta(days=template.reach)
    rows = MeritNotice.objects.everywhere(WHY).filter(approved_on__range=(first, today))
    return {
        (person, day): f"喜报 {no}"
        for person, day, no in rows.values_list("person_id", "approved_on", "notice_no")
    }


def _doubted(template: EventTemplate, today: dt.date) -> Found:
    """People on file about whom several kinds of weak signals came in, or one that is enough; asked for once in a month."""
    first = today - dt.timedelta(days=template.reach)
    signals: dict[int, set[str]] = defaultdict(set)
    visits = Visit.objects.everywhere(WHY).filter(visited_at__gte=_midnight(first))
    for person in visits.filter(completed=False).values_list("person_id", flat=True):
        signals[person].add("联系未成")
    told = reduce(or_, (Q(content__contains=word) for word in template.words), Q(pk__in=[]))
    for person in visits.filter(told).values_list("person_id", flat=True):
        signals[person].add("走访记录有相关字样")
    returned = BenefitPayment.objects.everywhere(WHY).filter(
        status="RETURNED", pay_month__gte=f"{first:%Y-%m}"
    )
    for person in returned.values_list("person_id", flat=True):
        signals[person].add("发放退回")
    noted = LifeSignal.objects.everywhere(WHY).filter(withdrawn_at=None, noted_on__range=(first, today))
    for person, kind in noted.values_list("person_id", "kind"):
        signals[person].add(SignalKind(kind).label)
    alone = {SignalKind(kind).label for kind in template.alone}
    several = [person for person, kinds in signals.items() if len(kinds) >= SIGNALS_WANTED or kinds & alone]
    here = (
        Person.objects.everywhere(WHY).registered(today).filter(pk__in=several).values_list("pk", flat=True)
    )
    return {(person, today.replace(day=1)): "、".join(sorted(signals[person])) for person in here}


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


TRIGGERS: dict[str, Callable[[EventTemplate, dt.date], Found]] = {
    "enlisted": _dated("enlisted_on", "入伍时间", Q(discharged_on__isnull=True)),
    "discharged": _dated("discharged_on", "退役时间"),
    "died": _dated("died_on", "去世日期"),
    "moved_out": _dated("moved_out_on", "迁出日期"),
    "age_60": _turned_sixty,
    "merit": _merit,
    "death_signals": _doubted,
}
FLEETING = ("death_signals",)
"""Signs fade by themselves: a check once asked for is not taken back for that."""
