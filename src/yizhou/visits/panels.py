"""Visits on the person's life axis."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.people.models import Person
from yizhou.people.plugs import ASIDES, AXIS, BULK, QUICK, Aside, AxisEntry, AxisSource, BulkVerb, Quick
from yizhou.visits.models import Visit
from yizhou.visits.queries.plans import plan_card

SHOWN = 200


def visit_entries(person: Person, actor: Actor) -> Sequence[AxisEntry]:
    """Visits to the person, newest first."""
    visits = Visit.objects.visible_to(actor).filter(person=person).order_by("-visited_at")[:SHOWN]
    return [_entry(visit) for visit in visits]


def _entry(visit: Visit) -> AxisEntry:
    words = [
        code_name("contact_method", visit.method),
        code_name("occasion", visit.occasion) if visit.occasion else "",
        visit.content[:60],
    ]
    return AxisEntry(
        url=reverse("ledgers:row", args=["visits", visit.uid]),
        on=timezone.localdate(visit.visited_at),
        title=code_name("visit_purpose", visit.purpose),
        text=" · ".join(filter(None, words)),
        ring="care",
        tag="" if visit.completed else "未完成",
        tag_state="" if visit.completed else "warn",
    )


def add_visit(person: Person) -> str:
    """Where a visit to the person is written down."""
    return f"{reverse('ledgers:add', args=['visits'])}?person={person.uid}"


def card_url(person: Person) -> str:
    """Where the person's card is printed."""
    return reverse("visits:card", args=[person.uid])


def plan_url(person: Person) -> str:
    """Where the person's plans are."""
    return reverse("visits:plan", args=[person.uid])


QUICK.add("plan", Quick("服务方案", "visits.view_plan", plan_url, order=40))
ASIDES.add("plan", Aside("plan", "服务方案", "visits.view_plan", plan_card, order=12))
QUICK.add("card", Quick("联系卡", "visits.print_card", card_url, order=88))
QUICK.add("visit", Quick("记录走访", "ledgers.add_row", add_visit, order=20))
AXIS.add("visits", AxisSource("visits", visit_entries, "people.view_person"))
BULK.add("contacts", BulkVerb("指派联系人", "visits.assign_contacts", "visits:assign"))
