"""The page of a file as it stood on a past day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import Column
from yizhou.people.models import Person
from yizhou.people.queries.change_ledger import lines_of, shown
from yizhou.people.queries.panels import sections
from yizhou.people.queries.past import Past, begun_at, file_as_of, texts_now

MOST_LATER = 100


def past_page(person: Person, asked: str, actor: Actor) -> dict[str, Any]:
    """Context of ``people/past.html``; a day that is none, or lies ahead, counts as today."""
    day = _day(asked)
    past = file_as_of(person, day, actor)
    begun = begun_at(person)
    return {
        "title": f"{person.name} {day} 的档案",
        "back_url": reverse("people:panel", args=[person.uid, "history"]),
        "person": person,
        "day": day,
        "today": clock.today(),
        "begun": begun if begun.year > 1 else None,
        "sections": _sections(person, past, actor) if past else [],
        "later": [_later(entry, actor) for entry in past.later[:MOST_LATER]] if past else [],
        "hidden_later": max(0, len(past.later) - MOST_LATER) if past else 0,
        "exists": past is not None,
    }


def _day(asked: str) -> dt.date:
    try:
        return min(dt.date.fromisoformat(asked), clock.today())
    except ValueError:
        return clock.today()


def _sections(person: Person, past: Past, actor: Actor) -> list[dict[str, Any]]:
    now = texts_now(person)
    return [
        {"title": title, "rows": [_row(column, past, now, actor) for column in columns]}
        for title, columns in sections()
    ]


def _row(column: Column, past: Past, now: dict[str, str], actor: Actor) -> dict[str, str]:
    text = past.texts[column.field]
    differs = text != now[column.field]
    return {
        "label": column.header,
        "value": shown(column, text, actor),
        "tag": "后来改过" if differs else "",
        "state": "warn",
        "note": f"现为 {shown(column, now[column.field], actor) or '空'}" if differs else "",
    }


def _later(entry: Any, actor: Actor) -> dict[str, Any]:
    second = f"，{entry.approved_by} 复核" if entry.approved_by else ""
    return {
        "title": f"{clock.minute_of(entry.changed_at)} {entry.get_source_display()}",
        "note": "；".join(lines_of(entry, actor)),
        "text": f"{entry.actor}{second}",
        "url": "",
    }
