"""一人一策: drafted, put in force, carried out, evaluated; the ledger of contacts and its figure follow."""

import datetime as dt
from typing import Any

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from tests.visits.makers import contact
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Refused
from yizhou.events.models import Event, Outcome
from yizhou.people.models import Person
from yizhou.visits import actions
from yizhou.visits.actions.plans import Outline, Step
from yizhou.visits.models import ContactAssignment, Plan, PlanMeasure
from yizhou.visits.queries.plans import plan_card
from yizhou.visits.worklists import due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = dt.date(2026, 3, 2)
OUTLINE = Outline("解决住房漏雨", TODAY, dt.date(2026, 12, 31))
MEND = Step("联系村委修缮屋顶", "沈玉兰", dt.date(2026, 3, 20))


@pytest.fixture(autouse=True)
def ground(db: None) -> None:
    county.divisions()


def staff(role: str = "TOWN_STATION", area: str = county.TOWN) -> Actor:
    return county.actor_of(county.account(role, area))


def events(kind: str) -> int:
    return Event.objects.everywhere("tests").filter(kind=kind, outcome=Outcome.DONE).count()


def measure_of(plan: Plan) -> PlanMeasure:
    return PlanMeasure.objects.everywhere("tests").filter(plan=plan).order_by("id")[0]


def running(person: Person, actor: Actor) -> Plan:
    contact(person)
    plan = actions.draft_plan(person, OUTLINE, actor=actor)
    actions.add_measure(plan, MEND, actor=actor)
    return actions.start_plan(plan, actor=actor)


def test_a_plan_from_draft_to_evaluation_on_its_page(client: PoliceClient) -> None:
    person = county.person(联系类别="重点")
    held = contact(person)
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert "重点对象还没有服务方案" in client.get(person.get_absolute_url()).content.decode()
    page = f"/visits/{person.uid}/plan/"
    sent = {"goals": "解决住房漏雨", "from_on": "2026-03-02", "to_on": "2026-12-31"}
    assert client.post(f"{page}draft/", {**sent, "once": "a"})["Location"] == page
    plan = Plan.objects.everywhere("tests").get()
    step = {"text": "联系村委修缮屋顶", "owner": "沈玉兰", "due_on": "2026-03-05"}
    client.post(f"/visits/plans/{plan.uid}/measures/", {**step, "once": "b"})
    assert not due(actor).exists(), "a draft is nobody's work yet"
    client.post(f"/visits/plans/{plan.uid}/start/", {"once": "c"})
    row = ContactAssignment.objects.everywhere("tests").get(pk=held.pk)
    assert (row.plan_measures, row.plan_from, row.plan_to, row.plan_executed_on) == (
        "联系村委修缮屋顶",
        TODAY,
        dt.date(2026, 12, 31),
        None,
    )
    [measure] = due(actor)
    assert "登记落实" in client.get(page).content.decode()
    settle = f"/visits/measures/{measure.uid}/settle/"
    client.post(settle, {"answer": "done", "note": "已修好", "once": "d"})
    assert ContactAssignment.objects.everywhere("tests").get(pk=held.pk).plan_executed_on == TODAY
    client.post(
        f"/visits/plans/{plan.uid}/evaluate/", {"result": "REACHED", "words": "不再漏雨", "once": "e"}
    )
    html = client.get(page).content.decode()
    for told in ("已评估", "目标达到", "不再漏雨", "已修好"):
        assert told in html
    assert [events(f"plan.{verb}") for verb in ("drafted", "started", "measure_settled", "evaluated")] == [
        1
    ] * 4
    assert person.name in client.get("/visits/plans/?status=EVALUATED").content.decode()


def test_without_a_contact_or_a_measure_nothing_starts() -> None:
    person, actor = county.person(), staff()
    plan = actions.draft_plan(person, OUTLINE, actor=actor)
    with pytest.raises(Refused, match="没有措施"):
        actions.start_plan(plan, actor=actor)
    actions.add_measure(plan, MEND, actor=actor)
    with pytest.raises(Refused, match="联系人"):
        actions.start_plan(plan, actor=actor)
    assert (Plan.objects.everywhere("tests").get().status, events("plan.started")) == ("DRAFT", 0)


