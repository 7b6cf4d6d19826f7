"""Figures about contacts, counted by hand."""

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
    person,
    post,
    rate,
    station,
    visit,
)
from tests.visits.makers import contact
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db
EVE = LAST - dt.timedelta(days=1)
NOWHERE = "339903000000"
TOUCH = ("liaison_coverage_rate", "one_to_one_contact_rate")
EVERY = (*TOUCH, "one_person_one_card_rate", "one_person_one_plan_rate")


@pytest.fixture(autouse=True)
def on_duty() -> None:
    """The contact of the makers has two posts, one of them given up."""
    here = station()
    post(here, "联系人")
    post(here, "联系人", post_type="PART_TIME", left_on=FIRST)


def key(**values: Any) -> Person:
    return person(contact_class="KEY", **values)


def touched(who: Person, when: str = "2025-06-01 09:00:00", **values: Any) -> Person:
    """With a contact, and spoken with on the telephone."""
    contact(who)
    visit(who, when, **{"purpose": "CONTACT", "method": "PHONE", "both_signed": None} | values)
    return who


def test_who_is_in_touch() -> None:
    twice = touched(key())
    visit(twice, "2025-07-01 09:00:00")
    touched(person(household_area=FAR_VILLAGE))
    person(contact_class="GENERAL")
    gone = touched(key(died_on=LAST))
    contact(gone, "又一人")
    touched(key(collected_on=AFTER))
    assert rate("liaison_coverage_rate") == (2, 3, 66.7)
    assert rate("liaison_coverage_rate", COUNTY) == (1, 2, 50.0)
    assert rate("liaison_coverage_rate", OTHER) == (1, 1, 100.0)
    assert rate("one_to_one_contact_rate") == (1, 1, 100.0)
    assert rate("one_to_one_contact_rate", OTHER) == (0, 0, None)


@pytest.mark.parametrize("code", EVERY)
def test_nobody_on_file_is_no_rate(code: str) -> None:
    assert rate(code) == (0, 0, None)
    touched(key())
    assert rate(code, NOWHERE) == (0, 0, None)


@pytest.mark.parametrize("code", TOUCH)
@pytest.mark.parametrize(
    ("when", "values", "counts"),
    [
        ("2025-01-01 00:00:00", {}, 1),
        ("2025-12-31 23:59:59", {}, 1),
        ("2024-12-31 23:59:59", {}, 0),
        ("2026-01-01 00:00:00", {}, 0),
        ("2025-06-01 09:00:00", {"completed": False}, 0),
        ("2025-06-01 09:00:00", {"method": "MASS"}, 0),
        ("2025-06-01 09:00:00", {"content": ""}, 0),
        ("2025-06-01 09:00:00", {"method": "HOME", "purpose": "CONSOLATION"}, 1),
    ],
)
def test_what_is_an_effective_contact(code: str, when: str, values: dict[str, Any], counts: int) -> None:
    touched(key(), when, **values)
    assert rate(code) == (counts, 1, 100.0 * counts)


@pytest.mark.parametrize("code", TOUCH)
@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({"assigned_on": LAST}, 1),
        ({"assigned_on": AFTER}, 0),
        ({"ended_on": LAST}, 0),
        ({"ended_on": AFTER}, 1),
        ({"staff": "无岗"}, 0),
        ({"staff": "离岗"}, 0),
        ({"staff": "次日离岗"}, 1),
        ({"staff": "次日到岗"}, 0),
    ],
)
def test_whose_contact_counts(code: str, values: dict[str, Any], counts: int) -> None:
    _posts()
    who = key()
    contact(who, **values)
    visit(who, "2025-06-01 09:00:00")
    assert rate(code) == (counts, 1, 100.0 * counts)


def _posts() -> None:
    """Three more, in another county: whose contact they are is what counts."""
    far = station(area=FAR_VILLAGE)
    post(far, "离岗", left_on=LAST)
    post(far, "次日离岗", left_on=AFTER)
    post(far, "次日到岗", started_on=AFTER)


def test_a_contact_without_a_visit_is_none_and_a_visit_without_a_contact_is_none() -> None:
    contact(key())
    visit(key(), "2025-06-01 09:00:00")
    assert rate("liaison_coverage_rate") == (0, 2, 0.0)


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({"card_signed_on": LAST}, 1),
        ({"card_signed_on": BEFORE}, 1),
        ({"card_signed_on": AFTER}, 0),
        ({"card_signed_on": None}, 0),
        ({"card_signed_on": FIRST, "ended_on": LAST}, 0),
        ({"card_signed_on": FIRST, "ended_on": AFTER}, 1),
        ({"card_signed_on": FIRST, "assigned_on": AFTER}, 0),
        ({"card_signed_on": FIRST, "staff": "离岗"}, 0),
        ({"card_signed_on": FIRST, "staff": "次日离岗"}, 1),
    ],
)
def test_whose_card_is_signed(values: dict[str, Any], counts: int) -> None:
    _posts()
    contact(person(), **values)
    assert rate("one_person_one_card_rate") == (counts, 1, 100.0 * counts)


def test_the_card_is_that_of_the_contact_on_duty() -> None:
    who = person()
    contact(who)
    contact(who, "无岗", card_signed_on=FIRST)
    other = person(household_area=FAR_VILLAGE)
    contact(other, card_signed_on=FIRST)
    contact(other, card_signed_on=FIRST)
    contact(person(moved_out_on=LAST), card_signed_on=FIRST)
    assert rate("one_person_one_card_rate") == (1, 2, 50.0)
    assert rate("one_person_one_card_rate", COUNTY) == (0, 1, 0.0)


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, 1),
        ({"plan_from": LAST, "plan_executed_on": LAST}, 1),
        ({"plan_from": AFTER, "plan_executed_on": AFTER}, 0),
        ({"plan_to": LAST}, 1),
        ({"plan_to": EVE}, 0),
        ({"plan_executed_on": LAST}, 1),
        ({"plan_executed_on": AFTER}, 0),
        ({"plan_executed_on": dt.date(2023, 12, 31)}, 0),
        ({"plan_executed_on": None}, 0),
        ({"plan_from": None}, 0),
        ({"ended_on": LAST}, 0),
        ({"ended_on": AFTER}, 1),
        ({"assigned_on": AFTER}, 0),
        ({"staff": "无岗"}, 1),
    ],
)
def test_whose_plan_is_carried_out(values: dict[str, Any], counts: int) -> None:
    plan = {"plan_from": dt.date(2024, 1, 1), "plan_executed_on": dt.date(2024, 1, 1)}
    contact(key(), **(plan | values))
    assert rate("one_person_one_plan_rate") == (counts, 1, 100.0 * counts)


def test_plans_of_key_persons_on_file_alone() -> None:
    plan = {"plan_from": FIRST, "plan_executed_on": FIRST}
    twice = key()
    contact(twice, **plan)
    contact(twice, **plan)
    contact(person(contact_class="GENERAL"), **plan)
    contact(key(deregistered_on=LAST), **plan)
    key(household_area=FAR_VILLAGE)
    assert rate("one_person_one_plan_rate") == (1, 2, 50.0)
    assert rate("one_person_one_plan_rate", OTHER) == (0, 1, 0.0)
