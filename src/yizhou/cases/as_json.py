"""Cases over the API, as JSON: what the list and the page of a case show."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from yizhou.cases.models import Case
from yizhou.cases.queries.facts import item_name
from yizhou.cases.queries.pages import CasePage
from yizhou.cases.rules.states import LABELS
from yizhou.core.actor import Actor


def case_json(case: Case, actor: Actor) -> dict[str, Any]:
    """A case as it is listed."""
    may = actor.may("people.view_person")
    return {
        "uid": case.uid,
        "number": case.case_no,
        "item": case.item,
        "item_name": item_name(case.item),
        "status": case.status,
        "status_name": LABELS[case.state],
        "department": case.department,
        "area": case.area,
        "person": {"uid": case.person.uid if may else None, "name": case.person.name},
        "applied_at": case.applied_at,
        "accepted_at": case.accepted_at,
        "due_on": case.extended_due_on or case.due_on,
        "version": case.version,
    }


def page_json(page: CasePage, verbs: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page of a case shows beside that: the form, masked, papers, history, and what can be done next."""
    return {
        "form": [{"label": pair["label"], "value": str(pair["value"])} for pair in page.form_pairs],
        "materials": page.materials,
        "events": page.events,
        "verbs": [_verb(verb) for verb in verbs],
    }


def _verb(verb: dict[str, Any]) -> dict[str, Any]:
    boxes = [box for box in verb["fields"] if box["name"] != "version"]
    return {
        "name": verb["name"],
        "label": verb["label"],
        "blockers": verb["blockers"],
        "fields": [
            {
                "name": box["name"],
                "label": box["label"],
                "required": bool(box.get("required")),
                "options": [list(option) for option in box.get("options", [])],
            }
            for box in boxes
        ],
    }


def as_form(sent: dict[str, Any]) -> QueryDict:
    """What was sent as the form of a page would send it: a list as several boxes, true as a ticked one."""
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        if isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        elif value is not None and value is not False:
            data[name] = "1" if value is True else str(value)
    return data
