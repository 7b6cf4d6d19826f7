"""受理并分发: one acceptance for all legs; those that wait for another begin when it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from yizhou.cases.actions.moving import due_text, start_clock, touch_bundle
from yizhou.cases.models import BundleCase, Case, CaseMaterial
from yizhou.cases.queries.facts import needs_of, version_of
from yizhou.cases.rules.bundles import BundleStatus, Leg, expected, is_done
from yizhou.cases.rules.states import Status
from yizhou.cases.telling import tell_of_bundle
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Forbidden, refuse
from yizhou.core.workdays import WorkCalendar
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record, record_many
from yizhou.orgs.queries import work_calendar

STARTED = ("status", "version", "accepted_at", "accepted_by", "due_on", "sign_due_on", "row_digest")
"""Columns that starting a leg changes."""
ACCEPT = "cases.accept_bundle"


@action(ACCEPT)
def accept_bundle(bundle: BundleCase, *, actor: Actor) -> BundleCase:
    """Accept every leg that still waits for acceptance; refused while a paper is neither there nor deferred."""
    touch_bundle(bundle.pk)
    legs = list(bundle.legs.everywhere("acceptance of a bundle").select_related("bundle").order_by("case_no"))
    refuse(blockers_of(bundle, legs))
    waiting = start_bundle(bundle, legs, actor, clock.now(), work_calendar())
    Case.objects.everywhere("acceptance of a bundle").bulk_update(waiting, STARTED)
    row = BundleCase.objects.everywhere("acceptance of a bundle").filter(pk=bundle.pk)
    row.update(status=bundle.status, accepted_at=bundle.accepted_at, due_on=bundle.due_on)
    record_start(bundle, waiting, actor)
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


def start_bundle(
    bundle: BundleCase, legs: Sequence[Case], actor: Actor, moment: dt.datetime, calendar: WorkCalendar
) -> list[Case]:
    """Start, in memory, a bundle and every leg that need not wait; the others wait from now on. The legs it changed.

    Raises ``Forbidden``: whoever files may not always accept. The bundle's row is held (``touch_bundle``, or it was made in this transaction), so no leg can move meanwhile.
    """
    if not actor.may(ACCEPT):
        raise Forbidden(ACCEPT)
    statuses = {leg.item: leg.state for leg in legs}
    waiting = [leg for leg in legs if leg.state is Status.SUBMITTED]
    for leg in waiting:
        needs = [n for n in needs_of(leg) if n in statuses and not is_done(statuses[n])]
        changes: dict[str, Any] = {"status": Status.WAIT_PREV}
        if not needs:
            started = start_clock(leg, moment, calendar)
            changes = {"status": Status.ACCEPTED, "accepted_by": actor.account_id, **started}
        for name, value in changes.items():
            setattr(leg, name, value)
        leg.version, leg.row_digest = leg.version + 1, None
    plan = [Leg(leg.item, "", needs_of(leg), leg.promised_days or 0) for leg in waiting]
    bundle.status, bundle.accepted_at = BundleStatus.IN_PROGRESS, moment
    bundle.due_on = max(one.due_on for one in expected(plan, moment, calendar).values())
    return waiting


def record_start(bundle: BundleCase, legs: Sequence[Case], actor: Actor) -> None:
    """One event for each leg that started, one for the bundle."""
    _record_accepted([leg for leg in legs if leg.state is Status.ACCEPTED], actor)
    concern = Concern(bundle.person_id, bundle.area)
    due_on = bundle.due_on.isoformat() if bundle.due_on else ""
    told: dict[str, Any] = {"no": bundle.case_no, "due_on": due_on, "legs": len(legs)}
    event = record(actor, "bundle.accepted", bundle, concern=concern, **told)
    tell_of_bundle(event, bundle, due_on)


def _record_accepted(started: Sequence[Case], actor: Actor) -> None:
    record_many(
        actor,
        "case.accepted",
        (
            (
                leg,
                Concern(leg.person_id, leg.area),
                {"no": leg.case_no, "item": leg.item, "due_on": due_text(leg), "deemed": False},
            )
            for leg in started
        ),
    )
