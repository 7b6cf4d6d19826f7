"""The page of a case and of a bundle."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.cases.models import BundleCase, Case, CoTask, Rating, is_partner
from yizhou.cases.queries.facts import (
    CaseState,
    department_name,
    facts_of,
    form_values,
    item_name,
    running_of,
    state_of,
)
from yizhou.cases.queries.lists import (
    bundle_name,
    channel_name,
    moment_of,
    person_note,
    places_of,
)
from yizhou.cases.queries.masks import shown_value
from yizhou.cases.queries.papers import papers_shown
from yizhou.cases.rules.blockers import SUSPEND_REASONS, blockers_to_reveal_form
from yizhou.cases.rules.clock import on_time
from yizhou.cases.rules.states import LABELS, TAGS, Status
from yizhou.catalogue.rules import Field
from yizhou.core import clock, masking
from yizhou.core.actor import Actor
from yizhou.core.workdays import WorkCalendar
from yizhou.events.kinds import label_of
from yizhou.events.models import Event
from yizhou.ledgers.columns import code_name
from yizhou.orgs.queries import division_names, work_calendar
from yizhou.people.sensitive import REASONS

STEPS = ("收件", "受理", "办理", "决定", "送达")
HISTORY = 200


@dataclass(frozen=True)
class CasePage:
    """Context of ``cases/detail.html``; the view adds the verbs."""

    case: dict[str, Any]
    stages: list[dict[str, str]]
    legs: list[dict[str, Any]]
    legs_note: str
    form_pairs: list[dict[str, Any]]
    materials: list[dict[str, str]]
    helpers: list[dict[str, str]]
    events: list[dict[str, str]]
    rating: dict[str, str] | None
    reveal: dict[str, Any] | None = None
    errors: list[dict[str, str]] = field(default_factory=list)


def case_or_404(uid: uuid.UUID, actor: Actor) -> Case:
    """The case of that public id; absent and out of scope are alike."""
    rows = Case.objects.visible_to(actor).select_related("person", "bundle", "application")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def case_page(case: Case, actor: Actor) -> tuple[CasePage, CaseState, WorkCalendar]:
    """The page of one case with the state that its verbs are judged by."""
    calendar, today = work_calendar(), clock.today()
    state = state_of(case, calendar, today)
    rating = case.ratings.everywhere("rating of one visible case").order_by("id").first()
    head = {
        "number": case.case_no,
        "item": item_name(case.item),
        "status": LABELS[case.state],
        "state": TAGS.get(case.state, ""),
        **person_head(case, actor),
        "clock": _shown_clock(case, state, calendar),
        "note": _case_note(case),
        "bundle": bundle_name(case.bundle) if case.bundle else "",
        "bundle_url": case.bundle.get_absolute_url() if case.bundle and not is_partner(actor) else "",
    }
    page = CasePage(
        case=head,
        stages=stages_of(case),
        legs=[],
        legs_note="",
        form_pairs=form_pairs(state, form_values(case.application)),
        materials=papers_shown(state.materials, case, actor),
        helpers=[_helper(task) for task in state.co_tasks],
        events=history([case], None, actor),
        rating=_rating(rating),
        reveal=_reveal(state, actor, calendar),
    )
    return page, state, calendar


def _reveal(state: CaseState, actor: Actor, calendar: WorkCalendar) -> dict[str, Any] | None:
    """The way to the plain form, for those who may ask for it."""
    blocked = blockers_to_reveal_form(facts_of(state, actor, calendar))
    if blocked or not actor.may("cases.reveal_form_case"):
        return None
    return {"url": reverse("cases:reveal_form", args=[state.case.uid]), "reasons": list(REASONS.items())}


def revealed_pairs(
    state: CaseState, form: Mapping[str, str], person: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The form in plain text, the applicant's number and phone first."""
    who = [
        {"label": "身份证号", "value": person.get("id_number", "")},
        {"label": "手机", "value": person.get("phone", "")},
    ]
    return [*who, *form_pairs(state, form, plain=True)]


def person_head(row: Case | BundleCase, actor: Actor) -> dict[str, str]:
    person = row.person
    may = actor.may("people.view_person")
    note = person_note(person, places_of([person]))
    if not may:
        opened = person.opened()
        note += f" · {masking.mask_id_number(opened.get('id_number'))} · {masking.mask_phone(opened.get('phone'))}"
    return {
        "person": person.name,
        "person_url": person.get_absolute_url() if may else "",
        "person_note": note,
    }


def _case_note(case: Case) -> str:
    since = f"事项版本 {case.item_since}" if case.item_since else ""
    agent = "代办" if case.agent_index else ""
    parts = (
        f"{channel_name(case.channel)}受理",
        department_name(case.department),
        agent,
        since,
        case.result_note,
    )
    return " · ".join(part for part in parts if part)


