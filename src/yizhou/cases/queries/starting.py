"""Where filing begins: which item or bundle, for whom."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.cases.queries.lists import person_note, places_of
from yizhou.catalogue.queries import catalogue, items_on
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.people.models import Person


def person_or_404(uid: str, actor: Actor) -> Person:
    """The person of that public id; absent, malformed and out of scope are alike."""
    found = _person(uid, actor)
    if found is None:
        raise Http404
    return found


def _person(uid: str, actor: Actor) -> Person | None:
    try:
        wanted = uuid.UUID(uid)
    except ValueError:
        return None
    return Person.objects.visible_to(actor).filter(uid=wanted).first()


def start_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``cases/new.html``; ``go`` is where to go on when both are chosen."""
    person = _person(query.get("person", ""), actor)
    subject = query.get("subject", "")
    known = subject in catalogue().items or subject in catalogue().bundles
    go = f"{reverse('cases:file', args=[subject])}?person={person.uid}" if person and known else ""
    chosen = None
    if person:
        note = person_note(person, places_of([person]))
        chosen = {"uid": str(person.uid), "title": person.name, "note": note}
    return {
        "go": go,
        "action_url": reverse("cases:new"),
        "chosen": chosen,
        "subject": subject,
        "groups": subject_groups(),
        "errors": [],
    }


def subject_groups() -> list[dict[str, Any]]:
    """Bundles, then items by stage of life."""
    bundles = [
        [bundle.code, f"{bundle.name}（{len(bundle.steps)} 项联办）"]
        for bundle in catalogue().bundles.values()
    ]
    groups = [{"title": "一件事", "options": bundles}]
    stages: dict[str, list[list[str]]] = {}
    for item, version in items_on(clock.today()):
        stages.setdefault(item.stage, []).append([item.code, f"{item.code} {version.name}"])
    for code, options in stages.items():
        groups.append({"title": catalogue().stages[code].name, "options": options})
    return groups
