"""Giving up a row that waits for what it refers to."""

from __future__ import annotations

import uuid

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers.editing import DISCARD
from yizhou.ledgers.waiting import waiting_rows


@action(DISCARD)
def discard_waiting(uid: uuid.UUID, reason: str, *, actor: Actor) -> None:
    """Give a waiting row up. Raises ``Refused`` without a reason, ``LookupError`` when it is out of sight or gone."""
    row = waiting_rows(actor).select_for_update().filter(uid=uid).first()
    if row is None:
        raise LookupError("waiting")
    if not reason.strip():
        raise Refused([Blocker("REASON", "没有写明原因", "写明为什么不再等，例：查无此人")])
    concern, told = Concern(area=row.area), {"ledger": row.ledger, "row": row.title}
    record(actor, "waiting.discarded", row, concern=concern, reason=reason, **told)
    row.delete()
