"""信息维护台账 of one file: what happened to it, field by field with old and new, who did it and who looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.kinds import label_of, looks
from yizhou.events.models import Event, Outcome
from yizhou.events.subjects import about_person
from yizhou.ledgers.columns import Column, layouts
from yizhou.ledgers.exporting import masked
from yizhou.people.models import FileChange, Person
from yizhou.people.queries.past import changes_of
from yizhou.people.sensitive import HIDDEN, hidden

HISTORY = 200
CORRECT = "people.correct_person"


def history(person: Person, actor: Actor) -> QuerySet[Event]:
    """Everything that changed this person's file, newest first: 信息维护台账."""
    table = Person._meta.db_table
    mine = Event.objects.visible_to(actor).filter(about_person(person.pk), about=table, outcome=Outcome.DONE)
    return mine.exclude(kind__in=looks()).order_by("-id")


def history_panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Events about the person with the import they came from, or the fields they changed."""
    events = list(history(person, actor)[:HISTORY])
    kept = changes_of(person, actor).filter(event_id__in=[event.pk for event in events])
    changes = {change.event_id: change for change in kept}
    taken_back: set[int | None] = set(changes_of(person, actor).values_list("reverses_id", flat=True))
    return {
        "rows": [_row(person, event, changes.get(event.pk), taken_back, actor) for event in events],
        "limit": HISTORY,
        "past_url": reverse("people:past", args=[person.uid]),
        "today": clock.today(),
    }


def _row(
    person: Person, event: Event, change: FileChange | None, taken_back: set[int | None], actor: Actor
) -> dict[str, Any]:
    data = event.data or {}
    return {
        "at": event.at,
        "label": "冲回变更" if change and change.reverses_id else label_of(event.kind),
        "actor": change.actor if change else event.actor,
        "approved_by": change.approved_by if change else "",
        "reason": event.reason,
        "source": f"批次 {data['batch'][:8]} 第 {data['row']} 行"
        if "batch" in data and "row" in data
        else "",
        "changes": lines_of(change, actor) if change else _fields(data),
        "taken_back": bool(change and change.pk in taken_back),
        "undo_url": _undo_url(person, change, taken_back, actor),
    }


def _undo_url(person: Person, change: FileChange | None, taken_back: set[int | None], actor: Actor) -> str:
    if change is None or change.pk in taken_back or change.file != person.uid or not actor.may(CORRECT):
        return ""
    return reverse("people:reverse", args=[person.uid, change.uid])


def lines_of(change: FileChange, actor: Actor) -> list[str]:
    """Field by field what stood there and what came, as this actor may see it."""
    return [f"{row['label']}：{row['old'] or '空'} → {row['new'] or '空'}" for row in compared(change, actor)]


def compared(change: Any, actor: Actor, *, plain: bool = False) -> list[dict[str, str]]:
    """Rows {label, old, new, field, second_person} of a change or of a proposal, masked unless ``plain``."""
    before, after = change.before(), change.after()
    columns = {column.field: column for column in layouts()["people"].columns}
    return [
        {
            "field": name,
            "label": columns[name].header,
            "old": shown(columns[name], before[name], actor, plain=plain),
            "new": shown(columns[name], after[name], actor, plain=plain),
            "second_person": columns[name].second_person,
        }
        for name in change.names
        if name in columns
    ]


def shown(column: Column, text: str, actor: Actor, *, plain: bool = False) -> str:
    """A text of the ledger of changes as this actor may see it."""
    if hidden(column.field, actor):
        return HIDDEN if text else ""
    return text if plain else masked(column, text)


def _fields(data: Mapping[str, Any]) -> list[str]:
    """The names of the fields that an event speaks of, where the ledger of changes has no entry for it."""
    headers = {column.field: column.header for column in layouts()["people"].columns}
    named = data.get("fields") or ([data["field"]] if "field" in data else [])
    return [headers.get(name, name) for name in named]
