"""Reads of the log."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.events.models import Event


def events_about(table: str, row_id: int, actor: Actor, limit: int = 100) -> list[Event]:
    """Newest events of one object inside the actor's areas."""
    return list(Event.objects.visible_to(actor).filter(about=table, about_id=row_id).order_by("-id")[:limit])


def events_of_person(person_id: int, actor: Actor, kinds: list[str], limit: int = 500) -> list[Event]:
    """Newest events of the given kinds that concern one person."""
    found = Event.objects.visible_to(actor).filter(person_id=person_id, kind__in=kinds)
    return list(found.order_by("-id")[:limit])