def _shown_clock(case: Case, state: CaseState, calendar: WorkCalendar) -> dict[str, object] | None:
    shown = state.clock.shown()
    if shown is None:
        return None
    if case.completed_at:
        judged = on_time(running_of(case, state.pauses), calendar)
        if judged.raw is not judged.net:
            shown["note"] = "不计暂停则超期" if judged.net else shown["note"]
    elif case.extended_due_on:
        shown["note"] = f"{shown['note']}（已延期 {case.extended_days} 个工作日，原定 {case.due_on}）"
    return shown


def stages_of(case: Case) -> list[dict[str, str]]:
    """The five steps of a case."""
    status = case.state
    reached = {
        Status.SUBMITTED: 1,
        Status.WAIT_PREV: 1,
        Status.REJECTED: 1,
        Status.DECIDED: 4,
        Status.CERT_ISSUED: 4,
        Status.CLOSED: 5,
    }.get(status, 2 if case.accepted_at else 1)
    moments = (case.applied_at, case.accepted_at, case.signed_at, case.completed_at, case.delivered_at)
    return [
        {
            "label": label,
            "state": "done" if place < reached else "current" if place == reached else "todo",
            "note": moment_of(moment)[:5] if moment and place <= reached else "",
        }
        for place, (label, moment) in enumerate(zip(STEPS, moments, strict=True))
    ]


def form_pairs(state: CaseState, values: Mapping[str, str], *, plain: bool = False) -> list[dict[str, Any]]:
    """What was filed for this item, masked unless ``plain``; each department sees its item's boxes only."""
    return pairs_of(state.version.fields, values, plain=plain)


def pairs_of(
    boxes: Iterable[Field], values: Mapping[str, str], *, plain: bool = False
) -> list[dict[str, Any]]:
    """Boxes with their values; one query where there are divisions to name."""
    listed = list(boxes)
    areas = [values[box.name] for box in listed if box.kind == "area" and box.name in values]
    places = division_names(areas) if areas else {}
    return [
        {"label": box.label, "value": shown_value(box, values.get(box.name, ""), places, plain=plain)}
        for box in listed
    ]


def _helper(task: CoTask) -> dict[str, str]:
    answered = task.answered_at is not None
    return {
        "title": department_name(task.department, short=True),
        "note": f"{task.question} → {task.answer}" if answered else task.question,
        "tag": "已答复" if answered else f"应于 {task.sign_due_on} 前签收",
        "state": "ok" if answered else "warn",
        "url": "",
    }


def _rating(rating: Rating | None) -> dict[str, str] | None:
    if rating is None or not rating.level:
        return None
    bad = rating.level in ("1", "2")
    return {
        "level": code_name("praise_level", rating.level) + ("（已认定无效）" if rating.voided else ""),
        "state": "late" if bad else "ok",
        "comment": rating.comment,
        "at": rating.rated_on.isoformat(),
    }


def history(cases: Sequence[Case], bundle: BundleCase | None, actor: Actor) -> list[dict[str, str]]:
    """What was done, newest first, in words."""
    rows = Event.objects.visible_to(actor).filter(
        about=Case._meta.db_table, about_id__in=[c.pk for c in cases]
    )
    if bundle is not None:
        whole = Event.objects.visible_to(actor).filter(about=BundleCase._meta.db_table, about_id=bundle.pk)
        rows = rows | whole
    return [_event(event, several=bundle is not None) for event in rows.order_by("-id")[:HISTORY]]


def _event(event: Event, *, several: bool) -> dict[str, str]:
    data = event.data or {}
    text = label_of(event.kind)
    if several and "item" in data:
        text = f"{text} {item_name(data['item'])}"
    return {
        "at": moment_of(event.at),
        "who": event.actor,
        "text": text,
        "note": "；".join(filter(None, (event.reason, *_details(data)))),
    }


def _details(data: Mapping[str, Any]) -> Iterable[str]:
    if data.get("outcome"):
        yield {"approve": "同意", "refuse": "不予"}.get(data["outcome"], "")
    if data.get("produced"):
        yield str(data["produced"])
    if data.get("due_on"):
        yield f"应于 {data['due_on']} 前"
    if data.get("materials"):
        yield "、".join(data["materials"])
    if data.get("code") in SUSPEND_REASONS:
        yield f"理由：{SUSPEND_REASONS[data['code']]}"
    if data.get("department"):
        yield department_name(data["department"])
    if data.get("target"):
        yield f"转给{data['target']}"
    if data.get("level") and isinstance(data["level"], int):
        yield f"{data['level']} 级"
    if data.get("deemed"):
        yield "逾期未告知补正，视为自收件之日受理"
