"""一人一策: a plan is drafted, gets its measures, is put in force, carried out and evaluated (handbook §20, FT055).

What is in force stands in the ledger of contacts as well: the figures read it there, and a contact sees what to do.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.models import Person
from yizhou.visits.card import standing_contact
from yizhou.visits.models import ContactAssignment, MeasureState, Plan, PlanMeasure, PlanResult, PlanStatus

LONGEST = 1000


@dataclass(frozen=True)
class Outline:
    """What a plan is to reach, from when until when."""

    goals: str
    from_on: dt.date | None
    to_on: dt.date | None


@dataclass(frozen=True)
class Step:
    """One measure as somebody wrote it."""

    text: str
    owner: str
    due_on: dt.date | None


@action("visits.draft_plan")
def draft_plan(person: Person, outline: Outline, *, actor: Actor) -> Plan:
    """起草. Raises ``Refused``; ``Conflict`` while another draft of the person stands."""
    refuse(_blockers_of_outline(person, outline))
    assert outline.from_on is not None
    assert outline.to_on is not None
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                person=person,
                goals=outline.goals.strip(),
                from_on=outline.from_on,
                to_on=outline.to_on,
                drawn_by=actor.name,
                drawn_at=clock.now(),
            )
    except IntegrityError:
        raise Conflict("已有一份起草中的方案", "在那一份上改") from None
    _note(plan, actor, "plan.drafted", until=plan.to_on.isoformat())
    return plan


def _blockers_of_outline(person: Person, outline: Outline) -> list[Blocker]:
    found = []
    if person.is_gone(clock.today()):
        found.append(Blocker("GONE", "已去世、迁出或注销的对象不再制定方案", "记录有误的，请更正档案"))
    if not outline.goals.strip() or len(outline.goals.strip()) > LONGEST:
        found.append(Blocker("GOALS", f"没有写目标，或超过 {LONGEST} 字", "写明这份方案要达到什么"))
    if outline.from_on is None or outline.to_on is None or outline.to_on < outline.from_on:
        found.append(Blocker("DAYS", "方案起止日期不全，或止早于起", "写明从哪天到哪天"))
    return found


@action("visits.add_measure")
def add_measure(plan: Plan, step: Step, *, actor: Actor) -> PlanMeasure:
    """One more measure, of a draft or of a plan in force."""
    found = []
    if plan.status == PlanStatus.EVALUATED:
        found.append(Blocker("OVER", "已评估的方案不再加措施", "制定下一份方案"))
    if not step.text.strip() or not step.owner.strip():
        found.append(Blocker("TEXT", "没有写措施或责任人", "写明做什么、谁来做"))
    if step.due_on is None or not plan.from_on <= step.due_on <= plan.to_on:
        found.append(Blocker("DUE", f"期限应在方案期内（{plan.from_on} 至 {plan.to_on}）", "改一个日期"))
    refuse(found)
    assert step.due_on is not None
    measure = PlanMeasure.objects.create(
        plan=plan, text=step.text.strip()[:200], owner=step.owner.strip()[:60], due_on=step.due_on
    )
    if plan.status == PlanStatus.IN_FORCE:
        _tell_contact(plan, actor)
    _note(plan, actor, "plan.measure_added", due_on=step.due_on.isoformat())
    return measure


@action("visits.strike_measure")
def strike_measure(measure: PlanMeasure, *, actor: Actor) -> Plan:
    """Take a measure out of a draft; one of a plan in force is settled instead, with a note."""
    plan = measure.plan
    if plan.status != PlanStatus.DRAFT:
        raise Refused([Blocker("IN_FORCE", "执行中的方案不能去掉措施", "写为未落实并说明原因")])
    PlanMeasure.objects.visible_to(actor).filter(pk=measure.pk).delete()
    _note(plan, actor, "plan.measure_struck", text=measure.text)
    return plan


@action("visits.start_plan")
def start_plan(plan: Plan, *, actor: Actor) -> Plan:
    """开始执行: told to the standing contact; the plan before it must have been evaluated."""
    found = []
    others = Plan.objects.visible_to(actor).filter(person=plan.person_id, status=PlanStatus.IN_FORCE)
    if others.exists():
        found.append(Blocker("OTHER", "上一份方案还在执行", "先评估上一份"))
    if not PlanMeasure.objects.visible_to(actor).filter(plan=plan).exists():
        found.append(Blocker("EMPTY", "方案没有措施", "至少写一条"))
    if standing_contact(plan.person, actor) is None:
        found.append(Blocker("NO_CONTACT", "还没有一对一联系人", "先在一对一联系台账登记联系人"))
    refuse(found)
    _move(plan, actor, PlanStatus.DRAFT, status=PlanStatus.IN_FORCE)
    _tell_contact(plan, actor)
    _note(plan, actor, "plan.started", until=plan.to_on.isoformat())
    return plan


@action("visits.settle_measure")
def settle_measure(measure: PlanMeasure, *, is_done: bool, note: str, actor: Actor) -> Plan:
    """落实, or not: what was done, or why it was not."""
    plan = measure.plan
    found = []
    if plan.status != PlanStatus.IN_FORCE:
        found.append(Blocker("NOT_IN_FORCE", "方案不在执行中", "开始执行后再登记落实"))
    if not note.strip():
        found.append(Blocker("NOTE", "没有写落实情况", "写明做了什么，或为什么没有落实"))
    refuse(found)
    state = MeasureState.DONE if is_done else MeasureState.DROPPED
    mine = PlanMeasure.objects.visible_to(actor).filter(pk=measure.pk, state=MeasureState.OPEN)
    if mine.update(state=state, settled_on=clock.today(), note=note.strip()[:200]) != 1:
        raise Conflict("这条措施已登记过")
    if is_done:
        _tell_contact(plan, actor, plan_executed_on=clock.today())
    _note(plan, actor, "plan.measure_settled", note.strip(), done=is_done)
    return plan


@action("visits.evaluate_plan")
def evaluate_plan(plan: Plan, result: str, words: str, *, actor: Actor) -> Plan:
    """评估: when the plan is over or every measure is settled. The next plan is another draft."""
    open_ones = PlanMeasure.objects.visible_to(actor).filter(plan=plan, state=MeasureState.OPEN)
    today = clock.today()
    found = []
    if open_ones.exists():
        found.append(Blocker("OPEN", "还有措施没有登记落实情况", "逐条登记后再评估"))
    if result not in PlanResult.values:
        found.append(Blocker("RESULT", "没有选评估结果", "选一种"))
    if not words.strip() or len(words.strip()) > LONGEST:
        found.append(Blocker("WORDS", f"没有写评估意见，或超过 {LONGEST} 字", "写明成效与下一步"))
    refuse(found)
    changes = {
        "result": result,
        "evaluation": words.strip(),
        "evaluated_by": actor.name,
        "evaluated_on": today,
    }
    _move(plan, actor, PlanStatus.IN_FORCE, status=PlanStatus.EVALUATED, **changes)
    _note(plan, actor, "plan.evaluated", result=result)
    return plan


def _move(plan: Plan, actor: Actor, before: PlanStatus, **changes: Any) -> None:
    """Compare-and-set; whoever comes second gets ``Conflict``."""
    if Plan.objects.visible_to(actor).filter(pk=plan.pk, status=before).update(**changes) != 1:
        raise Conflict("这份方案已由别人办理")
    for name, value in changes.items():
        setattr(plan, name, value)


def _tell_contact(plan: Plan, actor: Actor, **more: Any) -> None:
    """Write what is in force to the row of who keeps in touch today; a new contact takes the plan over."""
    contact = standing_contact(plan.person, actor)
    if contact is None:
        return
    measures = PlanMeasure.objects.visible_to(actor).filter(plan=plan).order_by("due_on", "id")
    told = "；".join(measures.values_list("text", flat=True))
    mine = ContactAssignment.objects.visible_to(actor).filter(pk=contact.pk)
    mine.update(plan_measures=told, plan_from=plan.from_on, plan_to=plan.to_on, row_digest=None, **more)


def _note(plan: Plan, actor: Actor, kind: str, reason: str = "", **data: Any) -> None:
    concern = Concern(plan.person_id, plan.person.household_area)
    record(actor, kind, plan, concern=concern, reason=reason, **data)
