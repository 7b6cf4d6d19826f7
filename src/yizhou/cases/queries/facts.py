"""What the rules need to know of stored cases: clocks, materials, predecessors, who handles them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from yizhou.cases.models import Application, Case, CaseMaterial, CasePause, CoTask, Supplement, Urge
from yizhou.cases.queries.done import done_among
from yizhou.cases.queries.later import Later
from yizhou.cases.rules.blockers import CaseFacts, Limits
from yizhou.cases.rules.bundles import is_done
from yizhou.cases.rules.clock import Clock, Running, clock_of, statutory_due
from yizhou.cases.rules.states import Status
from yizhou.catalogue.queries import catalogue
from yizhou.catalogue.rules import ItemVersion
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.configured import parameter
from yizhou.core.workdays import Pause, WorkCalendar, effective_on
from yizhou.people.queries.facts import facts_of as person_facts_of

ENTER_FOR_DEPARTMENT = "cases.enter_for_department"
ASK_AGAIN = "cases.approve_second_supplement"
OWN_HANDS: Mapping[str, frozenset[str]] = {
    "BUREAU": frozenset({"BUREAU_LEADER", "BUREAU_STAFF", "CENTER_STAFF", "WINDOW"}),
    "TOWN_STATION": frozenset({"TOWN_STATION", "CENTER_STAFF"}),
    "VILLAGE_STATION": frozenset({"VILLAGE_STATION", "TOWN_STATION"}),
}
"""Departments of the veterans' system itself: which roles handle their cases."""


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The site's parameters, read once."""
    return Limits(
        notice_days=parameter("supplement_notice_workdays"),
        supplement_days=parameter("supplement_wait_workdays"),
        suspend_times=parameter("suspend_max_times"),
        urge_two_overdue=parameter("urge_level_two_overdue_workdays"),
        urge_three_overdue=parameter("urge_level_three_overdue_workdays"),
        sign_days=parameter("leg_sign_workdays"),
        callback_days=parameter("bad_rating_callback_workdays"),
        fix_days=parameter("bad_rating_fix_workdays"),
        deferred_days=parameter("deferred_material_workdays"),
    )


def version_of(case: Case) -> ItemVersion:
    """The version of the item the case was filed under; the newest for an item without one in force then."""
    item = catalogue().items[case.item]
    since = case.item_since or case.applied_at.date()
    return item.on(since) or item.newest


def item_name(code: str) -> str:
    """Name of an item or, for a code no longer in the catalogue, the code."""
    found = catalogue().items.get(code)
    return found.newest.name if found else code


def department_name(code: str, *, short: bool = False) -> str:
    """Name of a department; an unknown code is shown as it stands."""
    found = catalogue().departments.get(code)
    if found is None:
        return code
    return found.short if short else found.name


def handles(case: Case, actor: Actor) -> bool:
    """Whether the actor's side handles the case: its department, its role, or a clerk entering on behalf."""
    if actor.department and "CO_DEPT" in actor.roles:
        return case.department == actor.department
    roles = OWN_HANDS.get(case.department)
    if roles is not None:
        return not actor.roles.isdisjoint(roles)
    return actor.may(ENTER_FOR_DEPARTMENT)


def running_of(case: Case, pauses: Iterable[CasePause], waiting: str = "") -> Running:
    """The facts behind the clock of a case."""
    spans = [Pause(pause.start_on, pause.end_on) for pause in pauses]
    if not spans and case.paused_since and case.completed_at is None:
        spans = [Pause(case.paused_since)]
    return Running(
        accepted_at=case.accepted_at,
        promised_days=case.promised_days,
        pauses=spans,
        extended_days=case.extended_days,
        completed_at=case.completed_at,
        stored_due_on=case.due_on,
        paused_days=case.paused_days or 0,
        waiting=waiting,
    )


def clocks_of(cases: Iterable[Case], calendar: WorkCalendar, on: dt.date) -> dict[int, Clock]:
    """Clocks by inner id; one query for the pauses of all."""
    listed = list(cases)
    pauses: dict[int, list[CasePause]] = {}
    for pause in CasePause.objects.filter(case__in=[c.pk for c in listed]).order_by("start_on"):
        pauses.setdefault(pause.case_id, []).append(pause)
    return {c.pk: clock_of(running_of(c, pauses.get(c.pk, ())), on, calendar) for c in listed}


