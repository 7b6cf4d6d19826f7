"""Pages to compare with: hello world on the same server, and the list of people as most projects write it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yizhou.core import clock
from yizhou.core.masking import mask_id_number
from yizhou.events.web import ActingRequest, permitted, public
from yizhou.ledgers.columns import code_table
from yizhou.orgs.models import Division
from yizhou.people.models import Person
from yizhou.people.queries.filters import Wanted, chips
from yizhou.portal.context import navigation, scope_label

PAGE = 50
ESSENTIALS = 20


@public("hello world, for comparison")
@require_GET
def hello(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view takes a request
    """The least that a view of this server can do."""
    return HttpResponse("hello, world")


@permitted("people.list_people")
@require_GET
def usual(request: ActingRequest) -> HttpResponse:
    """The same page from model instances by a Django template. It is spared the count of all rows."""
    return render(request, "usual.html", _context(request), using="usual")


def _context(request: ActingRequest) -> dict[str, Any]:
    actor, wanted = request.actor, Wanted.read(request.GET, request.actor)
    people = Person.objects.visible_to(actor).order_by("household_area", "id")
    shown = list(people[:PAGE])
    names = _names({person.household_area for person in shown})
    return {
        "title": "一人一档",
        "menu": navigation(actor.permissions, request.path)["menu"],
        "scope_label": scope_label(actor),
        "who": {"name": actor.name, "post": actor.area_label},
        "filters": chips(wanted, actor),
        "rows": [_row(person, names) for person in shown],
        "page": {"start": 1, "end": len(shown), "total": people[:10_001].count(), "next_url": "?page=2"},
    }


def _names(villages: set[str]) -> dict[str, str]:
    codes = villages | {code[:9] + "000" for code in villages}
    return {d.area_code: d.name for d in Division.objects.filter(area_code__in=codes)}


def _row(person: Person, names: dict[str, str]) -> dict[str, Any]:
    return {
        "person": person,
        "sex": {"1": "男", "2": "女"}.get(person.sex, ""),
        "age": person.age_on(clock.today()),
        "number": mask_id_number(person.opened().get("id_number", "")),
        "category": code_table("person_category").names.get(person.category, person.category),
        "town": names.get(person.household_area[:9] + "000", ""),
        "village": names.get(person.household_area, ""),
        "contact": code_table("contact_class").names.get(person.contact_class, ""),
        "state": {"KEY": "late", "FOCUS": "warn"}.get(person.contact_class, ""),
        "completeness": max(0, 100 * (ESSENTIALS - person.missing_count) // ESSENTIALS),
    }
