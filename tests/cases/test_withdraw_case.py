"""撤回: before the decision, the applicant's own wish."""

from typing import Any

from tests.cases.makers import clerk, events, leg, legs, one_bundle, one_case, person, staff, who_handles
from yizhou.cases.actions import decide_case, suspend_case, withdraw_bundle, withdraw_case
from yizhou.cases.models import BundleCase, CasePause


def test_it_ends_and_may_be_filed_anew() -> None:
    who = person()
    case = withdraw_case(one_case(who), reason="已自行找到工作", actor=clerk())
    assert (case.status, case.result) == ("WITHDRAWN", "WITHDRAWN")
    assert one_case(who).case_no == "2025-000002"


def test_an_open_pause_ends_with_it() -> None:
    case = suspend_case(one_case(item="RET-12"), reason="PUBLICITY", actor=staff())
    withdraw_case(case, reason="不办了", actor=clerk())
    assert CasePause.objects.get().end_on is not None


def test_the_reason_is_wanted(refused: Any) -> None:
    case = one_case()
    with refused(case, "NO_REASON"):
        withdraw_case(case, reason="", actor=clerk())


def test_what_is_decided_stands(refused: Any) -> None:
    case = decide_case(one_case(item="RET-12"), outcome="approve", actor=staff())
    with refused(case, "STATUS"):
        withdraw_case(case, reason="不办了", actor=clerk())


def test_the_whole_bundle_without_starting_what_waits() -> None:
    bundle = one_bundle(chosen=("RET-01", "RET-02", "RET-11"))
    first = leg(bundle, "RET-11")
    decide_case(first, outcome="approve", hand_over=True, actor=who_handles(first))
    withdraw_bundle(bundle, reason="户籍另迁", actor=clerk())
    assert legs(bundle) == {"RET-01": "WITHDRAWN", "RET-02": "WITHDRAWN", "RET-11": "CLOSED"}
    assert events("case.released") == []
    assert BundleCase.objects.everywhere("test").get().status == "CLOSED"
    assert len(events("bundle.closed")) == 1
