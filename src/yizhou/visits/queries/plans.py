"""The plans of one person as their page and the card beside the axis show them, and the list of plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from yizhou.cases.queries.lists import Wanted, chip, sliced
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.scope import is_code
from yizhou.orgs.queries import child_names, full_division_name
from yizhou.people.models import Person
from yizhou.people.plugs import Card
from yizhou.visits.card import standing_contact
from yizhou.visits.models import MeasureState, Plan, PlanMeasure, PlanResult, PlanStatus

STATES = {MeasureState.DONE: "ok", MeasureState.DROPPED: "paused"}
STATUS_STATES = {PlanStatus.DRAFT: "", PlanStatus.IN_FORCE: "info", PlanStatus.EVALUATED: "ok"}
DUE = (("late", "有措施逾期"), ("over", "已到期待评估"))


def plan_page(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of ``visits/plan.html``: the plans of a person, newest first."""
    plans = list(Plan.objects.visible_to(actor).filter(person=person).order_by("-id"))
    measures: dict[int, list[PlanMeasure]] = {plan.pk: [] for plan in plans}
    for measure in PlanMeasure.objects.visible_to(actor).filter(plan__in=plans).order_by("due_on", "id"):
        measures[measure.plan_id].append(measure)
    has_draft = any(plan.status == PlanStatus.DRAFT for plan in plans)
    may_draft = actor.may("visits.draft_plan") and not has_draft and not person.is_gone(clock.today())
    return {
        "title": f"服务方案：{person.name}",
        "note": f"一人一策 · {full_division_name(person.household_area)}",
        "back_url": person.get_absolute_url(),
        "plans": [_plan(plan, measures[plan.pk], actor) for plan in plans],
        "draft_url": reverse("visits:draft_plan", args=[person.uid]) if may_draft else "",
        "has_contact": standing_contact(person, actor) is not None,
        "results": PlanResult.choices,
        "today": clock.today(),
    }


def _plan(plan: Plan, measures: list[PlanMeasure], actor: Actor) -> dict[str, Any]:
    status = PlanStatus(plan.status)
    is_open = status is not PlanStatus.EVALUATED
    settled = not any(measure.state == MeasureState.OPEN for measure in measures)

    def url(verb: str, fits: object) -> str:
        return reverse(f"visits:{verb}", args=[plan.uid]) if fits and actor.may(f"visits.{verb}") else ""

    return {
        "uid": plan.uid,
        "goals": plan.goals,
        "days": f"{plan.from_on} 至 {plan.to_on}",
        "from_on": plan.from_on,
        "to_on": plan.to_on,
        "drawn": f"{plan.drawn_by}，{clock.minute_of(plan.drawn_at)}",
        "status": status.label,
        "state": STATUS_STATES[status],
        "measures": [_measure(measure, status, actor) for measure in measures],
        "result": PlanResult(plan.result).label if plan.result else "",
        "evaluation": plan.evaluation,
        "evaluated": f"{plan.evaluated_by}，{plan.evaluated_on}" if plan.evaluated_on else "",
        "add_url": url("add_measure", is_open),
        "start_url": url("start_plan", status is PlanStatus.DRAFT and measures),
        "evaluate_url": url("evaluate_plan", status is PlanStatus.IN_FORCE and settled),
    }


def _measure(measure: PlanMeasure, status: PlanStatus, actor: Actor) -> dict[str, Any]:
    state = MeasureState(measure.state)
    late = state is MeasureState.OPEN and status is PlanStatus.IN_FORCE and measure.due_on < clock.today()
    settles = (
        state is MeasureState.OPEN and status is PlanStatus.IN_FORCE and actor.may("visits.settle_measure")
    )
    strikes = status is PlanStatus.DRAFT and actor.may("visits.strike_measure")
    return {
        "uid": measure.uid,
        "text": measure.text,
        "owner": measure.owner,
        "due_on": measure.due_on,
        "state": "逾期" if late else state.label,
        "tag": "late" if late else STATES.get(state, "info"),
        "note": " ".join(filter(None, (str(measure.settled_on or ""), measure.note))),
        "settle_url": reverse("visits:settle_measure", args=[measure.uid]) if settles else "",
        "strike_url": reverse("visits:strike_measure", args=[measure.uid]) if strikes else "",
    }


