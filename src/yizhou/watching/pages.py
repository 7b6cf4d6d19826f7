"""What the pages of unusual looks show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.kinds import label_of
from yizhou.events.models import Event
from yizhou.people.models import Person
from yizhou.watching.actions.settle import SETTLE
from yizhou.watching.models import ReadingState, Rule, UnusualReading
from yizhou.watching.queries import events_of, narrowed, readings

PAGE = 50
COLOURS = {ReadingState.OPEN: "warn", ReadingState.EXPLAINED: "ok", ReadingState.RAISED: "late"}
UNITS = {Rule.MANY: "人", Rule.IDLE: "人", Rule.SPREAD: "个村社"}


def list_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """Context of ``watching/list.html``: newest first."""
    rows = list(narrowed(readings(actor), query).order_by("-id")[: PAGE + 1])
    state, here = query.get("state", ""), reverse("watching:list")
    more = f"{here}?state={state}&before={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    choices = [("", "全部"), *ReadingState.choices]
    return {
        "title": "异常查阅",
        "tabs": [
            {"label": label, "url": f"{here}?state={value}", "active": value == state, "count": None}
            for value, label in choices
        ],
        "rows": [_line(reading) for reading in rows[:PAGE]],
        "next_url": more,
    }


def _line(reading: UnusualReading) -> list[Any]:
    return [
        {"text": str(reading.day), "url": reading.get_absolute_url()},
        reading.actor,
        reading.get_rule_display(),
        {"text": counted(reading), "note": f"对照 {reading.limit}"},
        {"tags": [{"text": reading.get_state_display(), "state": COLOURS[ReadingState(reading.state)]}]},
        {"text": reading.settled_by, "note": reading.note},
    ]


def counted(reading: UnusualReading) -> str:
    """The number with its unit."""
    return f"{reading.count} {UNITS.get(Rule(reading.rule), '次')}"


def reading_page(reading: UnusualReading, actor: Actor, **said: Any) -> dict[str, Any]:
    """Context of ``watching/reading.html``; ``said`` is what an attempt just refused had typed."""
    events = events_of(reading)
    ids = {event.person_id for event in events if event.person_id}
    people = {person.pk: person for person in Person.objects.visible_to(actor).filter(pk__in=ids)}
    own = reading.account_id == actor.account_id
    may = actor.may(SETTLE) and reading.state == ReadingState.OPEN and not own
    settled = clock.minute_of(reading.settled_at) if reading.settled_at else ""
    return {
        "title": f"{reading.actor}：{reading.get_rule_display()}",
        "note": f"{reading.day} · {counted(reading)}，对照 {reading.limit}",
        "tag": reading.get_state_display(),
        "about": [
            {"label": "核实人", "value": reading.settled_by, "note": settled},
            {"label": "核实说明", "value": reading.note},
        ]
        if settled
        else [],
        "rows": [_look(event, people) for event in events],
        "settle_url": reverse("watching:settle", args=[reading.uid]) if may else "",
        "own": own,
        "list_url": reverse("watching:list"),
        "states": [
            (ReadingState.EXPLAINED.value, "已说明，属正常工作"),
            (ReadingState.RAISED.value, "上报，继续调查"),
        ],
        "chosen": said.get("state", ""),
        "typed": said.get("note", ""),
        "refused": said.get("refused", ()),
    }


def _look(event: Event, people: Mapping[int, Person]) -> list[Any]:
    person = people.get(event.person_id or 0)
    return [
        f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
        {"text": person.name, "url": person.get_absolute_url()} if person else "—",
        label_of(event.kind),
        event.reason,
    ]
