"""补正: before acceptance no clock runs; after it the clock stands until everything is there."""

import datetime as dt
from typing import Any

from tests.cases.makers import at, clerk, events, one_case, staff
from yizhou.cases.actions import accept_case, request_supplement_case, sign_case, supplement_case
from yizhou.cases.models import CaseMaterial, CasePause
from yizhou.cases.queries.facts import state_of
from yizhou.core import clock
from yizhou.orgs.queries import work_calendar


def test_before_acceptance_it_goes_back_to_the_desk() -> None:
    case = one_case(item="RET-12", accept=False, materials={})
    case = request_supplement_case(case, materials=["培训意向表", "居民身份证", "退役证件"], actor=clerk())
    assert not CasePause.objects.exists()
    case = supplement_case(case, actor=clerk())
    assert case.status == "SUBMITTED"
    assert set(CaseMaterial.objects.values_list("state", flat=True)) == {"PROVIDED"}
    assert accept_case(case, actor=clerk()).status == "ACCEPTED"
    asked = events("case.supplement_requested")[0].data
    assert (asked["materials"], asked["due_on"]) == (["培训意向表", "居民身份证", "退役证件"], "2025-05-20")


def test_after_acceptance_the_clock_stands() -> None:
    case = sign_case(one_case(item="RET-12"), actor=staff())
    with clock.at(at("2025-04-28 09:00")):
        case = request_supplement_case(case, materials=["培训意向表"], actor=staff())
    with clock.at(at("2025-05-07 09:00")):
        assert state_of(case, work_calendar(), clock.today()).clock.due_on is None
        case = supplement_case(case, actor=clerk())
        due = state_of(case, work_calendar(), clock.today()).clock.due_on
    assert (case.status, case.paused_days, case.paused_since) == ("IN_PROGRESS", 9, None)
    # One day (04-27) was used; four remain from 05-07 on.
    assert due == dt.date(2025, 5, 12)


def test_nothing_chosen_is_refused(refused: Any) -> None:
    case = one_case(item="RET-12", accept=False, materials={})
    with refused(case, "NOTHING_MISSING"):
        request_supplement_case(case, materials=["与本事项无关的材料"], actor=clerk())


def test_there_must_be_a_notice_to_answer(refused: Any) -> None:
    case = one_case(item="RET-12")
    with refused(case, "STATUS"):
        supplement_case(case, actor=clerk())


def test_only_the_handler_asks_after_acceptance(refused: Any) -> None:
    case = one_case(item="RET-11")
    with refused(case, "NOT_YOURS"):
        request_supplement_case(case, materials=["退役证件"], actor=clerk())
