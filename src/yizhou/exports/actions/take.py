"""Handing the file out: to the one who asked for it, until it expires, counted each time."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.exports.actions.withdraw import not_ones_own
from yizhou.exports.models import Export, ExportStatus


@action("exports.ask_export")
def take_export(export: Export, *, actor: Actor) -> Export:
    """Log that the file goes out, before a byte leaves. Raises ``Refused`` when it may not or cannot."""
    refuse([*not_ones_own(export, actor), *blockers_to_take(export)])
    stored = Export.objects.visible_to(actor).filter(pk=export.pk)
    stored.update(downloads=F("downloads") + 1, taken_at=clock.now())
    concern = Concern(area=export.area)
    told: dict[str, Any] = {"number": export.number, "rows": export.written_rows, "digest": export.digest}
    record(actor, "export.taken", export, concern=concern, reason=export.purpose, **told)
    return export


def blockers_to_take(export: Export) -> list[Blocker]:
    """Why there is nothing to hand out."""
    if export.status == ExportStatus.READY and export.expires_at and export.expires_at <= clock.now():
        return [Blocker("EXPIRED", "已过下载期限", "需要时重新申请")]
    if export.status != ExportStatus.READY or not export.file.exists():
        return [Blocker("NOT_READY", f"文件现在不能下载：{export.get_status_display()}", "刷新页面查看进展")]
    return []
