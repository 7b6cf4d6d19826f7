"""延期: approved once, before it is due, within the law; the promise stays on record."""

import datetime as dt
from typing import Any

import pytest

from tests.cases.makers import at, events, leader, leg, one_bundle, one_case, staff, who_handles
from yizhou.cases.actions import decide_case, extend_case
from yizhou.cases.queries.facts import state_of
from yizhou.core import clock
from yizhou.core.refusal import Forbidden
from yizhou.orgs.queries import work_calendar


def test_the_new_day_stands_beside_the_promise() -> None:
    case = extend_case(one_case(item="RET-12"), days=3, reason="承训机构停课", actor=leader())
    assert (case.due_on, case.extended_due_on) == (dt.date(2025, 5, 6), dt.date(2025, 5, 9))
    assert state_of(case, work_calendar(), clock.today()).clock.due_on == dt.date(2025, 5, 9)
    assert [event.data["days"] for event in events("case.extended")] == [3]


def test_only_once(refused: Any) -> None:
    case = extend_case(one_case(item="RET-12"), days=3, reason="停课", actor=leader())
    with refused(case, "EXTENDED"):
        extend_case(case, days=3, reason="停课", actor=leader())


def test_not_when_it_is_overdue(refused: Any) -> None:
    case = one_case(item="RET-12")
    with clock.at(at("2025-05-07 09:00")), refused(case, "OVERDUE"):
        extend_case(case, days=3, reason="停课", actor=leader())


@pytest.mark.parametrize(("days", "reason", "code"), [(0, "停课", "NO_DAYS"), (3, "", "NO_REASON")])
def test_days_and_reason_are_wanted(refused: Any, days: int, reason: str, code: str) -> None:
    case = one_case(item="RET-12")
    with refused(case, code):
        extend_case(case, days=days, reason=reason, actor=leader())


def test_not_beyond_the_law(refused: Any) -> None:
    # 居民身份证: sixty calendar days by law from 2025-04-25, so 2025-06-24 is the last.
    bundle = one_bundle(chosen=("RET-01", "RET-02", "RET-03"))
    for item in ("RET-01", "RET-02"):
        decide_case(leg(bundle, item), outcome="approve", actor=who_handles(leg(bundle, item)))
    case = leg(bundle, "RET-03")
    with refused(case, "BEYOND_LAW"):
        extend_case(case, days=31, reason="制证设备故障", actor=leader())
    assert extend_case(case, days=29, reason="制证设备故障", actor=leader()).extended_due_on == dt.date(
        2025, 6, 24
    )


def test_staff_may_not_approve_it() -> None:
    case = one_case(item="RET-12")
    with pytest.raises(Forbidden):
        extend_case(case, days=3, reason="停课", actor=staff())
