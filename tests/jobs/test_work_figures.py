"""Figures about who looks for work, who offers it and who found it, counted by hand."""

import datetime as dt
from typing import Any

import pytest

from tests.indicators.makers import (
    AFTER,
    BEFORE,
    COUNTY,
    FAR_VILLAGE,
    FIRST,
    LAST,
    OTHER,
    VILLAGE,
    person,
    value,
)
from tests.jobs.makers import employer, job_post, outcome, seeker

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2019, 1, 1)


def test_job_seekers_registered() -> None:
    seeker(person(), registered_on=FIRST)
    seeker(person("D01", category="F01"), registered_on=LAST, status="EMPLOYED")
    seeker(person(died_on=LAST), registered_on=LONG_AGO, updated_on=FIRST)
    seeker(person(household_area=FAR_VILLAGE), registered_on=FIRST, updated_on=AFTER)
    assert value("job_seekers_registered") == 4
    assert [value("job_seekers_registered", area) for area in (COUNTY, OTHER)] == [3, 1]


@pytest.mark.parametrize(
    "values",
    [
        {"registered_on": BEFORE},
        {"registered_on": AFTER},
        {"registered_on": LONG_AGO, "updated_on": BEFORE},
        {"registered_on": BEFORE, "updated_on": AFTER},
        {"status": "VOID"},
    ],
)
def test_who_is_not_registered_in_the_period(values: dict[str, Any]) -> None:
    seeker(person(), **values)
    assert value("job_seekers_registered") == 0


def test_only_veterans_are_counted_as_looking_for_work() -> None:
    seeker(person(category="F01"))
    assert value("job_seekers_registered") == 0


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({"resident_from": LAST}, 1),
        ({"resident_from": AFTER}, 0),
        ({"resident_from": LONG_AGO, "resident_to": FIRST}, 1),
        ({"resident_from": LONG_AGO, "resident_to": BEFORE}, 0),
        ({"resident_to": LAST}, 0),
        ({"resident_from": FIRST, "approved_on": LAST}, 1),
        ({"resident_from": FIRST, "approved_on": AFTER}, 0),
        ({"resident_from": FIRST, "approved_on": None}, 0),
        ({"resident_from": FIRST, "delisted_on": AFTER}, 1),
        ({"resident_from": FIRST, "delisted_on": LAST}, 0),
        ({}, 0),
    ],
)
def test_resident_employers(values: dict[str, Any], counts: int) -> None:
    employer(**values)
    assert value("job_hotline_employers") == counts


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "counts"),
    [
        (LAST, None, 1),
        (AFTER, None, 0),
        (LONG_AGO, FIRST, 1),
        (LONG_AGO, BEFORE, 0),
        (LONG_AGO, None, 1),
    ],
)
def test_employers_with_an_open_post(opened_on: dt.date, closed_on: dt.date | None, counts: int) -> None:
    job_post(employer(), opened_on=opened_on, closed_on=closed_on, source="OTHER")
    job_post(employer(delisted_on=LAST))
    assert value("job_hotline_employers") == counts


def test_an_employer_counts_once_and_where_it_is() -> None:
    here = employer(resident_from=FIRST)
    job_post(here)
    job_post(here)
    job_post(employer(area=OTHER))
    assert [value("job_hotline_employers", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]


def test_alliance_posts() -> None:
    here = employer(area=VILLAGE)
    job_post(here, headcount=5, opened_on=FIRST, closed_on=FIRST)
    job_post(here, headcount=7, opened_on=LAST)
    job_post(here, headcount=100, opened_on=BEFORE)
    job_post(here, headcount=100, opened_on=AFTER)
    job_post(here, headcount=100, source="HOTLINE")
    job_post(employer(area=OTHER, approved_on=None), headcount=11)
    assert [value("alliance_posts", area) for area in ("", COUNTY, OTHER)] == [23, 12, 11]


def test_job_hotline_placed() -> None:
    twice = person(category="F01")
    outcome(twice, result_on=FIRST)
    outcome(twice, result_on=LAST, result="STARTED", evidence="LICENCE", voided=False)
    outcome(person(household_area=FAR_VILLAGE, moved_out_on=LAST))
    assert [value("job_hotline_placed", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]


def test_alliance_employed() -> None:
    twice = person(category="F01")
    outcome(twice, source="ALLIANCE", result_on=FIRST, evidence="")
    outcome(twice, source="ALLIANCE", result_on=LAST)
    outcome(person(household_area=FAR_VILLAGE), source="ALLIANCE", voided=False)
    outcome(person(), source="ALLIANCE", result="STARTED")
    assert [value("alliance_employed", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]


@pytest.mark.parametrize("code", ["job_hotline_placed", "alliance_employed"])
@pytest.mark.parametrize(
    "values",
    [
        {"result_on": BEFORE},
        {"result_on": AFTER},
        {"result": "NONE"},
        {"voided": True},
        {"source": "FAIR"},
    ],
)
def test_what_is_no_outcome_of_the_period(code: str, values: dict[str, Any]) -> None:
    source = "ALLIANCE" if code == "alliance_employed" else "JOB_HOTLINE"
    outcome(person(), **{"source": source} | values)
    assert value(code) == 0


def test_the_hotline_has_something_to_show() -> None:
    outcome(person(), evidence="")
    assert value("job_hotline_placed") == 0
