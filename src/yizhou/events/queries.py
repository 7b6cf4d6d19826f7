"""Reads of the log."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.events.models import Event
from yizhou.events.subjects import about_person


def events_of_person(person_id: int, actor: Actor, kinds: list[str], limit: int = 500) -> list[Event]:
    """Newest events of the given kinds that concern one person."""
    found = Event.objects.visible_to(actor).filter(about_person(person_id), kind__in=kinds)
    return list(found.order_by("-id")[:limit])
