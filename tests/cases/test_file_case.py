"""收件: what is stored, what is refused, and that no number is lost."""

import datetime as dt
from typing import Any

import pytest

from tests.cases.makers import (
    again,
    clerk,
    events,
    filing,
    legs,
    one_bundle,
    one_case,
    person,
    station,
)
from yizhou.cases.actions import file_case
from yizhou.cases.models import BundleCase, Case, CaseCounter, CaseMaterial
from yizhou.cases.rules.states import Status


def test_a_case_is_filed_and_accepted_at_once() -> None:
    case = one_case()
    assert (case.case_no, case.item, case.area) == ("2025-000001", "RET-11", "339901001000")
    assert again(case).status == Status.ACCEPTED
    # One workday promised, filed on a Friday, Sunday the 27th is worked.
    assert again(case).due_on == dt.date(2025, 4, 27)
    assert [event.kind for event in events()] == ["case.filed", "case.accepted"]


def test_a_paper_that_is_missing_keeps_it_from_being_accepted() -> None:
    case = one_case(materials={"居民身份证": "PROVIDED"})
    assert again(case).status == Status.SUBMITTED
    assert [event.data["missing"] for event in events("case.filed")] == [["退役证件", "求职意向表"]]


def test_the_form_is_sealed() -> None:
    case = one_case()
    assert case.application is not None
    assert b"\xe9\xa9\xbe" not in bytes(case.application.secret or b"")
    assert case.application.opened()["job_intent"] == "驾驶"


def test_a_paper_handed_in_before_is_not_asked_for_again() -> None:
    who = person()
    one_case(who)
    case = one_case(who, "RET-12", materials={"培训意向表": "PROVIDED"})
    papers = dict(CaseMaterial.objects.filter(application=case.application).values_list("name", "state"))
    assert papers == {"培训意向表": "PROVIDED", "居民身份证": "REUSED", "退役证件": "REUSED"}
    assert again(case).status == Status.ACCEPTED


def test_the_same_item_cannot_be_filed_twice(refused: Any) -> None:
    who = person()
    case = one_case(who)
    with refused(case, "ALREADY_OPEN"):
        one_case(who)
    assert CaseCounter.objects.get(year=2025).last == 1


def test_who_is_not_eligible_is_told_why(refused: Any) -> None:
    who = person(politics="13")
    with refused(None, "NOT_ELIGIBLE"):
        one_case(who, "RET-05")
    assert not CaseCounter.objects.exists()


def test_nobody_files_for_a_person_of_another_town(refused: Any) -> None:
    who = person(household_area="339901002000")
    with refused(None, "OUTSIDE"):
        file_case(filing(who, "RET-11", ("RET-11",)), actor=station())


@pytest.mark.parametrize(("item", "code"), [("RET-01", "NO_AGENCY"), ("RET-11", "NO_AGENT")])
def test_agents_only_where_the_item_allows_and_named(refused: Any, item: str, code: str) -> None:
    with refused(None, code):
        one_case(person(), item, channel="AGENT")


def test_numbers_have_no_gaps_and_pass_over_imported_ones() -> None:
    first = one_case(person())
    Case.objects.everywhere("test").filter(pk=first.pk).update(case_no="2025-000002")
    CaseCounter.objects.update(last=0)
    assert one_case(person("339900198803152041", name="李敏")).case_no == "2025-000001"
    assert one_case(person("33990019991201112X", name="王强")).case_no == "2025-000003"


def test_the_thirteen_items_become_legs() -> None:
    bundle = one_bundle()
    assert legs(bundle) == {
        "RET-01": "ACCEPTED",
        "RET-02": "WAIT_PREV",
        "RET-03": "WAIT_PREV",
        "RET-04": "WAIT_PREV",
        "RET-06": "WAIT_PREV",
        "RET-07": "WAIT_PREV",
        "RET-08": "WAIT_PREV",
        "RET-09": "ACCEPTED",
        "RET-10": "WAIT_PREV",
        "RET-11": "ACCEPTED",
        "RET-12": "ACCEPTED",
        "RET-13": "ACCEPTED",
    }
    # A person outside the party is not asked to transfer his membership (handbook §23.5).
    numbers = (
        Case.objects.everywhere("test").filter(bundle=bundle).order_by("id").values_list("case_no", flat=True)
    )
    assert list(numbers)[:5] == [f"2025-000001-{n:02d}" for n in (1, 2, 3, 4, 6)]


def test_a_leg_needs_what_comes_before_it(refused: Any) -> None:
    with refused(None, "NEEDS"):
        one_bundle(chosen=("RET-03",))


def test_a_bundle_without_any_item_is_refused(refused: Any) -> None:
    with refused(None, "NOTHING_CHOSEN"):
        file_case(
            filing(person(), "return_home", chosen=()).__class__(
                person("339900198803152041"), "return_home", (), {}, {}, "HALL"
            ),
            actor=clerk(),
        )


def test_the_promise_of_the_whole_is_its_longest_way() -> None:
    bundle = one_bundle()
    stored = BundleCase.objects.everywhere("test").get(pk=bundle.pk)
    # 优待证: thirty workdays from Friday 2025-04-25; 06-02 is off.
    assert stored.due_on == dt.date(2025, 6, 11)
    assert stored.status == "IN_PROGRESS"
