"""转办: not our authority's business; the case ends here and goes on elsewhere."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_refer
from yizhou.cases.rules.states import Status
from yizhou.core.actor import Actor
from yizhou.events.actions import action


@action("cases.refer_case")
def refer_case(case: Case, *, target: str, reason: str, actor: Actor) -> Case:
    """Pass the case to ``target``, an authority outside; the applicant is told where it went."""
    handling = Handling(case, actor)
    handling.check(blockers_to_refer, target, reason)
    handling.finish("refer", Status.TRANSFERRED, "TRANSFERRED", f"转{target.strip()}：{reason.strip()}")
    handling.record("case.referred", reason=reason, target=target[:100])
    handling.join()
    return handling.case
