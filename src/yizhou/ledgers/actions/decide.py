"""What the uploader decides about a checked file: store it, drop it, try again."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers.jobs import run_import
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import BatchStatus, ImportBatch

QUEUED = (BatchStatus.UPLOADED, BatchStatus.CONFIRMED)
CANCELLABLE = (
    BatchStatus.UPLOADED,
    BatchStatus.CHECKING,
    BatchStatus.CHECKED,
    BatchStatus.AWAITING,
    BatchStatus.FAILED,
)
APPROVE = "ledgers.approve_import"
LONGEST = 200


def blockers_to_confirm(batch: ImportBatch, actor: Actor, *, hold: bool = False) -> list[Blocker]:
    """Why the file cannot be stored now."""
    if batch.account_id != actor.account_id:
        return [Blocker("NOT_YOURS", "只有上传人可以确认入库", f"请 {batch.actor} 确认")]
    if not actor.may(LEDGERS[batch.ledger].import_permission):
        return [Blocker("FORBIDDEN", "您的岗位不能导入这种台账", "请交由县中心导入")]
    if batch.status != BatchStatus.CHECKED:
        return [Blocker("STATUS", f"这一批现在是“{batch.get_status_display()}”", "刷新页面看最新状态")]
    if not batch.created + batch.updated + (batch.can_wait if hold else 0):
        return [Blocker("NOTHING", "没有可写入的行", "按错误文件改好后重新上传")]
    return []


@action("ledgers.confirm_import")
def confirm_import(batch: ImportBatch, *, actor: Actor, hold: bool = False) -> ImportBatch:
    """Queue a checked file for storing; the worker checks it again against what is stored then.

    With ``hold`` rows that only refer to what is not there yet are kept until it arrives. A file that changes what
    only two people may change waits for the second one first (依据: 手册第 20 章 须双人，批量须批次号与审批).
    """
    if blockers := blockers_to_confirm(batch, actor, hold=hold):
        raise Refused(blockers)
    ImportBatch.objects.everywhere("one batch").filter(pk=batch.pk).update(holds=hold)
    onwards = BatchStatus.AWAITING if batch.guarded else BatchStatus.CONFIRMED
    return _move(batch, [BatchStatus.CHECKED], onwards, "import.confirmed", actor)


def blockers_to_approve(batch: ImportBatch, actor: Actor) -> list[Blocker]:
    """Why this actor cannot be the second person."""
    if batch.status != BatchStatus.AWAITING:
        return [Blocker("STATUS", f"这一批现在是“{batch.get_status_display()}”", "刷新页面看最新状态")]
    if batch.account_id == actor.account_id:
        return [Blocker("SAME_PERSON", "上传人不能复核自己的导入", "请另一人复核")]
    if not all(actor.covers(area) for area in batch.areas):
        return [Blocker("SCOPE", "这一批超出您的管辖范围", "请上一级复核")]
    return []


@action(APPROVE)
def approve_import(batch: ImportBatch, *, actor: Actor) -> ImportBatch:
    """Let a file that changes guarded columns be stored; by somebody else than who brought it."""
    refuse(blockers_to_approve(batch, actor))
    decided = {"approved_by_id": actor.account_id, "approved_by": actor.name}
    ImportBatch.objects.everywhere("one batch").filter(pk=batch.pk).update(**decided)
    return _move(batch, [BatchStatus.AWAITING], BatchStatus.CONFIRMED, "import.approved", actor)


@action(APPROVE)
def refuse_import(batch: ImportBatch, note: str, *, actor: Actor) -> ImportBatch:
    """Send a file back to who brought it, with the reason; nothing of it is stored."""
    refuse([*blockers_to_approve(batch, actor), *_blockers_of_note(note)])
    _move(batch, [BatchStatus.AWAITING], BatchStatus.CANCELLED, "import.refused", actor, note.strip())
    error = f"{actor.name}复核未通过：{note.strip()}"
    ImportBatch.objects.everywhere("one batch").filter(pk=batch.pk).update(error=error)
    return batch


def _blockers_of_note(note: str) -> list[Blocker]:
    if not note.strip():
        return [Blocker("NOTE", "没有写明为什么不通过", "写明哪里不对，上传人好改")]
    if len(note.strip()) > LONGEST:
        return [Blocker("NOTE", f"意见最多 {LONGEST} 字", "写短一些")]
    return []


@action("ledgers.cancel_import")
def cancel_import(batch: ImportBatch, *, actor: Actor) -> ImportBatch:
    """Drop a file that has not been stored; what is being stored can no longer be stopped."""
    if batch.account_id != actor.account_id:
        raise Refused([Blocker("NOT_YOURS", "只有上传人可以取消", f"请 {batch.actor} 取消")])
    if batch.status not in CANCELLABLE:
        message = f"这一批现在是“{batch.get_status_display()}”，不能取消"
        raise Refused([Blocker("STATUS", message, "入库是一个整体，要么全部写入，要么一行不写")])
    return _move(batch, CANCELLABLE, BatchStatus.CANCELLED, "import.cancelled", actor)


@action("ledgers.retry_import")
def retry_import(batch: ImportBatch, *, actor: Actor) -> ImportBatch:
    """Queue a failed file for checking once more."""
    if batch.account_id != actor.account_id:
        raise Refused([Blocker("NOT_YOURS", "只有上传人可以重试", f"请 {batch.actor} 重试")])
    if batch.status != BatchStatus.FAILED:
        raise Refused([Blocker("STATUS", "这一批没有失败，不必重试", "刷新页面看最新状态")])
    return _move(batch, [BatchStatus.FAILED], BatchStatus.UPLOADED, "import.retried", actor)


def _move(
    batch: ImportBatch,
    came_from: Sequence[BatchStatus],
    to: BatchStatus,
    kind: str,
    actor: Actor,
    reason: str = "",
) -> ImportBatch:
    """Compare and set, with its event."""
    mine = ImportBatch.objects.everywhere("one batch").filter(pk=batch.pk, status__in=came_from)
    if mine.update(status=to, error="", attempted_at=None) != 1:
        raise Conflict
    if to in QUEUED:
        run_import.enqueue(batch.pk)
    batch.status = to
    record(actor, kind, batch, concern=Concern(area=batch.area), reason=reason, ledger=batch.ledger)
    return batch
