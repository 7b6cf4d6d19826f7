"""核实: whoever answers for security says what it was, or raises it."""

from __future__ import annotations

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.watching.models import ReadingState, UnusualReading
from yizhou.watching.rules import blockers_to_settle

SETTLE = "watching.settle_reading"
KINDS = {ReadingState.EXPLAINED: "reading.explained", ReadingState.RAISED: "reading.raised"}


@action(SETTLE)
def settle_reading(reading: UnusualReading, state: str, note: str, *, actor: Actor) -> UnusualReading:
    """Settle an open line. Raises ``Refused`` for one's own looks, ``Conflict`` when it was settled meanwhile."""
    known = {value: kind for value, kind in KINDS.items() if value == state}
    refuse(
        blockers_to_settle(reading.account_id, actor.account_id, note, {str(k): v for k, v in known.items()})
    )
    mine = UnusualReading.objects.visible_to(actor).filter(pk=reading.pk, state=ReadingState.OPEN)
    settled = {"settled_by_id": actor.account_id, "settled_by": actor.name, "settled_at": clock.now()}
    if mine.update(state=state, note=note.strip(), **settled) != 1:
        raise Conflict("这条已由别人核实", "刷新页面查看")
    kind = KINDS[ReadingState(state)]
    record(actor, kind, reading, concern=Concern(area=reading.area), reason=note.strip(), rule=reading.rule)
    return reading
