"""Exports that wait for a second person, and files that wait for the one who asked for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.exports.models import Export, ExportQuerySet, ExportStatus
from yizhou.exports.queries import STATES, to_decide
from yizhou.portal.tasks import WORKLISTS, Task, Worklist

TOLD = (ExportStatus.READY, ExportStatus.DECLINED, ExportStatus.FAILED)
TOLD_DAYS = 3


def decisions(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a request, oldest first."""
    return [
        Task(
            title=f"审批导出 {export.rows:,} 行",
            url=export.get_absolute_url(),
            note=f"{export.title} · {export.purpose}",
            person=export.actor,
            person_note=export.unit,
            step=f"{clock.minute_of(export.asked_at)} 申请",
            action="审批",
        )
        for export in to_decide(actor).order_by("id")[:limit]
    ]


def answered(actor: Actor) -> ExportQuerySet:
    """One's own requests that were answered and whose file was not fetched yet."""
    mine = Export.objects.visible_to(actor).filter(account_id=actor.account_id, status__in=TOLD, downloads=0)
    return mine.filter(decided_at__gte=clock.now() - dt.timedelta(days=TOLD_DAYS))


def answers(actor: Actor, limit: int) -> Sequence[Task]:
    """What became of one's requests, newest first."""
    return [
        Task(
            title=f"导出{export.title}：{export.get_status_display()}",
            url=export.get_absolute_url(),
            note=export.error or export.note or f"{export.words} · {export.rows:,} 行",
            step=f"{clock.minute_of(export.expires_at)} 前下载" if export.expires_at else "",
            action="下载" if STATES.get(ExportStatus(export.status)) == "ok" else "查看",
        )
        for export in answered(actor).order_by("-id")[:limit]
    ]


WORKLISTS.add(
    "exports_to_approve",
    Worklist(
        "exports_to_approve",
        "待审批的导出",
        "exports.approve_export",
        "/exports/?status=WAITING",
        lambda actor: to_decide(actor).count(),
        decisions,
    ),
)
WORKLISTS.add(
    "exports_answered",
    Worklist(
        "exports_answered",
        "我申请的导出",
        "exports.ask_export",
        "/exports/",
        lambda actor: answered(actor).count(),
        answers,
    ),
)
