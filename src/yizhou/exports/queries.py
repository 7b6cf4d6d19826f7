"""What the register shows: one's own exports, and for those who oversee them all of one's areas."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.exports.limits import free_rows, free_rows_a_day, keep_days
from yizhou.exports.models import OPEN, Export, ExportQuerySet, ExportStatus
from yizhou.exports.rules import FORMATS, blockers_to_decide

VIEW_ALL = "exports.view_register"
APPROVE = "exports.approve_export"
PAGE = 50
DIGEST = re.compile(r"[0-9a-f]{64}")
STATES = {
    ExportStatus.WAITING: "warn",
    ExportStatus.READY: "ok",
    ExportStatus.DECLINED: "late",
    ExportStatus.FAILED: "late",
    ExportStatus.QUEUED: "info",
    ExportStatus.WRITING: "info",
}
HEADERS = (
    "登记号",
    "名单",
    "用途",
    {"label": "行数", "num": True},
    "申请人",
    "审批人",
    "状态",
    {"label": "下载", "num": True},
)


def exports(actor: Actor) -> ExportQuerySet:
    """Exports the actor may see."""
    found = Export.objects.visible_to(actor)
    return found if actor.may(VIEW_ALL) else found.filter(account_id=actor.account_id)


def export_or_404(uid: uuid.UUID, actor: Actor) -> Export:
    """An export in sight; absent and out of sight are the same 404."""
    found = exports(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def to_decide(actor: Actor) -> ExportQuerySet:
    """Requests that wait for this actor: those of others, in his areas."""
    return Export.objects.visible_to(actor).waiting().exclude(account_id=actor.account_id)


def register_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of the register, newest first; ``q`` is a number or the fingerprint of a file that turned up."""
    text = query.get("q", "").strip()[:64]
    status = query.get("status", "") if query.get("status") in ExportStatus.values else ""
    found = exports(actor)
    if status:
        found = found.filter(status=status)
    if text:
        found = (
            found.filter(digest=text.lower())
            if DIGEST.fullmatch(text.lower())
            else found.filter(Q(number__startswith=text.upper()) | Q(actor=text))
        )
    rows = list(_before(found, query.get("before", ""), actor).order_by("-id")[: PAGE + 1])
    base = f"?status={status}" if status else "?"
    older = f"{base}&before={rows[PAGE - 1].number}" if len(rows) > PAGE else ""
    return {
        "title": "导出登记",
        "note": note_of(actor),
        "q": text,
        "status": status,
        "statuses": [(value, str(label)) for value, label in ExportStatus.choices],
        "headers": HEADERS,
        "rows": [_row(export) for export in rows[:PAGE]],
        "older_url": older,
        "newer_url": base if query.get("before") else "",
    }


def note_of(actor: Actor) -> str:
    """Whose exports are listed."""
    whose = f"{actor.area_label}的全部导出" if actor.may(VIEW_ALL) else "本人申请的导出"
    limits = f"一份超过 {free_rows()} 行、一日合计超过 {free_rows_a_day()} 行的须另一人同意"
    return f"{whose}。{limits}，文件留存 {keep_days()} 日"


def _before(found: ExportQuerySet, number: str, actor: Actor) -> ExportQuerySet:
    place = exports(actor).filter(number=number).values_list("id", flat=True).first() if number else None
    return found.filter(id__lt=place) if place else found


def _row(export: Export) -> list[Any]:
    rows = export.rows if export.written_rows is None else export.written_rows
    tag = {"text": export.get_status_display(), "state": STATES.get(ExportStatus(export.status), "")}
    return [
        {"text": export.number, "url": export.get_absolute_url(), "note": clock.minute_of(export.asked_at)},
        {"text": export.title, "note": export.words},
        export.purpose,
        f"{rows:,}",
        {"text": export.actor, "note": export.unit},
        export.decider or ("—" if export.why else "免审批"),
        {"text": "", "tags": [tag]},
        str(export.downloads),
    ]


def export_page(
    export: Export, actor: Actor, refused: Sequence[Blocker] = (), note: str = ""
) -> dict[str, Any]:
    """One export with what can be done with it now."""
    mine = export.account_id == actor.account_id
    waiting = export.status == ExportStatus.WAITING
    may_decide = waiting and actor.may(APPROVE)
    decided = f"{export.decider} {clock.minute_of(export.decided_at)}" if export.decided_at else ""
    own = blockers_to_decide(export.account_id, actor.account_id, "", declines=False) if may_decide else []
    can_take = (
        mine
        and export.status == ExportStatus.READY
        and bool(export.expires_at and export.expires_at > clock.now())
    )
    return {
        "title": f"导出 {export.number}",
        "note": f"{export.title} · {export.actor}",
        "tag": export.get_status_display(),
        "state": STATES.get(ExportStatus(export.status), ""),
        "about": _about(export, decided),
        "columns": export.columns,
        "file": _file(export),
        "error": export.error,
        "running": export.status in OPEN and not waiting,
        "self_url": export.get_absolute_url(),
        "list_url": reverse("exports:list"),
        "take_url": reverse("exports:take", args=[export.uid]) if can_take else "",
        "withdraw_url": reverse("exports:withdraw", args=[export.uid]) if mine and waiting else "",
        "approve_url": reverse("exports:approve", args=[export.uid]) if may_decide and not own else "",
        "decline_url": reverse("exports:decline", args=[export.uid]) if may_decide and not own else "",
        "decision_note": note,
        "waits": waiting,
        "why": export.why,
        "refused": list(refused),
    }


def _about(export: Export, decided: str) -> list[dict[str, Any]]:
    return [
        {"label": "名单", "value": export.title},
        {"label": "条件", "value": export.words},
        {"label": "用途", "value": export.purpose},
        {"label": "申请时行数", "value": f"{export.rows:,}"},
        {"label": "格式", "value": FORMATS[export.form]},
        {"label": "申请人", "value": export.actor, "note": export.unit},
        {"label": "申请时间", "value": clock.minute_of(export.asked_at)},
        {
            "label": "审批",
            "value": decided or _undecided(export),
        },
        {"label": "须审批的原因", "value": export.why},
        {"label": "审批意见", "value": export.note},
    ]


def _undecided(export: Export) -> str:
    if export.status == ExportStatus.WAITING:
        return "等待"
    return "—" if export.why else "免审批"


def _file(export: Export) -> list[dict[str, Any]]:
    if export.written_at is None:
        return []
    return [
        {"label": "文件行数", "value": f"{export.written_rows:,}" if export.written_rows is not None else ""},
        {
            "label": "生成时间",
            "value": clock.minute_of(export.written_at),
            "note": f"用时 {export.seconds} 秒",
        },
        {"label": "大小", "value": f"{(export.size or 0) / 1024:,.0f} KB"},
        {"label": "下载期限", "value": clock.minute_of(export.expires_at) if export.expires_at else ""},
        {
            "label": "下载次数",
            "value": str(export.downloads),
            "note": clock.minute_of(export.taken_at) if export.taken_at else "",
        },
        {"label": "文件指纹 SM3", "value": export.digest},
    ]
