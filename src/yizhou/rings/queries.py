"""What the page of a ring shows: its ledgers, figures, items, tasks, activities and mechanisms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from yizhou.catalogue.queries import catalogue, items_on
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.menu import GROUPS
from yizhou.indicators.facts import RINGS, facts
from yizhou.indicators.pages import lines, place, scope_of, span
from yizhou.ledgers.columns import code_name, code_table
from yizhou.ledgers.exporting import Choice, rows_of
from yizhou.ledgers.ledger import LEDGERS, Ledger, in_order
from yizhou.ledgers.queries import held
from yizhou.rings.facts import features

AXIS = "一轴"
SHOWN = 8
"""Tasks and activities on the page; all of them stand in their ledgers."""


def ring_page(ring: str, actor: Actor) -> dict[str, Any]:
    """Everything that belongs to a ring and the actor may see. Raises ``LookupError`` for a name of no ring."""
    if ring not in GROUPS:
        raise LookupError(ring)
    today = clock.today()
    scope = scope_of(actor, {})
    may_measure = actor.may("indicators.view_indicator")
    measured = [fact.code for fact in facts().values() if fact.colour == ring] if may_measure else []
    return {
        "title": title_of(ring),
        "ring": colour(ring),
        "note": f"{place(scope)} · {span(scope)}",
        "rings": [
            {
                "label": title_of(other),
                "url": reverse("rings:ring", args=[other]),
                "active": other == ring,
                "count": None,
            }
            for other in GROUPS
        ],
        "figures": lines(actor, scope, measured) if measured else [],
        "ledgers": _ledgers(ring, actor),
        "items": _items(ring, actor, today),
        "tasks": _open_tasks(ring, actor, today),
        "activities": _activities(ring, actor, today),
        "features": [
            {"title": f.name, "text": f.code, "note": f"尚未实现：{f.pending}" if f.pending else ""}
            for f in features()
            if f.colour == ring
        ],
    }


def title_of(ring: str) -> str:
    """The ring in words; the axis has no heading in the menu, but a name."""
    return GROUPS[ring] or AXIS


def colour(ring: str) -> str:
    """The ring as the style sheet paints it; what serves them all has the colour of the axis."""
    return ring if ring in RINGS.values() else "axis"


def _ledgers(ring: str, actor: Actor) -> list[dict[str, str]]:
    """Ledgers with how many rows the actor sees; those closed to his post are named without a number."""
    own = [bound for bound in in_order() if bound.ring == ring]
    counted = held([bound for bound in own if actor.may(bound.browse_permission)], actor)
    return [
        {
            "title": bound.title,
            "url": reverse("ledgers:browse", args=[bound.name]) if bound.name in counted else "",
            "text": f"{counted[bound.name]} 行" if bound.name in counted else "仅限授权岗位",
        }
        for bound in own
    ]


def _items(ring: str, actor: Actor, today: dt.date) -> list[dict[str, str]]:
    """Service items in force; those who file cases begin one from here."""
    may_file, new = actor.may("cases.file_case"), reverse("cases:new")
    stages = catalogue().stages
    return [
        {
            "title": version.name,
            "url": f"{new}?subject={item.code}" if may_file else "",
            "text": item.code,
            "note": f"{stages[item.stage].name} · {_promise(version.promised_days)}",
        }
        for item, version in items_on(today)
        if RINGS[item.ring] == ring
    ]


def _promise(days: int) -> str:
    return f"承诺 {days} 个工作日" if days else "当日办结"


def _rows_in(bound: Ledger, by: str, ring: str, actor: Actor) -> QuerySet[Any] | None:
    """Rows whose code says that they belong to a ring; a code that says none leaves them in their ledger's own.

    None where no code leads to the ring or the ledger is closed to the actor.
    """
    entries = code_table(bound.layout[by].argument).entries
    own = [""] if bound.ring == ring else []
    codes = [code for code, e in entries.items() if (RINGS[e["ring"]] if "ring" in e else bound.ring) == ring]
    if not codes or not actor.may(bound.browse_permission):
        return None
    return rows_of(bound, actor, Choice()).filter(**{f"{by}__in": [*codes, *own]})


def _open_tasks(ring: str, actor: Actor, today: dt.date) -> list[dict[str, str]] | None:
    """Tasks neither done nor cancelled, nearest limit first; None where the ring has none."""
    rows = _rows_in(LEDGERS["tasks"], "type", ring, actor)
    if rows is None:
        return None
    waiting = rows.filter(done_on__isnull=True, cancelled_on__isnull=True)
    waiting = waiting.order_by(F("due_on").asc(nulls_last=True), "id")
    return [
        {
            "title": task.title,
            "url": reverse("ledgers:row", args=["tasks", task.uid]),
            "note": f"{code_name('task_type', task.type)} · {_due(task.due_on)}",
            **_late(task.due_on, today),
        }
        for task in waiting[:SHOWN]
    ]


def _due(day: dt.date | None) -> str:
    return f"应于 {day} 完成" if day else "未定完成日期"


def _late(day: dt.date | None, today: dt.date) -> dict[str, str]:
    return {"tag": "已超期", "state": "late"} if day and day < today else {}


def _activities(ring: str, actor: Actor, today: dt.date) -> list[dict[str, str]] | None:
    """Activities held, the latest first; None where the ring has none."""
    rows = _rows_in(LEDGERS["publicity_events"], "topic", ring, actor)
    if rows is None:
        return None
    return [
        {
            "title": event.title,
            "url": reverse("ledgers:row", args=["publicity_events", event.uid]),
            "note": code_name("event_kind", event.kind),
            "text": f"{event.held_on:%m-%d}" if event.held_on.year == today.year else str(event.held_on),
        }
        for event in rows.filter(status="HELD", held_on__lte=today).order_by("-held_on", "-id")[:SHOWN]
    ]
