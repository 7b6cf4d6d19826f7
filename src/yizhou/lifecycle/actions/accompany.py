"""陪办: one member of staff goes through an event with the family, whichever offices its tasks lie with."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.lifecycle.models import EventState, LifeEvent
from yizhou.orgs.models import StaffPost


@action("lifecycle.accompany_event")
def accompany_event(
    event: LifeEvent, post: StaffPost | None, *, actor: Actor, seen: int | None = None
) -> LifeEvent:
    """Name who accompanies the family, or nobody. ``seen`` is who it was on the page that was looked at.

    Raises ``Refused`` for a fact that was corrected away, ``Conflict`` when a colleague named somebody meanwhile.
    """
    if event.state != EventState.STANDS:
        refuse([Blocker("REVOKED", "依据的事实已更正，不必再指定陪办人", "刷新页面查看")])
    mine = LifeEvent.objects.visible_to(actor).filter(pk=event.pk, companion=seen, state=EventState.STANDS)
    if mine.update(companion=post) != 1:
        raise Conflict("陪办人已由别人改过", "刷新页面查看")
    concern = Concern(event.person_id, event.person.household_area)
    record(actor, "life_event.accompanied", event, concern=concern, companion=post.name if post else "")
    return event
