"""The page of a case and of a bundle."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.utils import timezone

from yizhou.cases.models import BundleCase, Case, CaseMaterial, Rating, is_partner
from yizhou.cases.queries.facts import (
    CaseState,
    department_name,
    form_values,
    item_name,
    needs_of,
    running_of,
    state_of,
    version_of,
)
from yizhou.cases.queries.lists import (
    bundle_name,
    channel_name,
    moment_of,
    person_note,
    places_of,
    worst_clock,
)
from yizhou.cases.rules.blockers import SUSPEND_REASONS
from yizhou.cases.rules.bundles import BUNDLE_LABELS, BundleStatus, is_done
from yizhou.cases.rules.clock import Clock, clock_of, on_time, on_time_of_all
from yizhou.cases.rules.states import BEFORE_ACCEPTANCE, LABELS, TAGS, Status
from yizhou.catalogue.rules import Field
from yizhou.core import clock, masking
from yizhou.core.actor import Actor
from yizhou.core.workdays import WorkCalendar
from yizhou.events.kinds import label_of
from yizhou.events.models import Event
from yizhou.ledgers.columns import code_name
from yizhou.orgs.queries import division_names, work_calendar

STEPS = ("收件", "受理", "办理", "决定", "送达")
HISTORY = 200
MASKS = {
    "bank_account": masking.mask_bank,
    "mobile": masking.mask_phone,
    "phone": masking.mask_phone,
}


@dataclass(frozen=True)
class CasePage:
    """Context of ``cases/detail.html``; the view adds the verbs."""

    case: dict[str, Any]
    stages: list[dict[str, str]]
    legs: list[dict[str, Any]]
    legs_note: str
    form_pairs: list[dict[str, Any]]
    materials: list[dict[str, str]]
    events: list[dict[str, str]]
    rating: dict[str, str] | None
    errors: list[dict[str, str]] = field(default_factory=list)


def case_or_404(uid: uuid.UUID, actor: Actor) -> Case:
    """The case of that public id; absent and out of scope are alike."""
    rows = Case.objects.visible_to(actor).select_related("person", "bundle", "application")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def bundle_or_404(uid: uuid.UUID, actor: Actor) -> BundleCase:
    """The bundle of that public id; absent and out of scope are alike."""
    rows = BundleCase.objects.visible_to(actor).select_related("person", "application")
    found: BundleCase | None = rows.filter(uid=uid).first()
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
        **_person(case, actor),
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
        materials=[_material(material) for material in state.materials],
        events=history([case], None, actor),
        rating=_rating(rating),
    )
    return page, state, calendar


def _person(row: Case | BundleCase, actor: Actor) -> dict[str, str]:
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


def form_pairs(state: CaseState, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was filed for this item, masked where it is sensitive; each department sees its item's boxes only."""
    areas = [values[box.name] for box in state.version.fields if box.kind == "area" and box.name in values]
    places = division_names(areas) if areas else {}
    return [
        {"label": box.label, "value": shown_value(box, values.get(box.name, ""), places)}
        for box in state.version.fields
    ]


def shown_value(box: Field, value: str, places: Mapping[str, str]) -> str:
    """A value of a form as a reader inside the scope may see it."""
    if not value:
        return ""
    if box.kind.startswith("code:"):
        return code_name(box.kind.removeprefix("code:"), value)
    if box.kind == "bool":
        return "是"
    if box.kind == "area":
        return places.get(value, value)
    mask = masking.mask_phone if box.kind == "phone" else MASKS.get(box.name)
    return mask(value) if mask else value


