"""Taking back a request that nobody has decided yet."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.exports.models import Export, ExportStatus


@action("exports.ask_export")
def withdraw_export(export: Export, *, actor: Actor) -> Export:
    """Withdraw one's own request. Raises ``Refused`` for somebody else's, ``Conflict`` once it was decided."""
    refuse(not_ones_own(export, actor))
    waiting = Export.objects.visible_to(actor).filter(pk=export.pk, status=ExportStatus.WAITING)
    if not waiting.update(status=ExportStatus.WITHDRAWN):
        raise Conflict("这份导出已经办理，不能撤回", "刷新页面查看")
    record(actor, "export.withdrawn", export, concern=Concern(area=export.area), number=export.number)
    return export


def not_ones_own(export: Export, actor: Actor) -> list[Blocker]:
    """What only the one who asked may do."""
    if export.account_id == actor.account_id:
        return []
    return [Blocker("NOT_YOURS", f"这份导出由{export.actor}申请，只能由本人办理", "需要时自己另行申请")]
