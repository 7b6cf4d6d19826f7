"""What the pages of taking a batch back show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.batch_files import noted
from yizhou.ledgers.models import ImportBatch
from yizhou.ledgers.queries import title_of
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import FileChange
from yizhou.people.queries.change_ledger import lines_of
from yizhou.reversing.actions.begin import blockers_to_begin
from yizhou.reversing.actions.confirm import CANCELLABLE, blockers_to_confirm
from yizhou.reversing.actions.decide import blockers_to_decide
from yizhou.reversing.models import AT_WORK, OPEN, LeftAlone, Reversal, ReversalStatus, Why
from yizhou.reversing.queries import (
    APPROVE,
    PAGE,
    WHY,
    left_changes,
    open_of,
    opened_files,
    reversals,
    taken_changes,
)

STATES = {
    ReversalStatus.CHECKED: "warn",
    ReversalStatus.AWAITING: "warn",
    ReversalStatus.DONE: "ok",
    ReversalStatus.FAILED: "late",
    ReversalStatus.REFUSED: "late",
    ReversalStatus.CANCELLED: "paused",
}
TAKEN, OPENED = "taken", "opened"


def state_of(reversal: Reversal) -> str:
    """Colour of its tag."""
    return STATES.get(ReversalStatus(reversal.status), "info")


def list_page(actor: Actor) -> dict[str, Any]:
    """The newest attempts in sight."""
    rows = reversals(actor).select_related("batch").order_by("-id")[:PAGE]
    return {
        "title": "批次冲回",
        "rows": [
            [
                {"text": row.batch.file_name, "url": row.get_absolute_url(), "note": row.reason},
                {"text": row.actor, "note": clock.minute_of(row.asked_at)},
                row.decided_by,
                f"{row.taken:,}",
                f"{row.left:,}",
                {"tags": [{"text": row.get_status_display(), "state": state_of(row)}]},
            ]
            for row in rows
        ],
    }


def batch_page(batch: ImportBatch, actor: Actor, refused: Sequence[Any] = ()) -> dict[str, Any]:
    """Context of ``reversing/batch.html``: before anything is looked through."""
    newest = open_of(batch)
    seen = newest if newest and reversals(actor).filter(pk=newest.pk).exists() else None
    return {
        "title": f"冲回导入：{title_of(batch)}",
        "note": f"{batch.file_name} · {batch.actor} · {clock.minute_of(batch.processed_at or batch.submitted_at)}",
        "back_url": batch.get_absolute_url(),
        "created": batch.created,
        "updated": batch.updated,
        "blockers": blockers_to_begin(batch),
        "earlier": _line(seen) if seen else None,
        "is_open": bool(newest and newest.status in OPEN),
        "refused": list(refused),
    }


def _line(reversal: Reversal) -> dict[str, Any]:
    return {
        "title": f"{clock.minute_of(reversal.asked_at)} {reversal.actor}",
        "url": reversal.get_absolute_url(),
        "note": reversal.reason,
        "tag": reversal.get_status_display(),
        "state": state_of(reversal),
        "text": "",
    }


def reversal_page(reversal: Reversal, actor: Actor, **said: Any) -> dict[str, Any]:
    """Context of ``reversing/reversal.html``; ``said`` is what an attempt just refused had typed."""
    decides = actor.may(APPROVE) and reversal.status == ReversalStatus.AWAITING
    own, second = blockers_to_confirm(reversal, actor), blockers_to_decide(reversal, actor)
    mine = reversal.account_id == actor.account_id
    urls = {
        verb: reverse(f"reversing:{verb}", args=[reversal.uid]) for verb in ("confirm", "approve", "refuse")
    }
    may_cancel = mine and reversal.status in CANCELLABLE
    return {
        "title": f"冲回导入：{reversal.batch.file_name}",
        "note": f"{reversal.actor} · {clock.minute_of(reversal.asked_at)}",
        "tag": reversal.get_status_display(),
        "state": state_of(reversal),
        "is_done": reversal.status == ReversalStatus.DONE,
        "job": job(reversal) if reversal.status in AT_WORK else None,
        "about": _about(reversal),
        "counts": _counts(reversal),
        "left": _left(reversal),
        "examples": reversal.examples if reversal.status in OPEN else [],
        "guarded": reversal.guarded,
        "opened": reversal.opened,
        "opened_url": _rows_url(reversal, OPENED),
        "error": reversal.error,
        "confirm_url": urls["confirm"] if not own else "",
        "approve_url": urls["approve"] if decides and not second else "",
        "refuse_url": urls["refuse"],
        "cancel_url": reverse("reversing:cancel", args=[reversal.uid]) if may_cancel else "",
        "blockers": second if decides and not mine else (),
        "waits": reversal.status == ReversalStatus.AWAITING and mine,
        "list_url": reverse("reversing:list"),
        "batch_url": reverse("reversing:batch", args=[reversal.batch.uid]),
        "reason": said.get("reason", ""),
        "decision_note": said.get("note", ""),
        "refused": said.get("refused", ()),
    }


def _about(reversal: Reversal) -> list[dict[str, Any]]:
    decided = clock.minute_of(reversal.decided_at) if reversal.decided_at else ""
    ended = f"用时 {reversal.seconds} 秒" if reversal.seconds else ""
    pairs = [
        {"label": "原因", "value": reversal.reason},
        {"label": "复核人", "value": reversal.decided_by, "note": decided},
        {"label": "复核意见", "value": reversal.note},
        {"label": "完成", "value": clock.minute_of(reversal.ended_at), "note": ended}
        if reversal.status == ReversalStatus.DONE and reversal.ended_at
        else {"label": "", "value": ""},
    ]
    return [pair for pair in pairs if pair["value"]]


def _counts(reversal: Reversal) -> list[dict[str, Any]]:
    done = reversal.status == ReversalStatus.DONE
    return [
        {"label": "这一批改动", "value": reversal.changes, "note": "份档案", "url": ""},
        {
            "label": "已冲回" if done else "将冲回",
            "value": reversal.taken,
            "note": f"其中 {reversal.guarded:,} 份须复核",
            "url": _rows_url(reversal, TAKEN) if reversal.taken else "",
        },
        {"label": "不动", "value": reversal.left, "note": "原因见下", "url": ""},
        {
            "label": "这一批新建",
            "value": reversal.opened,
            "note": "不删除，须逐份办",
            "url": _rows_url(reversal, OPENED) if reversal.opened else "",
        },
    ]


def _left(reversal: Reversal) -> list[dict[str, Any]]:
    rows = LeftAlone.objects.everywhere(WHY).filter(reversal=reversal).values("why")
    counted = dict(rows.annotate(n=Count("id")).order_by("why").values_list("why", "n"))
    return [
        {
            "title": label,
            "url": _rows_url(reversal, value),
            "text": f"{counted[value]:,} 份",
            "note": "",
            "tag": "",
        }
        for value, label in Why.choices
        if value in counted
    ]


def _rows_url(reversal: Reversal, which: str) -> str:
    return f"{reverse('reversing:rows', args=[reversal.uid])}?which={which}"


def job(reversal: Reversal) -> dict[str, Any]:
    """A running one as progress.html wants it."""
    words, percent = noted(reversal)
    return {
        "url": reverse("reversing:job", args=[reversal.uid]),
        "finished": reversal.status not in AT_WORK,
        "percent": percent,
        "label": words or "排队等候后台处理",
        "detail": "",
        "next_url": reversal.get_absolute_url(),
    }


def rows_page(reversal: Reversal, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The files behind one of the numbers."""
    which, text = query.get("which", TAKEN), query.get("after", "")
    after = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    base = {"back_url": reversal.get_absolute_url(), "note": reversal.batch.file_name}
    if which == OPENED:
        people, last = opened_files(reversal, actor, after)
        return {
            **base,
            "title": "这一批新建的档案",
            "hint": "新建的档案不随冲回删除：与别的档案是同一人的，到“疑似重复”里合并；不该建的，更正档案状态为注销。",
            "headers": ["姓名", "区划"],
            "rows": [
                [{"text": p.name, "url": p.get_absolute_url()}, full_division_name(p.household_area)]
                for p in people
            ],
            "next_url": f"{_rows_url(reversal, OPENED)}&after={last}" if last else "",
        }
    why = which if which in Why.values else ""
    found = left_changes(reversal, why, actor, after) if why else taken_changes(reversal, actor, after)
    done = reversal.status == ReversalStatus.DONE
    more = len(found) > PAGE
    return {
        **base,
        "title": f"不动：{Why(why).label}" if why else ("已冲回的档案" if done else "将冲回的档案"),
        "hint": "",
        "headers": [{"label": "行号", "num": True}, "姓名", "区划", "导入时的改动"],
        "rows": [_change(change, actor) for change in found[:PAGE]],
        "next_url": f"{_rows_url(reversal, why or TAKEN)}&after={found[PAGE - 1].pk}" if more else "",
    }


def _change(change: FileChange, actor: Actor) -> list[Any]:
    person = change.person
    return [
        {"text": str(change.row_no or ""), "num": True},
        {"text": person.name, "url": person.get_absolute_url()},
        full_division_name(person.household_area),
        "；".join(lines_of(change, actor)),
    ]
