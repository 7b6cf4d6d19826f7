"""签收: within a workday, by the department that handles it."""

from typing import Any

from tests.cases.makers import at, clerk, department, events, one_case, staff
from yizhou.cases.actions import sign_case
from yizhou.core import clock


def test_in_time_and_late_stand_in_the_event() -> None:
    sign_case(one_case(), actor=department("HUMAN_RESOURCES"))
    assert [event.data["in_time"] for event in events("case.signed")] == [True]


def test_a_day_later_is_late() -> None:
    case = one_case()
    with clock.at(at("2025-04-28 09:00")):
        case = sign_case(case, actor=department("HUMAN_RESOURCES"))
    assert case.status == "IN_PROGRESS"
    assert [event.data["in_time"] for event in events("case.signed")] == [False]


def test_another_department_may_not(refused: Any) -> None:
    case = one_case()
    with refused(case, "NOT_YOURS"):
        sign_case(case, actor=department("POLICE"))
    with refused(case, "NOT_YOURS"):
        sign_case(case, actor=staff())


def test_twice_is_refused(refused: Any) -> None:
    case = sign_case(one_case(item="RET-12"), actor=clerk())
    with refused(case, "STATUS"):
        sign_case(case, actor=clerk())
