"""Calls on the person's life axis."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from yizhou.core.actor import Actor
from yizhou.hotline.models import HotlineCall
from yizhou.ledgers.columns import code_name
from yizhou.people.models import Person
from yizhou.people.plugs import AXIS, AxisEntry, AxisSource

SHOWN = 100


def call_entries(person: Person, actor: Actor) -> Sequence[AxisEntry]:
    """Calls in which the person gave an identity number, newest first; nuisance calls are left out."""
    mine = HotlineCall.objects.visible_to(actor).genuine().filter(id_number_index=person.id_number_index)
    return [_entry(call) for call in mine.order_by("-called_at")[:SHOWN]]


def _entry(call: HotlineCall) -> AxisEntry:
    words = [code_name("call_category", call.category), code_name("handle_mode", call.handle_mode)]
    return AxisEntry(
        url=reverse("ledgers:row", args=["hotline_calls", call.uid]),
        on=timezone.localdate(call.called_at),
        title=code_name("hotline_line", call.line),
        text=" · ".join(words),
        ring="smart",
        tag="" if call.closed_at else "办理中",
        tag_state="" if call.closed_at else "info",
        now=call.closed_at is None,
    )


AXIS.add("calls", AxisSource("calls", call_entries, "people.view_person"))
