"""整体撤回: the applicant takes back every item of the form that is not decided yet."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling, touch_bundle
from yizhou.cases.actions.withdraw import withdraw_now
from yizhou.cases.models import BundleCase
from yizhou.cases.rules.blockers import blockers_to_withdraw
from yizhou.cases.rules.states import UNDECIDED
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action


@action("cases.withdraw_bundle")
def withdraw_bundle(bundle: BundleCase, *, reason: str, actor: Actor) -> BundleCase:
    """Withdraw all undecided legs; what is decided stands."""
    touch_bundle(bundle.pk)
    legs = bundle.legs.everywhere("withdrawal of a bundle").filter(status__in=UNDECIDED)
    # Successors first: withdrawing what they wait for would start their clocks for nothing.
    waiting = list(legs.order_by("-case_no"))
    if not waiting:
        refuse([Blocker("FINISHED", "各事项都已有结果，没有可撤回的")])
    for leg in waiting:
        handling = Handling(leg, actor)
        handling.check(blockers_to_withdraw, reason)
        withdraw_now(handling, reason)
    return bundle
