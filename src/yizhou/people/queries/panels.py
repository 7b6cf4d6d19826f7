"""What the file's own panels and cards show: all columns, the ledger of changes, the household."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.kinds import label_of, looks
from yizhou.events.models import Event, Outcome
from yizhou.events.subjects import about_person
from yizhou.ledgers.columns import Column, code_name, layouts
from yizhou.ledgers.exporting import masked
from yizhou.ledgers.rendering import cell
from yizhou.orgs.queries import division_names
from yizhou.people.models import Person
from yizhou.people.plugs import Card
from yizhou.people.queries.facts import values_of
from yizhou.people.sensitive import HIDDEN, hidden, revealable

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("本人", ("name", "id_number", "sex", "birth_on", "ethnic", "politics", "party_joined_on", "marital",
              "education", "health")),
    ("户籍与联系", ("household_area", "household_address", "residence_area", "residence_address", "household_no",
                    "household_type", "phone", "emergency_phone")),
    ("类别与服役", ("category", "other_categories", "enlisted_on", "discharged_on", "unit_code", "branch", "rank",
                    "placement_mode", "joined_war")),
    ("伤残与优抚", ("disability_cause", "disability_level", "disability_cert_no", "soldier_name",
                    "soldier_relation", "bank_account")),
    ("生活状况", ("employment_status", "monthly_income", "special_type", "lonely", "pension_insurance",
                  "medical_insurance", "contact_class")),
    ("档案", ("collected_on", "archived_on", "archive_complete", "e_archive_on", "died_on", "moved_out_on",
              "deregistered_on")),
)  # fmt: skip
"""Sections of the file and of its form; columns a site has added come last, under 其他."""
HISTORY = 200
HOUSEHOLD = 12


def sections() -> list[tuple[str, list[Column]]]:
    """Columns of the ledger by section, every one exactly once."""
    columns = {c.field: c for c in layouts()["people"].columns}
    named = [(title, [columns.pop(f) for f in fields if f in columns]) for title, fields in SECTIONS]
    return [*named, *([("其他", list(columns.values()))] if columns else [])]


def basic_panel(person: Person, actor: Actor) -> dict[str, Any]:
    """All columns in sections, sealed ones masked, special ones only for posts that may see them."""
    values = values_of(person)
    names = division_names([person.household_area, person.residence_area])
    return {
        "sections": [
            {"title": title, "rows": [_row(person, c, values, names, actor) for c in columns]}
            for title, columns in sections()
        ]
    }


def _row(
    person: Person, column: Column, values: dict[str, Any], names: dict[str, str], actor: Actor
) -> dict[str, str]:
    field = column.field
    text = _text(column, values[field], actor)
    if hidden(field, actor):
        return {"label": column.header, "value": text, "reveal_url": ""}
    if column.kind == "area" and text:
        text = f"{names.get(text, '')} {text}".strip()
    can = bool(text) and revealable(field, actor)
    url = reverse("people:reveal", args=[person.uid, field]) if can else ""
    return {"label": column.header, "value": text, "reveal_url": url}


def _text(column: Column, value: Any, actor: Actor) -> str:
    """A value as this actor may see it unasked."""
    if hidden(column.field, actor):
        return HIDDEN if value not in (None, "") else ""
    return masked(column, cell(column, value))


def masked_values(person: Person, actor: Actor) -> dict[str, str | None]:
    """All columns by field as the same panel shows them; None is an empty one."""
    values = values_of(person)
    return {c.field: _text(c, values[c.field], actor) or None for c in layouts()["people"].columns}


def history(person: Person, actor: Actor) -> QuerySet[Event]:
    """Everything that changed this person's file, newest first: 信息维护台账."""
    table = Person._meta.db_table
    mine = Event.objects.visible_to(actor).filter(about_person(person.pk), about=table, outcome=Outcome.DONE)
    return mine.exclude(kind__in=looks()).order_by("-id")


def history_panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Events about the person with the import they came from, or the fields they changed."""
    events = list(history(person, actor)[:HISTORY])
    return {"rows": [_event_row(person, event, actor) for event in events], "limit": HISTORY}


def _event_row(person: Person, event: Event, actor: Actor) -> dict[str, Any]:
    data = event.data or {}
    undo = ""
    if event.kind == "person.corrected" and data.get("changes") and actor.may("people.correct_person"):
        undo = f"{reverse('people:correct', args=[person.uid])}?undo={event.pk}"
    return {
        "at": event.at,
        "label": label_of(event.kind),
        "actor": event.actor,
        "reason": event.reason,
        "source": f"批次 {data['batch'][:8]} 第 {data['row']} 行"
        if "batch" in data and "row" in data
        else "",
        "changes": _changes(data),
        "undo_url": undo,
    }


def _changes(data: dict[str, Any]) -> Sequence[str]:
    """What an event changed, field by field; old and new only where the log keeps them."""
    headers = {c.field: c.header for c in layouts()["people"].columns}
    texts: dict[str, list[str]] = data.get("changes") or {}
    lines = []
    for field in data.get("fields") or ([data["field"]] if "field" in data else []):
        old_new = texts.get(field)
        told = f"：{old_new[0] or '空'} → {old_new[1] or '空'}" if old_new else ""
        lines.append(headers.get(field, field) + told)
    return lines


def undone_cells(person: Person, event_id: int, actor: Actor) -> dict[str, str]:
    """Texts that bring back what a correction replaced; empty when there is no such correction in sight."""
    event = history(person, actor).filter(pk=event_id, kind="person.corrected").first()
    changes: dict[str, list[str]] = (event.data or {}).get("changes", {}) if event else {}
    return {field: old_new[0] for field, old_new in changes.items()}


def household(person: Person, actor: Actor) -> Card | None:
    """The soldier a family member belongs to, and who shares the household number."""
    rows: list[dict[str, str]] = []
    if person.soldier_name:
        relation = code_name("relation", person.soldier_relation) if person.soldier_relation else "家属"
        rows.append({"title": f"军人（烈士）· {person.soldier_name}", "text": f"本人为其{relation}"})
    rows.extend(_housemates(person, actor))
    if not rows:
        return None
    return Card(note=f"户号 {person.household_no}" if person.household_no else "", rows=rows)


def _housemates(person: Person, actor: Actor) -> list[dict[str, str]]:
    """Same number in the same village: numbers are only unique there, and so the search stays in one index."""
    if not person.household_no:
        return []
    same = Person.objects.visible_to(actor).filter(
        household_area=person.household_area, household_no=person.household_no
    )
    found = same.exclude(pk=person.pk).order_by("id")[:HOUSEHOLD]
    today = clock.today()
    return [
        {
            "title": other.name,
            "url": other.get_absolute_url(),
            "text": f"{other.age_on(today)} 岁 · {code_name('person_category', other.category)}",
        }
        for other in found.only("uid", "name", "birth_on", "category", "household_area")
    ]
