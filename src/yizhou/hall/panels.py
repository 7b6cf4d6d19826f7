"""Receptions on the person's life axis."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from yizhou.core.actor import Actor
from yizhou.hall.models import HallReception
from yizhou.ledgers.columns import code_name
from yizhou.people.models import Person
from yizhou.people.plugs import AXIS, AxisEntry, AxisSource

SHOWN = 100


def reception_entries(person: Person, actor: Actor) -> Sequence[AxisEntry]:
    """Receptions at which the person showed an identity card, newest first."""
    mine = HallReception.objects.visible_to(actor).filter(id_number_index=person.id_number_index)
    return [_entry(reception) for reception in mine.order_by("-received_at")[:SHOWN]]


def _entry(reception: HallReception) -> AxisEntry:
    about = code_name("appeal_category", reception.category) if reception.category else ""
    return AxisEntry(
        url=reverse("ledgers:row", args=["hall_receptions", reception.uid]),
        on=timezone.localdate(reception.received_at),
        title="来访接待",
        text=" · ".join(filter(None, [code_name("reception_place", reception.place), about])),
        ring="smart",
    )


AXIS.add("receptions", AxisSource("receptions", reception_entries, "people.view_person"))
