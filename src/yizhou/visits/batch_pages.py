"""What the pages of assigning one contact to many show."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.orgs.models import StaffPost
from yizhou.people.queries.exporting import asked, count
from yizhou.people.queries.filters import Wanted
from yizhou.visits.assigning import MOST, Plan, plan_of, posts_of
from yizhou.visits.models import ContactBatch, ContactMove, MoveState

SHOWN = 500
STATES = {MoveState.DONE: "ok", MoveState.SKIPPED: "", MoveState.UNDONE: "info", MoveState.KEPT: "warn"}


def post_of(text: str, actor: Actor) -> StaffPost | None:
    """The staff member chosen, in the actor's sight."""
    return next((post for post in posts_of(actor, clock.today()) if str(post.uid) == text), None)


def post_or_404(text: str, actor: Actor) -> StaffPost:
    """As ``post_of``; absent and out of sight are the same 404. Raises ``Refused`` when none was chosen."""
    if not text:
        refuse([Blocker("STAFF", "没有选联系人", "先选联系人，再预览")])
    found = post_of(text, actor)
    if found is None:
        raise Http404
    return found


def assign_page(
    query: Mapping[str, str], staff: str, actor: Actor, refused: Sequence[Blocker] = (), reason: str = ""
) -> dict[str, Any]:
    """The choice of a contact, and with one the preview."""
    choice, post = asked(query, actor), post_of(staff, actor)
    total = count(choice.query, actor, MOST + 1)
    plan = plan_of(choice.query, post, actor, clock.today()) if post else None
    return {
        "title": "成批指派联系人",
        "note": f"{choice.words} · {min(total, MOST):,}{'+' if total > MOST else ''} 人",
        "back_url": reverse("people:list") + Wanted.read(query, actor).url(),
        "filters": list(choice.query.items()),
        "posts": [(str(p.uid), f"{p.name}（{p.station.name}）") for p in posts_of(actor, clock.today())],
        "staff": staff if post else "",
        "post": post.name if post else "",
        "action_url": f"{reverse('visits:assign')}?{urlencode(choice.query)}",
        "preview": _preview(plan) if plan else [],
        "formers": [{"title": name, "text": f"{n:,} 人"} for name, n in plan.formers()] if plan else [],
        "taken": len(plan.taken) if plan else 0,
        "reason": reason,
        "refused": list(refused),
    }


def _preview(plan: Plan) -> list[dict[str, Any]]:
    lines = [
        {"title": "指派给此人", "text": f"{len(plan.taken):,} 人"},
        {"title": "其中更换联系人，原联系今天解除", "text": f"{plan.handed_over:,} 人"},
    ]
    return [
        *lines,
        *({"title": f"跳过：{why}", "text": f"{n:,} 人"} for why, n in plan.reasons().most_common()),
    ]


def batch_or_404(uid: uuid.UUID, actor: Actor) -> ContactBatch:
    """A batch in sight; absent and out of sight are the same 404."""
    found = ContactBatch.objects.visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def batch_page(batch: ContactBatch, actor: Actor) -> dict[str, Any]:
    """The result, what was left out first, and the way back."""
    moves = ContactMove.objects.visible_to(actor).filter(batch=batch).select_related("person")
    shown = moves.order_by("-state", "id")[:SHOWN]
    return {
        "title": f"成批指派联系人：{batch.staff}",
        "note": f"{batch.words} · {batch.actor} · {clock.minute_of(batch.made_at)}",
        "about": [
            {"label": "原因", "value": batch.reason},
            {"label": "指派", "value": f"{batch.assigned:,} 人"},
            {"label": "其中更换联系人", "value": f"{batch.handed_over:,} 人"},
            {"label": "跳过", "value": f"{batch.skipped:,} 人"},
            {"label": "撤销", "value": clock.minute_of(batch.undone_at) if batch.undone_at else ""},
        ],
        "rows": [
            [
                {"text": move.person.name, "url": move.person.get_absolute_url()},
                {
                    "text": "",
                    "tags": [{"text": move.get_state_display(), "state": STATES[MoveState(move.state)]}],
                },
                move.reason,
            ]
            for move in shown
        ],
        "shown": SHOWN,
        "total": batch.assigned + batch.skipped,
        "undo_url": "" if batch.undone_at else reverse("visits:undo", args=[batch.uid]),
        "list_url": reverse("people:list"),
    }
