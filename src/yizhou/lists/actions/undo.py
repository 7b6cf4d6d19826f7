"""Taking a bulk change back: every file gets its former class again, unless somebody has changed it since."""

from __future__ import annotations

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.lists.actions.working import SET, run_class_batch
from yizhou.lists.models import SETTLED, BatchStatus, ClassBatch


@action(SET)
def undo_class(batch: ClassBatch, *, actor: Actor) -> ClassBatch:
    """Begin to take it back. Raises ``Conflict`` while it is under way and when it was taken back before."""
    stored = ClassBatch.objects.visible_to(actor).filter(pk=batch.pk, status__in=SETTLED)
    undone = {"undone_by_id": actor.account_id, "undone_areas": list(actor.areas), "undone_at": clock.now()}
    if not stored.update(status=BatchStatus.UNDOING, error="", **undone):
        raise Conflict("这一批还在办理，或已经撤销", "刷新页面查看")
    record(actor, "class_batch.undo_begun", batch, concern=Concern(area=batch.area))
    run_class_batch.enqueue(batch.pk)
    return batch
