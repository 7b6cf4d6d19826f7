"""补正收齐: the missing materials are there; the case goes on where it stood."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling, end_pause
from yizhou.cases.models import Case, CaseMaterial, Supplement
from yizhou.cases.rules.blockers import blockers_to_supplement
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.supplement_case")
def supplement_case(case: Case, *, note: str = "", actor: Actor) -> Case:
    """Take in everything that the open notice asked for."""
    handling = Handling(case, actor)
    handling.check(blockers_to_supplement)
    told = [notice for notice in handling.state.supplements if notice.answered_at is None]
    names = [name for notice in told for name in notice.materials]
    Supplement.objects.filter(pk__in=[notice.pk for notice in told]).update(answered_at=clock.now())
    handling.mark_papers(names, CaseMaterial.State.PROVIDED, handling.today)
    current = handling.case
    if current.accepted_at is None:
        handling.move("supplement", Status.SUBMITTED)
    else:
        days = end_pause(handling.state, handling.today)
        to = Status.IN_PROGRESS if current.signed_at else Status.ACCEPTED
        handling.move("supplement", to, paused_days=(current.paused_days or 0) + days, paused_since=None)
    handling.record("case.supplemented", reason=note, materials=names)
    return handling.case
