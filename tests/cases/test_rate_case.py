"""好差评: once, no default, bad ones closed by call-back and mending, untrue ones struck by a second person."""

from typing import Any

import pytest

from tests.cases.makers import actor, at, events, leader, one_case, person, staff, system
from yizhou.cases.actions import (
    decide_case,
    fix_rating,
    follow_up_rating,
    rate_case,
    void_rating,
)
from yizhou.cases.models import Rating
from yizhou.core import clock
from yizhou.core.refusal import Forbidden
from yizhou.events.models import Event
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.scope import Scope


def invited(who: Any = None) -> Rating:
    """The invitation of a case just finished."""
    case = decide_case(one_case(who, "RET-12"), outcome="approve", hand_over=True, actor=staff())
    rating: Rating = Rating.objects.everywhere("test").select_related("case").get(case=case)
    return rating


def bad() -> Rating:
    """A case rated not satisfied."""
    return rate_case(invited(), level="2", comment="等太久", actor=system())


def test_a_good_one_needs_no_call() -> None:
    rating = rate_case(invited(), level="5", actor=system())
    assert (rating.level, rating.follow_up_due_on) == ("5", None)
    given = events("rating.given")
    assert [event.data["level"] for event in given] == ["5"]


def test_staff_do_not_rate() -> None:
    with pytest.raises(Forbidden):
        rate_case(invited(), level="5", actor=staff())


@pytest.mark.parametrize("level", ["", "0", "6"])
def test_a_level_must_be_chosen(refused: Any, level: str) -> None:
    rating = invited()
    with refused(rating.case, "NO_LEVEL"):
        rate_case(rating, level=level, actor=system())


def test_only_once(refused: Any) -> None:
    rating = rate_case(invited(), level="4", actor=system())
    with refused(rating.case, "RATED"):
        rate_case(rating, level="5", actor=system())


def test_a_bad_one_is_called_back_mended_and_answered() -> None:
    rating = bad()
    assert str(rating.follow_up_due_on) == "2025-04-27"
    rating = follow_up_rating(rating, is_genuine=True, note="确实排队两小时", actor=staff())
    assert str(rating.fix_due_on) == "2025-05-20"
    rating = fix_rating(rating, note="增开窗口并致歉", actor=staff())
    assert rating.fixed_at == at("2025-04-25 09:30")
    assert [event.kind for event in events()][-2:] == ["rating.followed_up", "rating.fixed"]


def test_the_steps_keep_their_order(refused: Any) -> None:
    rating = bad()
    with refused(rating.case, "NOT_FOLLOWED_UP"):
        fix_rating(rating, note="已改", actor=staff())
    with refused(rating.case, "NOT_UNTRUE"):
        void_rating(rating, note="不实", actor=leader())


def test_an_untrue_one_is_struck_by_somebody_else(refused: Any) -> None:
    rating = follow_up_rating(bad(), is_genuine=False, note="评错了人", actor=staff())
    with refused(rating.case, "SAME_HANDS"):
        void_rating(rating, note="评错了人", actor=staff())
    with refused(rating.case, "NOT_GENUINE"):
        fix_rating(rating, note="已改", actor=staff())
    assert void_rating(rating, note="经核实评错了人", actor=leader()).voided is True


def test_satisfaction_leaves_struck_and_unanswered_ones_out() -> None:
    bad_one = follow_up_rating(bad(), is_genuine=False, note="评错了人", actor=staff())
    void_rating(bad_one, note="评错了人", actor=leader())
    rate_case(invited(person("339900198803152041", name="李敏")), level="3", actor=system())
    invited(person("33990019991201112X", name="王强"))
    scope = Scope("", clock.today(), clock.today())
    measured = INDICATORS["service_satisfaction_rate"](scope)
    assert (measured.numerator.value(), measured.denominator.value()) == (1, 1)


def test_the_log_names_nobody_who_rated() -> None:
    bad()
    event = Event.objects.everywhere("test").get(kind="rating.given")
    assert (event.actor, event.account_id) == ("系统", None)
    assert actor("WINDOW").may("cases.rate_case") is False