@dataclass(frozen=True)
class CaseState:
    """A case with everything the rules and its page look at; lists other than the pauses are read on first use."""

    case: Case
    version: ItemVersion
    pauses: Sequence[CasePause]
    supplements: Sequence[Supplement]
    materials: Sequence[CaseMaterial]
    urges: Sequence[Urge]
    co_tasks: Sequence[CoTask]
    waits_for: Sequence[str]
    clock: Clock
    on: dt.date


def state_of(case: Case, calendar: WorkCalendar, on: dt.date) -> CaseState:
    """Read what belongs to a case: one query now, at most five more when they are looked at."""
    version = version_of(case)
    pauses = list(case.pauses.order_by("start_on"))
    waits = waiting_for(case)
    return CaseState(
        case=case,
        version=version,
        pauses=pauses,
        supplements=Later(lambda: list(case.supplements.order_by("id"))),
        materials=Later(lambda: materials_of(case.application_id, version)),
        urges=Later(lambda: list(case.urges.order_by("-id"))),
        co_tasks=Later(lambda: list(case.co_tasks.order_by("id"))),
        waits_for=waits,
        clock=clock_of(running_of(case, pauses, "、".join(waits)), on, calendar),
        on=on,
    )


def materials_of(application_id: int | None, version: ItemVersion) -> list[CaseMaterial]:
    """Those papers of an application that the item asks for, in the item's order; none without an application."""
    if application_id is None:
        return []
    order = {name: place for place, name in enumerate(version.materials)}
    found = CaseMaterial.objects.filter(application_id=application_id, name__in=order)
    return sorted(found, key=lambda material: order[material.name])


def waiting_for(case: Case) -> list[str]:
    """Names of the items that must be done before: legs of the same bundle, or cases of the person."""
    if case.accepted_at is not None or case.state not in (Status.SUBMITTED, Status.WAIT_PREV):
        return []
    needs = needs_of(case)
    if not needs:
        return []
    if case.bundle_id:
        siblings = Case.objects.everywhere("legs of one bundle").filter(bundle_id=case.bundle_id)
        legs = dict(siblings.filter(item__in=needs).values_list("item", "status"))
        return [item_name(item) for item in needs if item in legs and not is_done(Status(legs[item]))]
    done = done_among(case.person_id, needs, person_facts_of(case.person), clock.today())
    return [item_name(item) for item in needs if item not in done]


def needs_of(case: Case) -> tuple[str, ...]:
    """Items that must be done before: by the bundle's plan, else by the item itself."""
    return version_of(case).needs if case.bundle is None else needs_in(case.bundle.bundle, case.item)


def needs_in(bundle: str, item: str) -> tuple[str, ...]:
    """Items that an item of a bundle waits for, by the bundle's plan."""
    plan = catalogue().bundles.get(bundle)
    return plan.step(item).needs if plan and item in plan.items else ()


def facts_of(state: CaseState, actor: Actor, calendar: WorkCalendar) -> CaseFacts:
    """The facts the blockers ask for."""
    on = state.on
    case, version = state.case, state.version
    received = effective_on(case.applied_at, calendar)

    def papers(kind: str) -> Later[str]:
        return Later(lambda: [material.name for material in state.materials if material.state == kind])

    statutory = None
    if case.accepted_at and version.statutory_days is not None:
        statutory = statutory_due(case.accepted_at, version.statutory_days, version.statutory_unit, calendar)
    return CaseFacts(
        status=case.state,
        on=on,
        clock=state.clock,
        is_handler=handles(case, actor),
        handler=department_name(case.department, short=True),
        has_form=case.application_id is not None,
        notice_until=calendar.add(received, limits().notice_days),
        waits_for=state.waits_for,
        missing=papers(CaseMaterial.State.MISSING),
        deferred=papers(CaseMaterial.State.DEFERRED),
        asked=Later(lambda: [name for told in state.supplements for name in told.materials]),
        may_ask_again=actor.may(ASK_AGAIN),
        supporting=version.co_depts,
        helping=Later(lambda: [task.department for task in state.co_tasks if task.answered_at is None]),
        own_department=actor.department,
        suspensions=case.suspensions,
        sign_due_on=case.sign_due_on if case.signed_at is None else None,
        is_extended=bool(case.extended_days),
        statutory_on=statutory,
        urged_today=Later(lambda: [urge.level for urge in state.urges if urge.urged_on == on]),
        makes=version.result,
        has_passed=case.result == "DONE",
        same_hands=case.accepted_by is not None and case.accepted_by == actor.account_id,
        limits=limits(),
    )


def form_values(application: Application | None) -> dict[str, str]:
    """What the form says, opened; empty for a case taken from a ledger."""
    return application.opened() if application else {}
