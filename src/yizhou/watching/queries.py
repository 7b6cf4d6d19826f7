"""Reads: the looks of a day from the log, set-wise; the lines for whoever answers for security."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from yizhou.core.actor import Actor
from yizhou.core.configured import parameter
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.kinds import looks as kinds_of_looks
from yizhou.events.models import Event, Outcome
from yizhou.watching.models import ReadingState, UnusualReading
from yizhou.watching.rules import Limits, Look

WHY = "the log is read for everybody, what is found goes to whoever answers for security"
SLICE = 500
IN_INDEX = "kind IN ('person.revealed', 'case.form_revealed', 'file.opened', 'archive.page_looked_at')"
"""Word for word as in the partial index ``event_look``: only so does SQLite see that it fits."""
ASKED = (
    "people.reveal_field",
    "people.view_person",
    "people.list_people",
    "cases.view_case",
    "cases.reveal_form_case",
    "files.open_file",
    "archives.open_archive",
    "archives.look_at_page",
    "moves.ask_move",
)
"""Permissions to look; a refusal under one of them is a look that was not had."""


@cache
def limits() -> Limits:
    """The numbers of the parameters."""
    return Limits(
        many_people=parameter("reading_many_people"),
        many_times_usual=parameter("reading_many_times_usual"),
        night_from=parameter("reading_night_from_hour"),
        night_to=parameter("reading_night_to_hour"),
        night_looks=parameter("reading_night_looks"),
        idle_people=parameter("reading_idle_people"),
        villages=parameter("reading_villages"),
        same_looks=parameter("reading_same_looks"),
    )


def looks_between(first: dt.date, last: dt.date) -> dict[int, list[Look]]:
    """Looks at persons from one day through another, by account, in the order of the log."""
    events = _between(first, last).filter(
        outcome=Outcome.DONE, person_id__isnull=False, account_id__isnull=False
    )
    rows = events.extra(where=[IN_INDEX]).order_by("id")  # noqa: S610  # a text of our own
    found: dict[int, list[Look]] = defaultdict(list)
    for pk, at, account, person, area in rows.values_list("id", "at", "account_id", "person_id", "area"):
        if account is not None and person is not None:
            found[account].append(Look(pk, timezone.localtime(at), person, area))
    return found


def refusals_on(day: dt.date) -> dict[int, list[int]]:
    """Events of refused looks, by account."""
    events = _between(day, day).filter(kind__in=ASKED, account_id__isnull=False).extra(where=["outcome = 2"])
    found: dict[int, list[int]] = defaultdict(list)
    for account, pk in events.order_by("id").values_list("account_id", "id"):
        if account is not None:
            found[account].append(pk)
    return found


def acts_between(first: dt.date, last: dt.date, people: Iterable[int]) -> dict[int, dict[int, set[dt.date]]]:
    """Account → person → days on which it did something for that person, among these."""
    found: dict[int, dict[int, set[dt.date]]] = defaultdict(lambda: defaultdict(set))
    ids, begun, ended = sorted(set(people)), _midnight(first), _midnight(last + dt.timedelta(days=1))
    for start in range(0, len(ids), SLICE):
        # By the index over persons: what happened to one person is never much.
        events = Event.objects.everywhere(WHY).filter(person_id__in=ids[start : start + SLICE])
        acts = events.exclude(kind__in=kinds_of_looks()).filter(outcome=Outcome.DONE)
        rows = acts.filter(at__gte=begun, at__lt=ended).values_list("account_id", "person_id", "at")
        for account, person, at in rows:
            if account is not None and person is not None:
                found[account][person].add(timezone.localdate(at))
    return found


def _between(first: dt.date, last: dt.date) -> ScopedQuerySet[Event]:
    began, ended = _midnight(first), _midnight(last + dt.timedelta(days=1))
    return Event.objects.everywhere(WHY).filter(at__gte=began, at__lt=ended)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def readings(actor: Actor) -> ScopedQuerySet[UnusualReading]:
    """Lines about accounts that work in the actor's areas."""
    return UnusualReading.objects.visible_to(actor)


def to_settle(actor: Actor) -> QuerySet[UnusualReading]:
    """Open ones about others."""
    return readings(actor).filter(~Q(account_id=actor.account_id), state=ReadingState.OPEN)


def reading_or_404(uid: uuid.UUID, actor: Actor) -> UnusualReading:
    """A line in sight; absent and out of sight are the same 404."""
    found = readings(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def events_of(reading: UnusualReading) -> list[Event]:
    """The looks that a line stands on."""
    found = Event.objects.everywhere("the looks of a line that is in sight").filter(pk__in=reading.event_ids)
    return list(found.order_by("id"))


def narrowed(
    found: ScopedQuerySet[UnusualReading], query: Mapping[str, str]
) -> ScopedQuerySet[UnusualReading]:
    """By state and before a line, as the address says."""
    if query.get("state") in ReadingState.values:
        found = found.filter(state=query["state"])
    before = query.get("before", "")
    return (
        found.filter(pk__lt=int(before))
        if before.isascii() and before.isdigit() and len(before) < 19
        else found
    )
