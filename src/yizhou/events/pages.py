"""The log as auditors read it: filters, keyset pages, nothing in plain text that names or numbers a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from yizhou.core.actor import Actor
from yizhou.core.masking import mask_text
from yizhou.events.kinds import KINDS, label_of
from yizhou.events.models import Event, Outcome
from yizhou.events.subjects import subject_id

SIZE = 50
BIGGEST = 2**63 - 1
HEADERS = ["序号", "时间", "经办人", "动作", "结果", "对象", "原因与内容"]
STATES = {Outcome.DONE: "ok", Outcome.REFUSED: "warn", Outcome.FAILED: "late"}

Rows = Any
"""A query set of events inside the actor's areas."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what cannot be read counts as not given. ``before`` and ``after`` are row numbers."""

    kind: str = ""
    outcome: str = ""
    person: str = ""
    actor: str = ""
    since: str = ""
    until: str = ""
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """From the parameters of an address."""
        return cls(**{field.name: query.get(field.name, "").strip() for field in fields(cls)})

    def address(self, **changes: object) -> str:
        """The same page with other parameters."""
        kept = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("before", "after")}
        given = {name: value for name, value in {**kept, **changes}.items() if value}
        return f"{reverse('events:log')}?{urlencode(given)}" if given else reverse("events:log")


def log_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of events, newest first."""
    wanted = Wanted.of(query)
    rows, is_back = filtered(wanted, actor), bool(wanted.after)
    anchor = _number(wanted.after if is_back else wanted.before)
    if anchor is not None:
        rows = rows.filter(id__gt=anchor) if is_back else rows.filter(id__lt=anchor)
    found = list(rows.order_by("id" if is_back else "-id")[: SIZE + 1])
    more, shown = len(found) > SIZE, found[:SIZE]
    shown = shown[::-1] if is_back else shown
    newer, older = (more, True) if is_back else (anchor is not None, more)
    return {
        "wanted": wanted,
        "kinds": [[code, kind.label] for code, kind in KINDS.items()],
        "outcomes": [[str(value), label] for value, label in Outcome.choices],
        "headers": HEADERS,
        "rows": [_line(event) for event in shown],
        "newer_url": wanted.address(after=shown[0].id) if shown and newer else "",
        "older_url": wanted.address(before=shown[-1].id) if shown and older else "",
    }


def filtered(wanted: Wanted, actor: Actor) -> Rows:
    """Events inside the actor's areas that fit."""
    rows = Event.objects.visible_to(actor)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.outcome in {str(value) for value in Outcome.values}:
        rows = rows.filter(outcome=int(wanted.outcome))
    if wanted.actor:
        rows = rows.filter(actor=wanted.actor)
    if wanted.person:
        # An unknown person and one out of scope look alike: no events.
        rows = rows.filter(person_id=subject_id(wanted.person, actor) or -1)
    since, after = _midnight(wanted.since), _midnight(wanted.until, days=1)
    if since:
        rows = rows.filter(at__gte=since)
    if after:
        rows = rows.filter(at__lt=after)
    return rows


def _line(event: Event) -> list[Any]:
    told = "；".join(f"{name} {value}" for name, value in (event.data or {}).items())
    return [
        {"text": str(event.id), "note": event.request_id[:8]},
        timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S"),
        {"text": event.actor, "note": event.address},
        {"text": label_of(event.kind), "note": event.kind},
        {"tags": [{"text": event.get_outcome_display(), "state": STATES[Outcome(event.outcome)]}]},
        {"text": _object(event.about), "note": event.area},
        {"text": mask_text(event.reason), "note": mask_text(told)[:200]},
    ]


def _object(table: str) -> str:
    """What kind of thing a table holds, in words."""
    return next((str(m._meta.verbose_name) for m in apps.get_models() if m._meta.db_table == table), table)


def _number(text: str) -> int | None:
    return min(int(text), BIGGEST) if text.isascii() and text.isdigit() else None


def _midnight(text: str, days: int = 0) -> dt.datetime | None:
    """The start of a day, or of the one so many days later; None when there is no such day."""
    try:
        day = dt.date.fromisoformat(text) + dt.timedelta(days=days)
        return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    except (ValueError, OverflowError):
        return None
