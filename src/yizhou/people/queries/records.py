"""The tab 业务台账: what each ledger holds about a person, and the way to add to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.menu import GROUPS
from yizhou.ledgers.counting import counts
from yizhou.ledgers.editing import ADD, may_edit
from yizhou.ledgers.exporting import Choice, rows_of
from yizhou.ledgers.ledger import Ledger, in_order
from yizhou.people.models import Person

MOST_COUNTED = 999


def records_panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Ledgers whose rows concern persons, by ring, with how many rows are about this one."""
    offered = [bound for bound in in_order() if bound.person == "person_id"]
    offered = [bound for bound in offered if actor.may(bound.browse_permission)]
    rows = {b.name: rows_of(b, actor, Choice()).filter(person_id=person.pk) for b in offered}
    held = counts(rows, MOST_COUNTED)
    rings: dict[str, list[dict[str, Any]]] = {ring: [] for ring in GROUPS}
    for bound in offered:
        rings[bound.ring].append(_line(bound, held[bound.name], person, actor))
    groups = [{"title": GROUPS[ring] or "一轴", "rows": lines} for ring, lines in rings.items() if lines]
    return {"groups": groups}


def _line(bound: Ledger, count: int, person: Person, actor: Actor) -> dict[str, Any]:
    about = f"?person={person.uid}"
    may_add = may_edit(bound, actor, ADD)
    return {
        "title": bound.title,
        "count": count,
        "url": reverse("ledgers:browse", args=[bound.name]) + about if count else "",
        "add_url": reverse("ledgers:add", args=[bound.name]) + about if may_add else "",
    }
