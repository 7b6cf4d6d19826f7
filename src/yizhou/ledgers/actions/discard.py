"""Giving up a row that waits for what it refers to."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers.editing import DISCARD
from yizhou.ledgers.models import WaitingRow


@action(DISCARD)
def discard_waiting(row: WaitingRow, reason: str, *, actor: Actor) -> None:
    """Give a waiting row up. Raises ``Refused`` without a reason, ``Conflict`` when it waits no more."""
    if not reason.strip():
        raise Refused([Blocker("REASON", "没有写明原因", "写明为什么不再等，例：查无此人")])
    record(
        actor,
        "waiting.discarded",
        row,
        concern=Concern(area=row.area),
        reason=reason,
        ledger=row.ledger,
        row=row.title,
    )
    deleted, _ = WaitingRow.objects.visible_to(actor).filter(pk=row.pk).delete()
    if not deleted:
        raise Conflict("这一行已不在等待", "刷新页面查看")
