"""催办: the clock sets the level, each level once a day."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case, Urge
from yizhou.cases.rules.blockers import blockers_to_urge, urge_level
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.urge_case")
def urge_case(case: Case, *, note: str = "", actor: Actor) -> Case:
    """Urge whom the clock calls for: 1 the handler, 2 the head of section, 3 the leader in charge."""
    handling = Handling(case, actor)
    handling.check(blockers_to_urge)
    level = urge_level(handling.facts)
    Urge.objects.create(
        case=handling.case, level=level, urged_on=handling.today, by=actor.name, note=note[:300]
    )
    handling.record("case.urged", reason=note, level=level)
    return handling.case
