"""The second person's word on an export."""

from __future__ import annotations

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.exports.actions.write import run_export
from yizhou.exports.models import Export, ExportStatus
from yizhou.exports.rules import blockers_to_decide

APPROVE = "exports.approve_export"


@action(APPROVE)
def approve_export(export: Export, note: str, *, actor: Actor) -> Export:
    """Let it be written. Raises ``Refused`` for one's own, ``Conflict`` when somebody was quicker."""
    refuse(blockers_to_decide(export.account_id, actor.account_id, note, declines=False))
    _decide(export, ExportStatus.QUEUED, note, actor)
    run_export.enqueue(export.pk)
    record(
        actor, "export.approved", export, concern=Concern(area=export.area), reason=note, number=export.number
    )
    return export


@action(APPROVE)
def decline_export(export: Export, note: str, *, actor: Actor) -> Export:
    """Turn it down, with the reason."""
    refuse(blockers_to_decide(export.account_id, actor.account_id, note, declines=True))
    _decide(export, ExportStatus.DECLINED, note, actor)
    record(
        actor, "export.declined", export, concern=Concern(area=export.area), reason=note, number=export.number
    )
    return export


def _decide(export: Export, status: ExportStatus, note: str, actor: Actor) -> None:
    stored = Export.objects.visible_to(actor).filter(pk=export.pk, status=ExportStatus.WAITING)
    changed = stored.update(
        status=status,
        decider_id=actor.account_id,
        decider=actor.name,
        decided_at=clock.now(),
        note=note.strip(),
    )
    if not changed:
        raise Conflict("这份导出已由别人办理或已撤回", "刷新页面查看")
