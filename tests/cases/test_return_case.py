"""退回与重新派件, 转办: what lies with the wrong department finds its way, or ends with us."""

from typing import Any

from tests.cases.makers import clerk, department, events, one_case, staff
from yizhou.cases.actions import dispatch_case, refer_case, return_case, sign_case


def test_it_goes_back_and_out_again_to_another_department() -> None:
    case = return_case(one_case(), reason="缺参保凭证", actor=department("HUMAN_RESOURCES"))
    assert (case.status, case.return_count) == ("RETURNED", 1)
    case = dispatch_case(case, department="BUREAU", actor=clerk())
    assert (case.status, case.department, case.signed_at) == ("ACCEPTED", "BUREAU", None)
    assert sign_case(case, actor=staff()).status == "IN_PROGRESS"
    assert [event.kind for event in events()][-3:] == ["case.returned", "case.dispatched", "case.signed"]


def test_what_is_lacking_must_be_said(refused: Any) -> None:
    case = one_case()
    with refused(case, "NO_REASON"):
        return_case(case, reason=" ", actor=department("HUMAN_RESOURCES"))


def test_it_must_go_to_somebody(refused: Any) -> None:
    case = return_case(one_case(), reason="缺件", actor=department("HUMAN_RESOURCES"))
    with refused(case, "NO_DEPARTMENT"):
        dispatch_case(case, department="NOWHERE", actor=clerk())


def test_referring_ends_it_here() -> None:
    case = refer_case(one_case(accept=False), target="外县退役军人事务局", reason="户籍已迁出", actor=clerk())
    assert (case.status, case.result) == ("TRANSFERRED", "TRANSFERRED")
    assert case.result_note == "转外县退役军人事务局：户籍已迁出"


def test_referring_wants_a_target(refused: Any) -> None:
    case = one_case(accept=False)
    with refused(case, "NO_REASON"):
        refer_case(case, target="", reason="户籍已迁出", actor=clerk())
