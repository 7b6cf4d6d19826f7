"""Figures about who is taken over from the forces, counted by hand."""

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
    figure,
    person,
    rate,
    value,
)
from tests.resettlement.makers import MID, registered, taken_over
from yizhou.resettlement.models import ResettlementPerson

pytestmark = pytest.mark.django_db
NOWHERE = "339903000000"


def test_soldiers_are_received_once_and_unless_sent_back() -> None:
    twice = taken_over("NCO", reported_on=FIRST).person
    taken_over("NCO", twice, reported_on=LAST)
    taken_over("CONSCRIPT", reported_on=LAST)
    taken_over("CONSCRIPT", reported_on=BEFORE)
    taken_over("CONSCRIPT", reported_on=AFTER)
    taken_over("OFFICER")
    taken_over("NCO", returned_on=LAST)
    taken_over("NCO", returned_on=AFTER)
    assert value("received_soldiers") == 3


def test_the_area_is_where_somebody_is_settled_and_not_his_household() -> None:
    taken_over("NCO", person(household_area=FAR_VILLAGE), area=COUNTY)
    taken_over("CONSCRIPT", area=OTHER)
    assert [value("received_soldiers", area) for area in ("", COUNTY, OTHER, NOWHERE)] == [2, 1, 1, 0]


@pytest.mark.parametrize("code", ["received_cadres", "received_cadres_2020"])
def test_officers_received(code: str) -> None:
    twice = taken_over("OFFICER", reported_on=FIRST).person
    taken_over("OFFICER", twice, reported_on=LAST)
    taken_over("OFFICER", reported_on=BEFORE)
    taken_over("OFFICER", reported_on=AFTER)
    taken_over("OFFICER", returned_on=LAST)
    taken_over("OFFICER", returned_on=AFTER, area=OTHER)
    taken_over("NCO")
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]
    assert figure(code, first=BEFORE, last=BEFORE).value == 1


def test_of_which_look_after_themselves() -> None:
    self_career, self_employed = {"placement_mode": "SELF_CAREER"}, {"placement_mode": "SELF_EMPLOYMENT"}
    twice = taken_over("OFFICER", **self_career).person
    taken_over("OFFICER", twice, **self_career)
    taken_over("OFFICER", **self_career, reported_on=AFTER)
    taken_over("OFFICER", **self_career, returned_on=MID)
    taken_over("OFFICER", **self_employed)
    taken_over("NCO", **self_career)
    assert value("self_career_cadres") == 1
    taken_over("NCO", **self_employed)
    taken_over("NCO", **self_employed, returned_on=LAST)
    taken_over("NCO", **self_employed, reported_on=BEFORE)
    taken_over("CONSCRIPT", **self_employed)
    assert value("self_employed_ncos") == 1


def test_ncos_received() -> None:
    taken_over("NCO", reported_on=FIRST)
    taken_over("NCO", reported_on=LAST, area=OTHER)
    taken_over("NCO", reported_on=AFTER)
    taken_over("CONSCRIPT")
    taken_over("OFFICER")
    assert [value("received_ncos", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]


def assigned(nature: str, **values: Any) -> ResettlementPerson:
    """A soldier who got his letter in the year 2025, having reported the year before."""
    given = {"reported_on": BEFORE, "letter_on": MID, "unit_nature": nature}
    return taken_over(**(given | values))


def test_where_assigned_soldiers_went() -> None:
    assigned("GOV", letter_on=FIRST)
    assigned("INSTITUTION", letter_on=LAST, identity="CONSCRIPT")
    twice = assigned("SOE_CITY").person
    assigned("SOE_CITY", who=twice)
    assigned("SOE_COUNTY")
    assigned("OTHER", area=OTHER)
    assigned("GOV", letter_on=BEFORE)
    assigned("GOV", letter_on=AFTER)
    assigned("GOV", letter_on=None)
    assigned("GOV", returned_on=LAST)
    assigned("GOV", identity="OFFICER")
    assigned("GOV", placement_mode="SELF_EMPLOYMENT")
    assert rate("assign_public_sector_rate") == (2, 5, 40.0)
    assert rate("assign_soe_rate") == (1, 5, 20.0)
    assert rate("assign_public_sector_rate", COUNTY) == (2, 4, 50.0)
    assert rate("assign_soe_rate", OTHER) == (0, 1, 0.0)
    assert rate("assign_public_sector_rate", NOWHERE) == (0, 0, None)
    assert rate("assign_soe_rate", NOWHERE) == (0, 0, None)


def test_households_registered_by_the_last_day_even_before_the_period() -> None:
    twice = taken_over("OFFICER")
    registered(twice, "2025-12-31 23:59:59")
    registered(twice)
    registered(taken_over("OFFICER", twice.person, area=OTHER))
    registered(taken_over("OFFICER"), "2024-12-01 10:00:00")
    registered(taken_over("OFFICER"), "2026-01-01 00:00:00")
    registered(taken_over("OFFICER"), None)
    registered(taken_over("OFFICER"), result="REFUSED")
    registered(taken_over("OFFICER"), item="RET-03")
    registered(taken_over("OFFICER", returned_on=LAST))
    registered(taken_over("OFFICER", reported_on=BEFORE))
    registered(taken_over("NCO"))
    assert [value("cadre_household_done", area) for area in ("", COUNTY, OTHER, NOWHERE)] == [2, 2, 1, 0]


@pytest.mark.parametrize(
    ("done", "values", "counts"),
    [
        ("2025-06-10 23:59:59", {}, 1),
        ("2025-06-11 00:00:00", {}, 0),
        ("2025-06-11 00:00:00", {"paused_days": 1}, 1),
        ("2025-06-12 00:00:00", {"paused_days": 1}, 0),
        ("2025-06-05 10:00:00", {"due_on": None}, 0),
        ("2024-06-05 10:00:00", {}, 1),
        ("2025-06-05 10:00:00", {"result": "REFUSED"}, 0),
        ("2025-06-05 10:00:00", {"item": "RET-01"}, 0),
        ("2026-01-01 00:00:00", {"due_on": dt.date(2026, 6, 1)}, 0),
    ],
)
def test_households_registered_in_time(done: str, values: dict[str, Any], counts: int) -> None:
    registered(taken_over("OFFICER"), done, **values)
    assert rate("cadre_household_rate") == (counts, 1, 100.0 * counts)


def test_one_case_in_time_is_enough() -> None:
    found = taken_over("OFFICER")
    registered(found, "2025-09-01 10:00:00")
    registered(found, "2025-06-01 10:00:00")
    taken_over("OFFICER", area=OTHER)
    taken_over("OFFICER", found.person)
    assert rate("cadre_household_rate") == (1, 2, 50.0)
    assert rate("cadre_household_rate", COUNTY) == (1, 1, 100.0)
    assert rate("cadre_household_rate", NOWHERE) == (0, 0, None)
