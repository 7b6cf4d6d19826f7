"""作出决定: in favour or against; in favour, what the item names is produced in the same transaction."""

from __future__ import annotations

from typing import Literal

from yizhou.cases.actions.moving import Handling, invite_rating
from yizhou.cases.finishing import EFFECTS, Finished
from yizhou.cases.models import Case
from yizhou.cases.queries.facts import form_values
from yizhou.cases.rules.blockers import blockers_to_decide
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action


@action("cases.decide_case")
def decide_case(
    case: Case,
    *,
    outcome: Literal["approve", "refuse"],
    note: str = "",
    hand_over: bool = False,
    actor: Actor,
) -> Case:
    """Decide a case. ``hand_over`` delivers the result on the spot, unless a certificate has to be made first.

    Refused without a written reason when it goes against the applicant. The effect of the item, if any, runs in
    this transaction; whoever waited for the case may start.
    """
    handling = Handling(case, actor)
    if outcome not in ("approve", "refuse"):
        refuse([Blocker("NO_OUTCOME", "没有选同意还是不予", "选一项")])
    handling.check(blockers_to_decide, outcome, note)
    approved = outcome == "approve"
    delivered = hand_over and not (approved and handling.state.version.result == "certificate")
    moment = clock.now()
    handling.finish(
        "decide",
        Status.CLOSED if delivered else Status.DECIDED,
        "DONE" if approved else "REFUSED",
        note,
        signed_at=handling.case.signed_at or moment,
        delivered_at=moment if delivered else None,
    )
    produced = run_effect(handling) if approved else ""
    invite_rating(handling.case)
    handling.record("case.decided", reason=note, outcome=outcome, produced=produced, delivered=delivered)
    handling.join()
    return handling.case


def run_effect(handling: Handling) -> str:
    """What the item's effect made, in words; they are added to the result."""
    name = handling.state.version.effect
    if not name:
        return ""
    case = handling.case
    produced = EFFECTS[name](Finished(case, form_values(case.application)), handling.actor)
    if produced:
        handling.change(result_note="；".join(filter(None, (case.result_note, produced)))[:300])
    return produced
