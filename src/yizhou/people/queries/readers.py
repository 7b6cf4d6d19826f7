"""谁看过这份档案: every look at what is masked, and every file that was opened, with the purpose that was given.

What a page shows unasked is masked and leaves no trace; whoever wants the original says what for, and stands here.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from yizhou.core import clock, masking
from yizhou.core.actor import Actor
from yizhou.events.kinds import label_of, looks
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.columns import layouts
from yizhou.orgs.queries import division_names
from yizhou.people.models import Person

ALARM = "person.reveal_alarm"
"""Tells of many looks at once, each of which stands here by itself."""

SHOWN = 200
PRINTED = 2_000
"""Looks on paper; a file that was looked at more often says so."""


def looks_at(person: Person, actor: Actor) -> QuerySet[Event]:
    """Looks at the originals of a person's file, newest first."""
    found = Event.objects.visible_to(actor).filter(
        person_id=person.pk, kind__in=looks(), outcome=Outcome.DONE
    )
    return found.exclude(kind=ALARM).order_by("-id")


def readers_panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of the tab: who looked at what, when and what for; and how many different people did."""
    return {**_looked(person, actor, SHOWN), "print_url": reverse("people:readers", args=[person.uid])}


def readers_page(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of ``people/readers.html``: the same on paper, for the person who asks to be told (个人信息保护法第44、45条)."""
    stations = division_names([person.household_area])
    return {
        "title": "档案查阅告知单",
        "name": person.name,
        "id_number": masking.mask_id_number(person.opened().get("id_number")),
        "area": stations.get(person.household_area, person.household_area),
        "back_url": reverse("people:panel", args=[person.uid, "readers"]),
        "printed_by": actor.name,
        "printed_at": clock.now(),
        **_looked(person, actor, PRINTED),
    }


def _looked(person: Person, actor: Actor, most: int) -> dict[str, Any]:
    events = list(looks_at(person, actor)[:most])
    headers = {column.field: column.header for column in layouts()["people"].columns}
    return {
        "rows": [_row(event, headers) for event in events],
        "readers": len({event.account_id for event in events}),
        "limit": most,
    }


def _row(event: Event, headers: dict[str, str]) -> dict[str, Any]:
    data = event.data or {}
    fields = data.get("fields") or ([data["field"]] if "field" in data else [])
    return {
        "at": event.at,
        "label": label_of(event.kind),
        "what": "、".join(headers.get(field, field) for field in fields) or data.get("title", ""),
        "actor": event.actor,
        "reason": event.reason,
    }
