"""手册第 23 章第 3、4、5 条, word for word."""

import datetime as dt
from typing import Any

import pytest

from tests.cases.makers import (
    again,
    at,
    clerk,
    events,
    leg,
    one_bundle,
    one_case,
    person,
    staff,
    system,
    who_handles,
)
from yizhou.cases.actions import (
    accept_case,
    decide_case,
    lapse_cases,
    request_supplement_case,
    resume_case,
    supplement_case,
    suspend_case,
)
from yizhou.cases.queries.facts import state_of
from yizhou.core import clock
from yizhou.core.workdays import Light
from yizhou.orgs.queries import work_calendar

# RET-12 教育培训报名: five workdays, handled by the bureau.
FIVE_DAYS = "RET-12"


def shown(case: Any) -> Any:
    """The clock of a case today."""
    return state_of(again(case), work_calendar(), clock.today()).clock


def test_3_five_workdays_over_the_may_holiday() -> None:
    case = one_case(item=FIVE_DAYS)
    assert case.due_on == dt.date(2025, 5, 6)
    assert shown(case).due_on == dt.date(2025, 5, 6)


def test_3_a_suspension_of_three_workdays_moves_the_day_by_three() -> None:
    case = one_case(item=FIVE_DAYS)
    with clock.at(at("2025-04-27 09:00")):
        case = suspend_case(case, reason="SITE_CHECK", actor=staff())
    with clock.at(at("2025-04-30 09:00")):
        case = resume_case(case, actor=staff())
        assert shown(case).due_on == dt.date(2025, 5, 9)
    assert case.due_on == dt.date(2025, 5, 6)
    assert case.paused_days == 3


def test_3_no_red_light_while_it_is_suspended() -> None:
    case = one_case(item=FIVE_DAYS)
    with clock.at(at("2025-04-28 09:00")):
        suspend_case(case, reason="PUBLICITY", actor=staff())
    with clock.at(at("2025-06-30 09:00")):
        assert shown(case).light is Light.PAUSED
        assert shown(case).due_on is None


def test_3_control_without_the_suspension_it_would_be_red() -> None:
    case = one_case(item=FIVE_DAYS)
    with clock.at(at("2025-06-30 09:00")):
        assert shown(case).light is Light.RED


def test_4_not_told_by_the_fifth_workday_is_accepted_when_it_came_in(refused: Any) -> None:
    case = one_case(item=FIVE_DAYS, materials={}, accept=False)
    with clock.at(at("2025-05-06 09:00")):
        assert lapse_cases(actor=system()).accepted == 0
    with clock.at(at("2025-05-07 09:00")):
        with refused(case, "DEEMED_ACCEPTED"):
            request_supplement_case(case, materials=["培训意向表"], actor=clerk())
        assert lapse_cases(actor=system()).accepted == 1
        assert lapse_cases(actor=system()).accepted == 0
    assert again(case).accepted_at == at("2025-04-25 09:30")
    assert again(case).due_on == dt.date(2025, 5, 6)
    assert [event.data["deemed"] for event in events("case.accepted")] == [True]


def test_4_everything_missing_is_told_at_once_and_never_twice(refused: Any) -> None:
    case = one_case(item=FIVE_DAYS, materials={}, accept=False)
    case = request_supplement_case(case, materials=["培训意向表"], actor=clerk())
    case = supplement_case(case, actor=clerk())
    with refused(case, "SAME_MATERIAL"):
        request_supplement_case(case, materials=["培训意向表"], actor=clerk())
    with refused(case, "TOLD_ONCE"):
        request_supplement_case(case, materials=["退役证件"], actor=clerk())
    # New circumstances, approved: the bureau may ask for another paper, never for the same.
    with refused(case, "SAME_MATERIAL"):
        request_supplement_case(case, materials=["培训意向表"], actor=staff())
    assert (
        request_supplement_case(case, materials=["退役证件"], actor=staff()).status == "CORRECTION_REQUIRED"
    )


def test_4_a_supplement_that_never_comes_withdraws_the_case() -> None:
    case = one_case(item=FIVE_DAYS, materials={}, accept=False)
    request_supplement_case(case, materials=["培训意向表"], actor=clerk())
    with clock.at(at("2025-05-20 09:00")):
        assert lapse_cases(actor=system()).withdrawn == 0
    with clock.at(at("2025-05-21 09:00")):
        assert lapse_cases(actor=system()).withdrawn == 1
    assert (again(case).status, again(case).result) == ("WITHDRAWN", "WITHDRAWN")


def test_5_the_identity_card_waits_for_the_household(refused: Any) -> None:
    bundle = one_bundle(chosen=("RET-01", "RET-02", "RET-03"))
    card = leg(bundle, "RET-03")
    with refused(card, "WAIT_PREV"):
        accept_case(card, actor=clerk())
    for item in ("RET-01", "RET-02"):
        before = leg(bundle, item)
        decide_case(before, outcome="approve", actor=who_handles(before))
    assert (leg(bundle, "RET-03").status, leg(bundle, "RET-03").due_on) == ("ACCEPTED", dt.date(2025, 5, 13))


def test_5_who_is_not_in_the_party_may_leave_that_item_out() -> None:
    assert leg_items(one_bundle(person(politics="13"))) & {"RET-05"} == set()
    assert leg_items(one_bundle(person("339900198803152041", politics="01"))) >= {"RET-05"}


def leg_items(bundle: Any) -> set[str]:
    """Items of the legs."""
    return set(bundle.legs.everywhere("test").values_list("item", flat=True))


@pytest.mark.parametrize("refused_item", ["RET-01", "RET-11"])
def test_5_a_refused_item_holds_no_other_up(refused_item: str) -> None:
    bundle = one_bundle(chosen=("RET-01", "RET-02", "RET-11"))
    one = leg(bundle, refused_item)
    decide_case(one, outcome="refuse", note="档案核实不符", actor=who_handles(one))
    for item in {"RET-01", "RET-02", "RET-11"} - {refused_item}:
        other = leg(bundle, item)
        if other.status == "WAIT_PREV":
            first = leg(bundle, "RET-01")
            decide_case(first, outcome="approve", actor=who_handles(first))
            other = leg(bundle, item)
        if other.completed_at is None:
            decide_case(other, outcome="approve", hand_over=True, actor=who_handles(other))
    assert {item: leg(bundle, item).result for item in ("RET-01", "RET-02", "RET-11")} == {
        "RET-01": "DONE",
        "RET-02": "DONE",
        "RET-11": "DONE",
        refused_item: "REFUSED",
    }
