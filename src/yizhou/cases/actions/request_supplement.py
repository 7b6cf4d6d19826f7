"""一次告知补正: everything that is missing in one notice; the clock, where it runs, stands until it is there."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.cases.actions.moving import Handling, begin_pause
from yizhou.cases.models import Case, CaseMaterial, CasePause, Supplement
from yizhou.cases.queries.facts import limits
from yizhou.cases.rules.blockers import blockers_to_request_supplement
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.request_supplement_case")
def request_supplement_case(case: Case, *, materials: Sequence[str], note: str = "", actor: Actor) -> Case:
    """Tell the applicant what is missing; it may be handed in within the site's number of workdays."""
    handling = Handling(case, actor)
    wanted = [name for name in handling.state.version.materials if name in materials]
    handling.check(blockers_to_request_supplement, wanted)
    stops = handling.case.accepted_at is not None
    handling.move(
        "request_supplement",
        Status.CORRECTION_REQUIRED,
        paused_since=handling.today if stops else None,
    )
    due_on = handling.calendar.add(handling.today, limits().supplement_days)
    Supplement.objects.create(
        case=handling.case, materials=wanted, note=note[:300], notified_at=clock.now(), due_on=due_on
    )
    handling.mark_papers(wanted, CaseMaterial.State.MISSING)
    if stops:
        begin_pause(handling.case, CasePause.Kind.CORRECTION, handling.today)
    handling.record("case.supplement_requested", reason=note, materials=wanted, due_on=due_on.isoformat())
    return handling.case