def _material(material: CaseMaterial) -> dict[str, str]:
    states = {"PROVIDED": "ok", "REUSED": "ok", "DEFERRED": "warn", "MISSING": "late"}
    note = f"{material.provided_on} 收到" if material.provided_on else ""
    if material.due_on:
        note = f"应于 {material.due_on} 前补交"
    return {
        "title": material.name,
        "note": note,
        "tag": CaseMaterial.State(material.state).label,
        "state": states[material.state],
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


def bundle_page(bundle: BundleCase, actor: Actor) -> CasePage:
    """The page of a bundle: its legs side by side, the slowest clock on top, on-time counted three ways."""
    calendar, today = work_calendar(), clock.today()
    rows = Case.objects.visible_to(actor).filter(bundle=bundle).select_related("bundle")
    legs = list(rows.prefetch_related("pauses").order_by("case_no"))
    for leg in legs:
        leg.bundle = bundle
    statuses = {leg.item: leg.state for leg in legs}
    clocks = {leg.pk: _leg_clock(leg, statuses, calendar, today) for leg in legs}
    status = BundleStatus(bundle.status)
    head = {
        "number": bundle.case_no,
        "item": bundle_name(bundle),
        "status": BUNDLE_LABELS[status],
        "state": {"CLOSED": "ok", "IN_PROGRESS": "info"}.get(status, ""),
        **_person(bundle, actor),
        "clock": _whole_clock(bundle, legs, clocks),
        "note": f"{channel_name(bundle.channel)}受理 · {len(legs)} 项联办",
        "bundle": "",
        "bundle_url": "",
    }
    papers = bundle.application.materials.order_by("id")
    return CasePage(
        case=head,
        stages=_bundle_stages(bundle, status),
        legs=[_leg(leg, statuses, clocks[leg.pk]) for leg in legs],
        legs_note=_legs_note(legs, calendar),
        form_pairs=_all_pairs(legs, form_values(bundle.application)),
        materials=[_material(paper) for paper in papers],
        events=history(legs, bundle, actor),
        rating=None,
    )


def _leg_clock(leg: Case, statuses: Mapping[str, Status], calendar: WorkCalendar, on: dt.date) -> Clock:
    waiting = "、".join(_waits(leg, statuses))
    return clock_of(running_of(leg, leg.pauses.all(), waiting), on, calendar)


def _waits(leg: Case, statuses: Mapping[str, Status]) -> list[str]:
    if leg.state not in BEFORE_ACCEPTANCE:
        return []
    return [item_name(need) for need in needs_of(leg) if need in statuses and not is_done(statuses[need])]


def _leg(leg: Case, statuses: Mapping[str, Status], leg_clock: Clock) -> dict[str, Any]:
    result = code_name("case_result", leg.result) if leg.completed_at else ""
    waits = _waits(leg, statuses)
    return {
        "name": item_name(leg.item),
        "department": department_name(leg.department, short=True),
        "status": LABELS[leg.state],
        "state": TAGS.get(leg.state, ""),
        "waits": "、".join(waits),
        "clock": None if waits else leg_clock.shown(),
        "result": "：".join(filter(None, (result, leg.result_note))),
        "url": leg.get_absolute_url(),
    }


def _whole_clock(
    bundle: BundleCase, legs: Sequence[Case], clocks: Mapping[int, Clock]
) -> dict[str, object] | None:
    worst = worst_clock(clocks[leg.pk] for leg in legs if leg.completed_at is None)
    if worst is None:
        return None
    shown = worst.shown()
    if shown and bundle.due_on:
        shown["note"] = f"最急一项；全部预计 {bundle.due_on} 前办结"
    return shown


def _legs_note(legs: Sequence[Case], calendar: WorkCalendar) -> str:
    done = sum(leg.completed_at is not None for leg in legs)
    note = f"{len(legs)} 项，已办结 {done} 项"
    count = on_time_of_all(
        [(item_name(leg.item), running_of(leg, leg.pauses.all())) for leg in legs], calendar
    )
    if not count.finished:
        return note
    parts = [f"按时 {count.net}/{count.finished}", f"不计暂停 {count.raw}/{count.finished}"]
    if count.worst:
        parts.append(f"最慢：{count.worst}")
    return f"{note}；{'，'.join(parts)}"


def _bundle_stages(bundle: BundleCase, status: BundleStatus) -> list[dict[str, str]]:
    reached = {BundleStatus.SUBMITTED: 1, BundleStatus.IN_PROGRESS: 2, BundleStatus.CLOSED: 4}[status]
    moments = (bundle.applied_at, bundle.accepted_at, None, bundle.completed_at)
    return [
        {
            "label": label,
            "state": "done" if place < reached else "current" if place == reached else "todo",
            "note": moment_of(moment)[:5] if moment and place <= reached else "",
        }
        for place, (label, moment) in enumerate(
            zip(("收件", "受理并分发", "联动办理", "全部办结"), moments, strict=True)
        )
    ]


def _all_pairs(legs: Sequence[Case], values: Mapping[str, str]) -> list[dict[str, Any]]:
    boxes: dict[str, Field] = {}
    for leg in legs:
        for box in version_of(leg).fields:
            boxes.setdefault(box.name, box)
    areas = [values[box.name] for box in boxes.values() if box.kind == "area" and box.name in values]
    places = division_names(areas) if areas else {}
    return [
        {"label": box.label, "value": shown_value(box, values[box.name], places)}
        for box in boxes.values()
        if box.name in values
    ]


def local_text(moment: dt.datetime) -> str:
    """A moment as the pages write it."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