def plan_card(person: Person, actor: Actor) -> Card | None:
    """The plan in force, or that there is none, beside the life axis."""
    if person.is_gone(clock.today()):
        return None
    link = {"label": "打开", "url": reverse("visits:plan", args=[person.uid])}
    plan = Plan.objects.visible_to(actor).filter(person=person).exclude(status=PlanStatus.EVALUATED)
    newest = plan.order_by("-status", "-id").first()
    if newest is None:
        if person.contact_class != "KEY":
            return None
        return Card(rows=[{"title": "重点对象还没有服务方案", "tag": "待制定", "state": "warn"}], link=link)
    counts = PlanMeasure.objects.visible_to(actor).filter(plan=newest)
    told = counts.aggregate(
        whole=Count("id"),
        settled=Count("id", filter=~Q(state=MeasureState.OPEN)),
        late=Count("id", filter=Q(state=MeasureState.OPEN, due_on__lt=clock.today())),
    )
    is_late = bool(told["late"]) and newest.status == PlanStatus.IN_FORCE
    row = {
        "title": newest.goals[:40],
        "note": f"{newest.from_on} 至 {newest.to_on}，措施 {told['settled']} / {told['whole']} 条已登记",
        "tag": f"{told['late']} 条逾期" if is_late else PlanStatus(newest.status).label,
        "state": "late" if is_late else STATUS_STATES[PlanStatus(newest.status)],
    }
    return Card(rows=[row], link=link)


def list_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``visits/plans.html``."""
    wanted, today = Wanted.of(query, ("area", "status", "due")), clock.today()
    rows = Plan.objects.visible_to(actor)
    if is_code(area := wanted.filters.get("area", "")):
        rows = rows.in_area(area)
    if wanted.filters.get("status") in PlanStatus.values:
        rows = rows.filter(status=wanted.filters["status"])
    if wanted.filters.get("due") == "late":
        late = PlanMeasure.objects.visible_to(actor).due(today).filter(due_on__lt=today)
        rows = rows.filter(pk__in=late.values("plan"))
    if wanted.filters.get("due") == "over":
        rows = rows.filter(status=PlanStatus.IN_FORCE, to_on__lt=today)
    settled = Count("measures", filter=~Q(measures__state=MeasureState.OPEN))
    part = sliced(rows.select_related("person"), wanted)
    told = Plan.objects.visible_to(actor).filter(pk__in=[plan.pk for plan in part.rows])
    counts = {
        pk: (done, whole)
        for pk, done, whole in told.annotate(done=settled, whole=Count("measures")).values_list(
            "pk", "done", "whole"
        )
    }
    return {
        "title": "服务方案",
        "note": "一人一策：目标、措施、落实与评估",
        "filters": [
            chip(wanted, "area", "区域", [one for code in actor.areas for one in child_names(code)]),
            chip(wanted, "status", "状态", PlanStatus.choices),
            chip(wanted, "due", "期限", DUE),
        ],
        "clear_url": reverse("visits:plans"),
        "page": part.page,
        "rows": [_line(plan, *counts[plan.pk]) for plan in part.rows],
    }


def _line(plan: Plan, done: int, whole: int) -> dict[str, Any]:
    return {
        "url": plan.get_absolute_url(),
        "name": plan.person.name,
        "area": full_division_name(plan.person.household_area),
        "goals": plan.goals[:60],
        "days": f"{plan.from_on} 至 {plan.to_on}",
        "measures": f"{done} / {whole}",
        "status": PlanStatus(plan.status).label,
        "state": STATUS_STATES[PlanStatus(plan.status)],
        "result": PlanResult(plan.result).label if plan.result else "",
    }
