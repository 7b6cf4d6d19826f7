"""Figures about loans to founders and what is paid of their interest, counted by hand."""

import re
from typing import Any

import pytest

from tests.indicators.makers import (
    AFTER,
    BEFORE,
    CITY,
    COUNTY,
    FAR_VILLAGE,
    FIRST,
    LAST,
    OTHER,
    divisions,
    figure,
    person,
    rate,
    value,
)
from tests.indicators.opened import known
from tests.indicators.people_of_the_house import signed_in
from tests.jobs.makers import loan, subsidy
from tests.support.client import PoliceClient
from yizhou.indicators.queries import by_child
from yizhou.indicators.scope import Scope

pytestmark = pytest.mark.django_db
NUMBER = "330483197001011235"


def test_loans_paid_out() -> None:
    twice = person()
    loan(twice, disbursed_on=FIRST, principal_fen=123_456_78)
    loan(twice, disbursed_on=LAST, kind="OTHER", qualification="FAIL")
    loan(person(household_area=FAR_VILLAGE), principal_fen=None)
    loan(person(), disbursed_on=BEFORE)
    loan(person(), disbursed_on=AFTER)
    loan(person(), disbursed_on=None)
    assert [value("startup_loan_cases", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]
    amounts = [value("startup_loan_amount", area) for area in ("", COUNTY, OTHER)]
    assert amounts == [0.0022345678, 0.0022345678, 0]


def test_who_may_have_a_guaranteed_loan_and_what_they_had() -> None:
    twice = person()
    loan(twice, qualified_on=FIRST, principal_fen=300_000_00, disbursed_on=LAST)
    loan(twice, qualified_on=LAST, principal_fen=150_000_01, disbursed_on=LAST)
    loan(person(), principal_fen=200_000_00, disbursed_on=AFTER)
    loan(person(household_area=FAR_VILLAGE), disbursed_on=None, principal_fen=None)
    assert [value("loan_qualified_persons", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]
    assert [value("loan_qualified_amount", area) for area in ("", COUNTY, OTHER)] == [45.000001, 45.000001, 0]
    assert rate("avg_loan_per_person") == (45.000001, 3, 15.0)
    assert rate("avg_loan_per_person", COUNTY) == (45.000001, 2, 22.5)
    assert rate("avg_loan_per_person", OTHER) == (0, 1, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"qualified_on": BEFORE},
        {"qualified_on": AFTER, "disbursed_on": None},
        {"qualified_on": None, "qualification": "PENDING"},
        {"qualification": "FAIL"},
        {"qualification": "PENDING"},
        {"kind": "OTHER"},
    ],
)
def test_who_was_not_found_to_qualify_in_the_period(values: dict[str, Any]) -> None:
    loan(person(), **values)
    assert (value("loan_qualified_persons"), value("loan_qualified_amount")) == (0, 0)
    assert rate("avg_loan_per_person") == (0, 0, None)
    assert figure("avg_loan_per_person").reason == "分母为 0"


@pytest.mark.parametrize(
    ("fen", "persons", "average"), [(4_500_000_00, 13, 34.62), (100_50, 2, 0.01), (100_00, 8, 0.0)]
)
def test_the_average_is_rounded_half_up_to_two_decimals(fen: int, persons: int, average: float) -> None:
    for n in range(persons):
        loan(person(), principal_fen=0 if n else fen)
    assert value("avg_loan_per_person") == average


def test_the_average_of_each_division_and_what_it_opens_into(client: PoliceClient) -> None:
    divisions()
    loan(known(NUMBER), principal_fen=250_000_00)
    loan(known(NUMBER, household_area=FAR_VILLAGE), principal_fen=400_000_00)
    loan(known(NUMBER, household_area=FAR_VILLAGE), disbursed_on=None, principal_fen=None)
    below = by_child("avg_loan_per_person", Scope(CITY, FIRST, LAST))
    assert [(part.numerator, part.denominator, part.value) for _, part in below] == [(25, 1, 25), (40, 2, 20)]
    path = "/indicators/avg_loan_per_person/rows/?from=2025-01-01&to=2025-12-31"
    html = signed_in(client).get(path).content.decode()
    text = re.sub(r"<.*?>|\s+", "", html)
    assert "21.67万元" in text
    assert "分子65" in text
    assert "合计65" in text
    assert "个百分点" not in text
    assert len(set(re.findall(r">(L\d+)</a>", html))) == 2
    html = client.get(f"{path}&part=denominator").content.decode()
    assert len(set(re.findall(r">(L\d+)</a>", html))) == 3


def test_interest_subsidies() -> None:
    twice = person()
    subsidy(loan(twice), paid_on=FIRST)
    subsidy(loan(twice), paid_on=LAST, amount_fen=10_000_01)
    subsidy(loan(person(household_area=FAR_VILLAGE), kind="OTHER", disbursed_on=BEFORE), amount_fen=1)
    assert [value("interest_subsidy_persons", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]
    amounts = [value("interest_subsidy_amount", area) for area in ("", COUNTY, OTHER)]
    assert amounts == [1.123458, 1.123457, 0.000001]


@pytest.mark.parametrize(
    "values",
    [
        {"paid_on": BEFORE},
        {"paid_on": AFTER},
        {"paid_on": None, "status": "PENDING"},
        {"status": "REJECTED"},
        {"status": "PENDING"},
    ],
)
def test_what_was_not_paid_of_the_interest(values: dict[str, Any]) -> None:
    subsidy(loan(person()), **values)
    assert (value("interest_subsidy_persons"), value("interest_subsidy_amount")) == (0, 0)
