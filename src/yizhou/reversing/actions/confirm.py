"""What the one who asked decides: take it back, or leave it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.reversing.actions.begin import TAKE_BACK
from yizhou.reversing.actions.carry import run_reversal
from yizhou.reversing.models import Reversal, ReversalStatus
from yizhou.reversing.rules import blockers_of_reason

CANCELLABLE = (
    ReversalStatus.CHECKING,
    ReversalStatus.CHECKED,
    ReversalStatus.AWAITING,
    ReversalStatus.FAILED,
)


def blockers_to_confirm(reversal: Reversal, actor: Actor) -> list[Blocker]:
    """Why this actor cannot have it carried out now."""
    if reversal.account_id != actor.account_id:
        return [Blocker("NOT_YOURS", "只有申请人可以确认", f"请 {reversal.actor} 确认")]
    if reversal.status != ReversalStatus.CHECKED:
        return [Blocker("STATUS", f"这项冲回{reversal.get_status_display()}", "刷新页面看最新状态")]
    if not reversal.taken:
        return [Blocker("NOTHING", "没有可冲回的档案", "看各份档案不动的原因，需要时逐份更正")]
    return []


@action(TAKE_BACK)
def confirm_reversal(reversal: Reversal, reason: str, *, actor: Actor) -> Reversal:
    """Queue it, or put it before a second person where identity, category, benefit or account would change."""
    refuse([*blockers_to_confirm(reversal, actor), *blockers_of_reason(reason)])
    onwards = ReversalStatus.AWAITING if reversal.guarded else ReversalStatus.QUEUED
    move(reversal, [ReversalStatus.CHECKED], onwards, reason=reason.strip())
    told: dict[str, Any] = {"batch": reversal.batch.uid.hex, "rows": reversal.taken}
    concern = Concern(area=reversal.area)
    record(actor, "reversal.confirmed", reversal, concern=concern, reason=reason.strip(), **told)
    return reversal


@action(TAKE_BACK)
def cancel_reversal(reversal: Reversal, *, actor: Actor) -> Reversal:
    """Give it up before it is carried out."""
    if reversal.account_id != actor.account_id:
        refuse([Blocker("NOT_YOURS", "只有申请人可以取消", f"请 {reversal.actor} 取消")])
    move(reversal, CANCELLABLE, ReversalStatus.CANCELLED)
    record(actor, "reversal.cancelled", reversal, concern=Concern(area=reversal.area))
    return reversal


def move(reversal: Reversal, came_from: Sequence[ReversalStatus], to: ReversalStatus, **values: Any) -> None:
    """Compare and set on the status. Raises ``Conflict`` when somebody else was quicker."""
    mine = Reversal.objects.everywhere("one reversal").filter(pk=reversal.pk, status__in=came_from)
    if mine.update(status=to, error="", attempted_at=None, **values) != 1:
        raise Conflict
    if to == ReversalStatus.QUEUED:
        run_reversal.enqueue(reversal.pk)
    reversal.status = to
