"""Files that were confirmed in the past year, as they are where stations keep to the cycle, and some people's plans."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.db.models.functions import Mod

from yizhou.core import clock
from yizhou.core.actor import Actor, worker_actor
from yizhou.demo.live import Cast
from yizhou.lifecycle.actions import note_signal, scan_life_events, settle_task, skip_task
from yizhou.lifecycle.models import LifeTask
from yizhou.lifecycle.templates_of import templates
from yizhou.orgs.permissions import granted_to
from yizhou.people.models import Person
from yizhou.visits import actions
from yizhou.visits.actions.plans import Outline, Step
from yizhou.visits.card import standing_contact
from yizhou.visits.models import Plan, PlanMeasure

PLANS = 24
SCANNED_AGO = 40
"""Days ago that the demonstration first read what had happened, so that some tasks are late."""
SETTLED = 60
MEASURES = ("上门了解就医情况", "协调住房修缮", "联系镇里医疗补助")
GROUPS, APART = 13, 27
"""The files of a group were confirmed so many days after those of the next; those of the last one were not."""


def confirm_most() -> None:
    """Set-wise and without an event each: nobody did it, the county is invented."""
    today = clock.today()
    people = Person.objects.everywhere("the demonstration").annotate(nth=Mod(F("id"), GROUPS))
    for nth in range(GROUPS - 1):
        people.filter(nth=nth).update(confirmed_on=today - dt.timedelta(days=nth * APART))


def plans() -> None:
    """Plans of some who are looked after closely, by the accounts of the demonstration: drafted, under way, evaluated."""
    cast, today = Cast(), clock.today()
    people = Person.objects.everywhere("the demonstration").registered(today).filter(contact_class="KEY")
    for nth, person in enumerate(people.order_by("id")[:PLANS]):
        keeper = cast.somebody("TOWN_STATION", person.household_area)
        if keeper is None or standing_contact(person, keeper) is None:
            continue
        outline = Outline("每季度上门一次，解决就医与住房困难", today, today + dt.timedelta(days=180))
        with clock.at(clock.now() - dt.timedelta(days=60)):
            plan = actions.draft_plan(person, _shifted(outline, -60), actor=keeper)
            for n, text in enumerate(MEASURES):
                due_on = plan.from_on + dt.timedelta(days=30 + 35 * n)
                actions.add_measure(plan, Step(text, "村站联系人（示例）", due_on), actor=keeper)
            if nth % 4:
                actions.start_plan(plan, actor=keeper)
        if nth % 4 > 1:
            _carry_out(plan, keeper, whole=nth % 4 == 3)


def _shifted(outline: Outline, days: int) -> Outline:
    assert outline.from_on is not None
    return Outline(outline.goals, outline.from_on + dt.timedelta(days=days), outline.to_on)


def _carry_out(plan: Plan, keeper: Actor, *, whole: bool) -> None:
    measures = PlanMeasure.objects.visible_to(keeper).filter(plan=plan).order_by("due_on")
    for measure in measures if whole else measures[:1]:
        actions.settle_measure(measure, is_done=True, note="已上门落实（示例）", actor=keeper)
    if whole:
        actions.evaluate_plan(plan, "REACHED", "困难已解决，转为一般联系（示例）", actor=keeper)


HEARD = {"TOLD": "同村人说近来没有见到本人（示例）", "PHONE": "本月三次打电话无人接听（示例）"}


def lives() -> None:
    """What had happened some weeks ago and since; some of its tasks done, some skipped, by the stations."""
    system = worker_actor(granted_to("SYSTEM"))
    with clock.at(clock.now() - dt.timedelta(days=SCANNED_AGO)):
        scan_life_events(actor=system)
    cast = Cast()
    _hints(cast)
    scan_life_events(actor=system)
    tasks = LifeTask.objects.everywhere("the demonstration").open().select_related("event__person")
    for nth, task in enumerate(tasks.order_by("id")[:SETTLED]):
        keeper = cast.somebody("TOWN_STATION", task.event.person.household_area)
        if keeper is None or nth % 3 == 0:
            continue
        listed = templates()[task.event.kind].task(task.code)
        if nth % 3 == 1 and listed and listed.skip:
            skip_task(task, listed.skip[0], actor=keeper)
        else:
            settle_task(task, "已上门办妥（示例）", actor=keeper)


def _hints(cast: Cast) -> None:
    """What was heard about two old people: of one enough for a visit, of the other not."""
    oldest = (
        Person.objects.everywhere("the demonstration").registered(clock.today()).order_by("birth_on", "id")
    )
    for person, kinds in zip(oldest[:2], (("TOLD", "PHONE"), ("PHONE",)), strict=False):
        keeper = cast.somebody("TOWN_STATION", person.household_area)
        for kind in kinds:
            if keeper is not None:
                note_signal(person, kind, clock.today(), HEARD[kind], actor=keeper)
