"""受理并分发: one acceptance for all legs; those that wait for another begin when it is done."""

from __future__ import annotations

from django.db.models import F

from yizhou.cases.actions.moving import record_case, start_clock, touch_bundle
from yizhou.cases.models import BundleCase, Case, CaseMaterial
from yizhou.cases.queries.facts import needs_of, version_of
from yizhou.cases.rules.bundles import BundleStatus, Leg, expected, is_done
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.orgs.queries import work_calendar


@action("cases.accept_bundle")
def accept_bundle(bundle: BundleCase, *, actor: Actor) -> BundleCase:
    """Accept every leg that still waits for acceptance; refused while a paper is neither there nor deferred."""
    touch_bundle(bundle.pk)
    legs = list(bundle.legs.everywhere("acceptance of a bundle").select_related("bundle").order_by("case_no"))
    refuse(blockers_of(bundle, legs))
    dispatch_legs(bundle, legs, actor)
    return bundle


def blockers_of(bundle: BundleCase, legs: list[Case]) -> list[Blocker]:
    """Why a bundle cannot be accepted."""
    waiting = [leg for leg in legs if leg.state is Status.SUBMITTED]
    if not waiting:
        return [Blocker("STATUS", "没有待受理的事项", "各事项已经受理或结束")]
    asked = {name for leg in waiting for name in version_of(leg).materials}
    missing = CaseMaterial.objects.filter(
        application_id=bundle.application_id, state=CaseMaterial.State.MISSING, name__in=asked
    )
    names = "、".join(missing.order_by("id").values_list("name", flat=True))
    return [Blocker("MISSING", f"材料不齐：{names}", "收齐后登记，或办理容缺")] if names else []


def dispatch_legs(bundle: BundleCase, legs: list[Case], actor: Actor) -> None:
    """Start every leg that need not wait, mark the others as waiting, and promise a day for the whole."""
    calendar, moment = work_calendar(), clock.now()
    statuses = {leg.item: leg.state for leg in legs}
    waiting = [leg for leg in legs if leg.state is Status.SUBMITTED]
    for leg in waiting:
        open_needs = [n for n in needs_of(leg) if n in statuses and not is_done(statuses[n])]
        if open_needs:
            _set(leg, {"status": Status.WAIT_PREV})
            continue
        _set(
            leg,
            {
                "status": Status.ACCEPTED,
                "accepted_by": actor.account_id,
                **start_clock(leg, moment, calendar),
            },
        )
        record_case(actor, "case.accepted", leg, due_on=leg.due_on.isoformat() if leg.due_on else "")
    plan = [Leg(leg.item, "", needs_of(leg), leg.promised_days or 0) for leg in waiting]
    due_on = max(one.due_on for one in expected(plan, moment, calendar).values())
    accepted = BundleCase.objects.everywhere("acceptance of a bundle").filter(pk=bundle.pk)
    accepted.update(status=BundleStatus.IN_PROGRESS, accepted_at=moment, due_on=due_on)
    bundle.status, bundle.accepted_at, bundle.due_on = BundleStatus.IN_PROGRESS, moment, due_on
    concern = Concern(bundle.person_id, bundle.area)
    record(
        actor,
        "bundle.accepted",
        bundle,
        concern=concern,
        no=bundle.case_no,
        due_on=due_on.isoformat(),
        legs=len(waiting),
    )


def _set(leg: Case, changes: dict[str, object]) -> None:
    mine = Case.objects.everywhere("compare-and-set of one leg").filter(
        pk=leg.pk, status=leg.status, version=leg.version
    )
    if mine.update(version=F("version") + 1, **changes) != 1:
        raise Conflict("本件刚被他人办理")
    for name, value in changes.items():
        setattr(leg, name, value)
    leg.version += 1
