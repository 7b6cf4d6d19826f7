"""Ratings: the page of the person served, and the bad ones to follow up."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from yizhou.cases.models import NotForDepartments, Rating
from yizhou.cases.queries.facts import department_name, item_name
from yizhou.cases.queries.lists import Wanted, area_chip, asked_area, chip, day_of, sliced
from yizhou.cases.rules.ratings import BAD
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.masking import mask_name
from yizhou.ledgers.columns import code_name, code_table

STATES: Mapping[str, str] = {"call": "待回访", "fix": "待整改", "done": "已闭环"}
LATE = "late"


def stale(rows: NotForDepartments, today: dt.date) -> NotForDepartments:
    """Bad ratings of which the call or the mending is past its day."""
    call = Q(followed_up_at__isnull=True, follow_up_due_on__lt=today)
    fix = Q(is_genuine=True, fixed_at__isnull=True, fix_due_on__lt=today)
    return rows.filter(call | fix, level__in=BAD).exclude(voided=True)


def invited_or_404(uid: uuid.UUID) -> Rating:
    """The invitation of that public id; it is the key to itself, sent to the applicant alone."""
    rows = Rating.objects.everywhere("the invitation's id is known to its applicant alone")
    found: Rating | None = rows.select_related("case", "case__person").filter(uid=uid, source="CASE").first()
    if found is None or found.case is None:
        raise Http404
    return found


def rate_page(rating: Rating, *, level: str = "", comment: str = "", errors: Any = ()) -> dict[str, Any]:
    """Context of ``portal/my_rating.html``; no level is filled in beforehand."""
    case = rating.case
    assert case is not None  # invited_or_404 sees to it
    levels = [[int(code), name] for code, name in code_table("praise_level").names.items()]
    return {
        "action_url": reverse("cases:rate", args=[rating.uid]),
        "errors": [{"name": "level", "label": "评价", "message": b.message} for b in errors],
        "case": {
            "number": case.case_no,
            "item": item_name(case.item),
            "completed_on": day_of(case.completed_at),
            "handled_by": department_name(case.department),
        },
        "name": mask_name(case.person.name),
        "levels": sorted(levels, key=lambda pair: -int(pair[0])),
        "aspects": [],
        "value": level,
        "comment": comment,
        "done": bool(rating.level),
    }


def ratings_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``cases/ratings.html``: bad ratings and how far each has been followed up."""
    wanted = Wanted.of(query, ("state", "area"))
    rows = Rating.objects.visible_to(actor).filter(level__in=BAD).select_related("case")
    rows = rows.in_area(area) if (area := asked_area(wanted)) else rows
    state = wanted.filters.get("state", "")
    if state == LATE:
        rows = stale(rows, clock.today())
    elif state == "call":
        rows = rows.filter(followed_up_at__isnull=True)
    elif state == "fix":
        rows = rows.filter(is_genuine=True, fixed_at__isnull=True)
    elif state == "done":
        rows = rows.filter(followed_up_at__isnull=False).exclude(is_genuine=True, fixed_at__isnull=True)
    part = sliced(rows, wanted)
    return {
        "title": "差评回访与整改",
        "note": "差评 1 个工作日内回访，属实的限时整改；评价人信息不显示",
        "filters": [
            chip(wanted, "state", "进度", {**STATES, LATE: "逾期未办"}.items()),
            *([area_chip(wanted)] if area else []),
        ],
        "clear_url": "?",
        "page": part.page,
        "rows": [_row(rating, actor) for rating in part.rows],
        "errors": [],
    }


def _row(rating: Rating, actor: Actor) -> dict[str, Any]:
    today = clock.today()
    due = rating.fix_due_on if rating.followed_up_at else rating.follow_up_due_on
    closed = rating.followed_up_at and (not rating.is_genuine or rating.fixed_at)
    state = "done" if closed else "fix" if rating.followed_up_at else "call"
    tag = "ok" if closed else "late" if due and due < today else "warn"
    return {
        "number": rating.rating_no,
        "item": item_name(rating.case.item) if rating.case else code_name("rating_source", rating.source),
        "level": code_name("praise_level", rating.level),
        "comment": rating.comment,
        "rated_on": rating.rated_on.isoformat(),
        "due": due.isoformat() if due and not closed else "",
        "status": "已认定无效" if rating.voided else STATES[state],
        "state": tag,
        "notes": [note for note in (rating.follow_up_note, rating.fix_note) if note],
        "verbs": _verbs(rating, state, actor),
    }


def _verbs(rating: Rating, state: str, actor: Actor) -> list[dict[str, Any]]:
    found = []
    note = {"label": "情况", "name": "note", "kind": "textarea", "value": "", "required": True}
    if state == "call" and actor.may("cases.follow_up_rating"):
        choice = {
            "label": "核实结果",
            "name": "genuine",
            "kind": "radio",
            "value": "",
            "required": True,
            "options": [["1", "属实，须整改"], ["0", "不实"]],
        }
        found.append(_verb(rating, "follow_up", "回访", [choice, note]))
    if state == "fix" and actor.may("cases.fix_rating"):
        found.append(_verb(rating, "fix", "整改反馈", [note]))
    untrue = rating.followed_up_at is not None and not rating.is_genuine and not rating.voided
    if untrue and actor.may("cases.void_rating"):
        found.append(_verb(rating, "void", "认定无效", [note]))
    return found


def _verb(rating: Rating, name: str, label: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": f"{name}_{rating.uid.hex[:8]}",
        "label": label,
        "url": reverse(f"cases:{name}_rating", args=[rating.uid]),
        "fields": fields,
        "blockers": [],
    }
