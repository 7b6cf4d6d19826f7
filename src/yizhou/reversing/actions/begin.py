"""Having a batch looked through: what would go back, what would not."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.people.models import FileChange
from yizhou.reversing.actions.carry import run_reversal
from yizhou.reversing.actions.planning import LEDGER, WHY
from yizhou.reversing.models import Reversal, ReversalStatus

TAKE_BACK = "reversing.begin_reversal"
ALREADY = Blocker("OPEN", "这一批已有一项冲回在办", "到“批次冲回”里查看，办完或取消后再来")


def blockers_to_begin(batch: ImportBatch) -> list[Blocker]:
    """Why the batch cannot be taken back as a whole."""
    if batch.ledger != LEDGER:
        words = "这种台账的导入没有留下逐栏的原内容，不能整批冲回"
        return [Blocker("LEDGER", words, "到该台账逐行更正，或作废不该有的行；作废的可以恢复")]
    if batch.status != BatchStatus.DONE:
        return [Blocker("STATUS", "这一批没有入库，没有可冲回的", "刷新页面看最新状态")]
    if not FileChange.objects.everywhere(WHY).filter(batch=batch.uid.hex).exists():
        words = "这一批没有改动已有档案，没有可冲回的"
        return [Blocker("NOTHING", words, "新建的档案不删除：重复的合并，不该有的注销")]
    return []


@action(TAKE_BACK)
def begin_reversal(batch: ImportBatch, *, actor: Actor) -> Reversal:
    """Queue the looking through; nothing goes back before somebody has confirmed it. Raises ``Refused``."""
    refuse(blockers_to_begin(batch))
    reversal = Reversal(
        batch=batch,
        status=ReversalStatus.CHECKING,
        account_id=actor.account_id,
        actor=actor.name,
        area=next((area.ljust(12, "0") for area in actor.areas if area), ""),
        areas=list(actor.areas),
        asked_at=clock.now(),
    )
    try:
        with transaction.atomic():
            reversal.save(force_insert=True)
    except IntegrityError:
        raise Refused([ALREADY]) from None
    run_reversal.enqueue(reversal.pk)
    record(actor, "reversal.begun", reversal, concern=Concern(area=reversal.area), batch=batch.uid.hex)
    return reversal
