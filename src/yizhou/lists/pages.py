"""What the pages of bulk changes show, and where a saved filter or a batch is looked up."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.lists.actions import carry_out
from yizhou.lists.models import (
    SETTLED,
    UNDER_WAY,
    BatchStatus,
    ClassBatch,
    ClassMove,
    MoveState,
    SavedFilter,
)
from yizhou.lists.queries.weighing import CHUNK, MOST, Plan, classes, plan_of
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import Person
from yizhou.people.queries.exporting import asked, count
from yizhou.people.queries.filters import Wanted

SHOWN, EXAMPLES, LISTED = 500, 20, 100
EMPTY = "未分类"
STATES = {
    MoveState.PLANNED: "",
    MoveState.DONE: "ok",
    MoveState.SKIPPED: "warn",
    MoveState.UNDONE: "info",
    MoveState.KEPT: "warn",
}
FIRST = (MoveState.SKIPPED, MoveState.KEPT, MoveState.PLANNED, MoveState.DONE, MoveState.UNDONE)
"""What needs somebody's eyes stands first."""
STATUS_STATES = {BatchStatus.DONE: "ok", BatchStatus.FAILED: "late", BatchStatus.UNDONE: "info"}


def saved_or_404(uid: uuid.UUID, actor: Actor) -> SavedFilter:
    """A saved filter in sight; absent and somebody else's are the same 404."""
    found = SavedFilter.objects.visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def batch_or_404(uid: uuid.UUID, actor: Actor) -> ClassBatch:
    """A bulk change in sight; absent and out of sight are the same 404."""
    found = ClassBatch.objects.visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def carried_on(batch: ClassBatch, at_once: int) -> HttpResponseBase:
    """The page of a batch; few people are done before it comes, the job then finds nothing left."""
    if batch.total <= at_once:
        carry_out(batch.pk)
    return redirect(batch)


def name_of(code: str) -> str:
    """A class in words."""
    return classes().get(code, code) or EMPTY


def set_page(query: Mapping[str, str], code: str, actor: Actor, **said: Any) -> dict[str, Any]:
    """The choice of a class, and with one the preview."""
    choice = asked(query, actor)
    total = count(query, actor, MOST + 1)
    code = code if code in classes() else ""
    plan = plan_of(query, code, actor, clock.today()) if code else None
    refused: Sequence[Blocker] = said.get("refused", ())
    return {
        "title": "成批设置联系类别",
        "note": f"{choice.words} · {min(total, MOST):,}{'+' if total > MOST else ''} 人",
        "back_url": reverse("people:list") + Wanted.read(query, actor).url(),
        "batches_url": reverse("lists:class_batches"),
        "filters": list(choice.query.items()),
        "classes": list(classes().items()),
        "code": code,
        "class_name": name_of(code) if code else "",
        "action_url": f"{reverse('lists:set_class')}?{urlencode(choice.query)}",
        "preview": _preview(plan, code) if plan else [],
        "examples": _examples(plan, code, actor) if plan else [],
        "taken": len(plan.taken) if plan and not plan.is_too_long else 0,
        "asks_rules_later": bool(plan and len(plan.taken) > CHUNK),
        "too_long": MOST if plan and plan.is_too_long else 0,
        "reason": said.get("reason", ""),
        "refused": list(refused),
    }


def _preview(plan: Plan, code: str) -> list[dict[str, Any]]:
    return [
        *(
            {"title": f"{name_of(former)} → {name_of(code)}", "text": f"{n:,} 人"}
            for former, n in plan.changes().most_common()
        ),
        *({"title": f"不改：{why}", "text": f"{n:,} 人"} for why, n in plan.reasons().most_common()),
    ]


def _examples(plan: Plan, code: str, actor: Actor) -> list[list[Any]]:
    first = dict(plan.taken[:EXAMPLES])
    people = Person.objects.visible_to(actor).filter(pk__in=list(first)).order_by("household_area", "id")
    return [
        [
            {"text": person.name, "url": person.get_absolute_url()},
            full_division_name(person.household_area),
            name_of(first[person.pk]),
            name_of(code),
        ]
        for person in people
    ]


def batches_page(actor: Actor) -> dict[str, Any]:
    """Bulk changes of the actor's area, newest first."""
    found = ClassBatch.objects.visible_to(actor).order_by("-id")[:LISTED]
    return {
        "title": "成批设置联系类别记录",
        "note": f"最近 {LISTED} 批；每一批都可以撤销",
        "list_url": reverse("people:list"),
        "rows": [
            [
                {"text": f"改为{name_of(batch.contact_class)}", "url": batch.get_absolute_url()},
                batch.words,
                f"{batch.total:,}",
                batch.reason,
                {"text": batch.actor, "note": clock.minute_of(batch.made_at)},
                {"text": "", "tags": [_tag(batch)]},
            ]
            for batch in found
        ],
    }


def _tag(batch: ClassBatch) -> dict[str, str]:
    return {"text": batch.get_status_display(), "state": STATUS_STATES.get(BatchStatus(batch.status), "")}


def batch_page(batch: ClassBatch, actor: Actor) -> dict[str, Any]:
    """The result, what was left alone first, and the way back."""
    moves = ClassMove.objects.visible_to(actor).filter(batch=batch)
    counts = Counter(dict(moves.order_by().values_list("state").annotate(n=Count("id"))))
    is_running = batch.status in UNDER_WAY
    left = counts[MoveState.DONE if batch.status == BatchStatus.UNDOING else MoveState.PLANNED]
    return {
        "title": f"成批设置联系类别：{name_of(batch.contact_class)}",
        "note": f"{batch.words} · {batch.actor} · {clock.minute_of(batch.made_at)}",
        "tag": _tag(batch),
        "error": batch.error,
        "running": is_running,
        "percent": 100 * max(batch.total - left, 0) // max(batch.total, 1),
        "self_url": batch.get_absolute_url(),
        "about": [
            {"label": "原因", "value": batch.reason},
            *({"label": MoveState(s).label, "value": f"{counts[s]:,} 人"} for s in FIRST if counts[s]),
            *([{"label": "撤销", "value": clock.minute_of(batch.undone_at)}] if batch.undone_at else []),
        ],
        "rows": _rows(moves, batch) if not is_running else [],
        "shown": SHOWN,
        "total": counts.total(),
        "undo_url": reverse("lists:undo_class", args=[batch.uid])
        if batch.status in SETTLED and counts[MoveState.DONE]
        else "",
        "list_url": reverse("people:list"),
        "batches_url": reverse("lists:class_batches"),
    }


def _rows(moves: Any, batch: ClassBatch) -> list[list[Any]]:
    shown: list[ClassMove] = []
    for state in FIRST:
        if len(shown) < SHOWN:
            found = moves.filter(state=state).select_related("person").order_by("id")
            shown += found[: SHOWN - len(shown)]
    return [
        [
            {"text": move.person.name, "url": move.person.get_absolute_url()},
            name_of(move.former)
            if move.state == MoveState.SKIPPED
            else f"{name_of(move.former)} → {name_of(batch.contact_class)}",
            {
                "text": "",
                "tags": [{"text": move.get_state_display(), "state": STATES[MoveState(move.state)]}],
            },
            move.reason,
        ]
        for move in shown
    ]
