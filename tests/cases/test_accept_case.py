"""受理: the clock begins; refused while papers are missing or a predecessor is not done."""

import datetime as dt
from typing import Any

import pytest

from tests.cases.makers import again, at, clerk, department, events, leg, one_bundle, one_case
from yizhou.cases.actions import accept_bundle, accept_case, receive_material_case
from yizhou.cases.models import Case
from yizhou.core import clock
from yizhou.core.refusal import Conflict, Forbidden


def test_accepting_starts_the_clock_and_the_time_to_sign() -> None:
    case = accept_case(one_case(item="RET-12", accept=False), actor=clerk())
    assert (case.status, case.accepted_at, case.accepted_by) == ("ACCEPTED", at("2025-04-25 09:30"), 11)
    assert (case.due_on, case.sign_due_on) == (dt.date(2025, 5, 6), dt.date(2025, 4, 27))
    assert [(event.kind, event.data["due_on"]) for event in events("case.accepted")] == [
        ("case.accepted", "2025-05-06")
    ]


def test_after_five_in_the_afternoon_it_counts_from_the_next_workday() -> None:
    with clock.at(at("2025-04-25 17:01")):
        case = one_case(item="RET-12")
    assert case.due_on == dt.date(2025, 5, 7)


def test_same_day_items_are_due_on_the_day() -> None:
    assert one_case(item="RET-01").due_on == dt.date(2025, 4, 25)


def test_missing_papers_are_named(refused: Any) -> None:
    case = one_case(accept=False, materials={"居民身份证": "PROVIDED"})
    with refused(case, "MISSING"):
        accept_case(case, actor=clerk())
    case = receive_material_case(case, materials=["退役证件", "求职意向表"], actor=clerk())
    assert accept_case(case, actor=clerk()).status == "ACCEPTED"


def test_a_paper_may_be_deferred() -> None:
    papers = {"居民身份证": "PROVIDED", "退役证件": "DEFERRED", "求职意向表": "PROVIDED"}
    assert again(one_case(materials=papers)).status == "ACCEPTED"


def test_an_item_on_its_own_waits_for_what_it_needs(refused: Any) -> None:
    with refused(None, "NEEDS"):
        one_case(item="RET-02")


def test_twice_is_refused(refused: Any) -> None:
    case = one_case()
    with refused(case, "STATUS"):
        accept_case(case, actor=clerk())


def test_who_saw_an_older_state_is_told(refused: Any) -> None:
    case = one_case(accept=False, materials={})
    old = again(case)
    receive_material_case(case, materials=["居民身份证"], actor=clerk())
    with pytest.raises(Conflict):
        accept_case(old, actor=clerk())


def test_a_department_may_not(refused: Any) -> None:
    case = one_case(accept=False)
    with pytest.raises(Forbidden):
        accept_case(case, actor=department("HUMAN_RESOURCES"))
    assert again(case).status == "SUBMITTED"


def test_the_bundle_is_accepted_once(refused: Any) -> None:
    bundle = one_bundle(chosen=("RET-11", "RET-12"), accept=False)
    bundle = accept_bundle(bundle, actor=clerk())
    assert [event.data["legs"] for event in events("bundle.accepted")] == [2]
    with refused(leg(bundle, "RET-11"), "STATUS"):
        accept_bundle(bundle, actor=clerk())


def test_legs_that_start_no_longer_match_what_a_ledger_brought() -> None:
    """Otherwise taking in the older file again would find nothing changed."""
    bundle = one_bundle(chosen=("RET-11", "RET-12"), accept=False)
    rows = Case.objects.everywhere("test").filter(bundle=bundle)
    rows.update(row_digest=b"taken in")
    accept_bundle(bundle, actor=clerk())
    assert set(rows.values_list("row_digest", flat=True)) == {None}


def test_a_bundle_with_missing_papers_names_them_once(refused: Any) -> None:
    bundle = one_bundle(chosen=("RET-11", "RET-12"), accept=False, materials={})
    with refused(leg(bundle, "RET-11"), "MISSING"):
        accept_bundle(bundle, actor=clerk())
