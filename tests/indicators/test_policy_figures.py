"""Figures about policy documents, counted by hand."""

import datetime as dt
from typing import Any

import pytest

from tests.indicators.makers import (
    AFTER,
    BEFORE,
    CITY,
    COUNTY,
    FIRST,
    LAST,
    OTHER,
    TOWN,
    divisions,
    figure,
    value,
)
from tests.policy.makers import LONG_AGO, document
from yizhou.indicators.queries import answer_of, by_child
from yizhou.indicators.scope import Scope
from yizhou.policy.models import PolicyDocument

pytestmark = pytest.mark.django_db
ROLES = {
    "policy_master_plans": "MASTER",
    "policy_supporting_plans": "SUPPORTING",
    "service_standards_total": "SPEC",
}


@pytest.mark.parametrize("code", ROLES)
def test_documents_in_force(code: str) -> None:
    master = document("MASTER", effective_from=AFTER).doc_no
    role = ROLES[code]
    document(role, effective_from=LAST, parent_no=master)
    document(role, effective_to=LAST, parent_no=master, area=TOWN)
    document(role, effective_to=AFTER, parent_no=master, area=OTHER)
    document(role, effective_to=LAST - dt.timedelta(days=1), parent_no=master)
    document(role, effective_from=AFTER, parent_no=master)
    document("OTHER", parent_no=master)
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]
    assert [value(other) for other in ROLES if other != code] == [0, 0]


def test_a_supporting_plan_supports_a_master_plan() -> None:
    over = document("MASTER", effective_to=BEFORE, area=OTHER).doc_no
    document("SUPPORTING", parent_no=over)
    document("SUPPORTING", parent_no=document("SPEC").doc_no)
    document("SUPPORTING")
    assert [value("policy_supporting_plans", area) for area in ("", COUNTY, OTHER)] == [1, 1, 0]


def plan(years: int | None, since: dt.date, **values: Any) -> PolicyDocument:
    """A development plan."""
    return document("DEVELOPMENT_PLAN", plan_years=years, effective_from=since, **values)


def test_the_latest_development_plan_tells_its_years() -> None:
    assert figure("dev_plan_years").value is None
    plan(9, AFTER)
    plan(9, LAST, effective_to=LAST - dt.timedelta(days=1))
    assert (figure("dev_plan_years").value, figure("dev_plan_years").reason) == (None, "期内没有记录")
    plan(10, LONG_AGO)
    plan(5, FIRST, effective_to=LAST)
    plan(3, LONG_AGO, area=OTHER)
    assert [value("dev_plan_years", area) for area in ("", COUNTY, OTHER)] == [5, 5, 3]
    plan(None, LAST)
    assert value("dev_plan_years") is None


@pytest.mark.parametrize(
    ("numbers", "years"), [(("甲-9", "甲-10"), 1), (("b-1", "B-2"), 1), (("a", "a1"), 2)]
)
def test_of_plans_of_one_day_the_greatest_number_counts(numbers: tuple[str, str], years: int) -> None:
    for n, doc_no in enumerate(numbers, 1):
        plan(n, FIRST, doc_no=doc_no)
    assert value("dev_plan_years") == years


def test_a_part_may_have_another_plan_than_the_whole_and_opens_into_it() -> None:
    divisions()
    plan(5, FIRST)
    plan(3, LONG_AGO, area=OTHER)
    scope = Scope(CITY, FIRST, LAST)
    assert [part.value for _, part in by_child("dev_plan_years", scope)] == [5, 3]
    answer: Any = answer_of("dev_plan_years", scope)
    assert [row.plan_years for row in answer.found] == [5]
