"""The second person's word on taking a batch back (手册第 20 章 须双人)."""

from __future__ import annotations

from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.reversing.actions.confirm import move
from yizhou.reversing.models import Reversal, ReversalStatus
from yizhou.reversing.queries import APPROVE
from yizhou.reversing.rules import blockers_of_note


def blockers_to_decide(reversal: Reversal, actor: Actor) -> list[Blocker]:
    """Why this actor cannot be the second person."""
    if reversal.status != ReversalStatus.AWAITING:
        return [Blocker("STATUS", f"这项冲回{reversal.get_status_display()}", "刷新页面看最新状态")]
    if reversal.account_id == actor.account_id:
        return [Blocker("SAME_PERSON", "申请人不能复核自己的冲回", "请另一人复核")]
    if not all(actor.covers(area) for area in reversal.areas):
        return [Blocker("SCOPE", "这一批超出您的管辖范围", "请上一级复核")]
    return []


@action(APPROVE)
def approve_reversal(reversal: Reversal, note: str = "", *, actor: Actor) -> Reversal:
    """Let it be carried out; by somebody else than who asked for it."""
    refuse([*blockers_to_decide(reversal, actor), *blockers_of_note(note, refuses=False)])
    move(reversal, [ReversalStatus.AWAITING], ReversalStatus.QUEUED, **_by(actor, note))
    record(actor, "reversal.approved", reversal, concern=Concern(area=reversal.area), reason=note.strip())
    return reversal


@action(APPROVE)
def refuse_reversal(reversal: Reversal, note: str, *, actor: Actor) -> Reversal:
    """Do not let it happen; the files stay as they are."""
    refuse([*blockers_to_decide(reversal, actor), *blockers_of_note(note, refuses=True)])
    move(reversal, [ReversalStatus.AWAITING], ReversalStatus.REFUSED, **_by(actor, note))
    record(actor, "reversal.refused", reversal, concern=Concern(area=reversal.area), reason=note.strip())
    return reversal


def _by(actor: Actor, note: str) -> dict[str, Any]:
    decided = {"decided_by_id": actor.account_id, "decided_by": actor.name, "decided_at": clock.now()}
    return {**decided, "note": note.strip()}