def test_one_draft_and_one_plan_in_force_a_person() -> None:
    person, actor = county.person(), staff()
    running(person, actor)
    following = actions.draft_plan(person, OUTLINE, actor=actor)
    with pytest.raises(Conflict):
        actions.draft_plan(person, OUTLINE, actor=actor)
    actions.add_measure(following, MEND, actor=actor)
    with pytest.raises(Refused, match="上一份方案"):
        actions.start_plan(following, actor=actor)
    assert sorted(Plan.objects.everywhere("tests").values_list("status", flat=True)) == ["DRAFT", "IN_FORCE"]


@pytest.mark.parametrize(
    "outline",
    [
        Outline("", TODAY, TODAY),
        Outline("目标", None, TODAY),
        Outline("目标", TODAY, TODAY - dt.timedelta(days=1)),
    ],
)
def test_a_plan_says_what_and_until_when(outline: Outline) -> None:
    with pytest.raises(Refused):
        actions.draft_plan(county.person(), outline, actor=staff())
    assert (Plan.objects.everywhere("tests").exists(), events("plan.drafted")) == (False, 0)


def test_a_measure_is_settled_once_with_words_and_a_plan_is_evaluated_after() -> None:
    person, actor = county.person(), staff()
    plan = running(person, actor)
    measure = measure_of(plan)
    with pytest.raises(Refused, match="登记落实"):
        actions.evaluate_plan(plan, "REACHED", "好", actor=actor)
    with pytest.raises(Refused, match="落实情况"):
        actions.settle_measure(measure, is_done=True, note=" ", actor=actor)
    actions.settle_measure(measure, is_done=False, note="本人不愿搬", actor=actor)
    with pytest.raises(Conflict):
        actions.settle_measure(measure, is_done=True, note="改口", actor=actor)
    row = ContactAssignment.objects.everywhere("tests").get()
    assert (measure_of(plan).state, row.plan_executed_on) == ("DROPPED", None)
    with pytest.raises(Refused, match="评估结果"):
        actions.evaluate_plan(plan, "", "好", actor=actor)
    actions.evaluate_plan(plan, "MISSED", "换一个办法", actor=actor)
    with pytest.raises(Refused, match="不再加措施"):
        actions.add_measure(plan, MEND, actor=actor)


def test_a_draft_loses_a_measure_and_a_running_plan_does_not() -> None:
    person, actor = county.person(), staff()
    plan = actions.draft_plan(person, OUTLINE, actor=actor)
    actions.strike_measure(actions.add_measure(plan, MEND, actor=actor), actor=actor)
    assert not PlanMeasure.objects.everywhere("tests").exists()
    with pytest.raises(Refused, match="方案期内"):
        actions.add_measure(plan, Step("x", "y", dt.date(2027, 1, 1)), actor=actor)
    kept = actions.add_measure(plan, MEND, actor=actor)
    contact(person)
    actions.start_plan(plan, actor=actor)
    with pytest.raises(Refused, match="不能去掉"):
        actions.strike_measure(PlanMeasure.objects.everywhere("tests").get(pk=kept.pk), actor=actor)
    assert PlanMeasure.objects.everywhere("tests").exists()


def test_late_measures_show_on_the_card_and_a_new_contact_takes_the_plan_over(clock: Any) -> None:
    person, actor = county.person(), staff()
    plan = running(person, actor)
    clock.move_to(dt.datetime(2026, 3, 25, 9, tzinfo=dt.UTC))
    card = plan_card(person, actor)
    assert card is not None
    assert card.rows[0]["tag"] == "1 条逾期"
    later = contact(person, assigned_on=dt.date(2026, 3, 24))
    actions.settle_measure(measure_of(plan), is_done=True, note="修好", actor=actor)
    row = ContactAssignment.objects.everywhere("tests").get(pk=later.pk)
    assert (row.plan_from, row.plan_executed_on) == (TODAY, dt.date(2026, 3, 25))


def test_plans_of_other_areas_are_not_there(client: PoliceClient) -> None:
    person = county.person()
    plan = running(person, staff())
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    assert client.get(f"/visits/{person.uid}/plan/").status_code == 404
    assert client.post(f"/visits/plans/{plan.uid}/evaluate/", {"once": "a"}).status_code == 404
    assert person.name not in client.get("/visits/plans/").content.decode()
