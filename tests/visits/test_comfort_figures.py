"""Figures about who was consoled and what was given, counted by hand."""

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
    rate,
    value,
    visit,
)
from tests.visits.makers import comfort

pytestmark = pytest.mark.django_db
CONSOLED = [("key_beneficiary_visit_rate", "D01"), ("active_family_visit_rate", "F01")]
NOWHERE = "339903000000"


@pytest.mark.parametrize(("code", "category"), CONSOLED)
@pytest.mark.parametrize(
    ("when", "values", "counts"),
    [
        ("2025-01-01 00:00:00", {}, 1),
        ("2025-12-31 23:59:59", {}, 1),
        ("2024-12-31 23:59:59", {}, 0),
        ("2026-01-01 00:00:00", {}, 0),
        ("2025-06-01 09:00:00", {"purpose": "CONTACT"}, 0),
        ("2025-06-01 09:00:00", {"completed": False}, 0),
        ("2025-06-01 09:00:00", {"both_signed": False}, 0),
        ("2025-06-01 09:00:00", {"both_signed": None}, 0),
    ],
)
def test_consoled_by_a_visit(
    code: str, category: str, when: str, values: dict[str, Any], counts: int
) -> None:
    visit(person(category=category), when, **values)
    assert rate(code) == (counts, 1, 100.0 * counts)


@pytest.mark.parametrize(("code", "category"), CONSOLED)
@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({"signed_on": FIRST, "paid_on": BEFORE}, 1),
        ({"signed_on": LAST, "occasion": "QINGMING"}, 1),
        ({"signed_on": BEFORE}, 0),
        ({"signed_on": AFTER, "paid_on": LAST}, 0),
        ({"signed_on": None, "paid_on": LAST}, 0),
        ({"voided": True}, 0),
        ({"voided": False}, 1),
    ],
)
def test_consoled_by_a_gift(code: str, category: str, values: dict[str, Any], counts: int) -> None:
    comfort(person(category=category), **values)
    assert rate(code) == (counts, 1, 100.0 * counts)


def test_key_beneficiaries_on_file() -> None:
    both = person(category="A02")
    visit(both, "2025-06-01 09:00:00")
    comfort(both)
    comfort(both)
    comfort(person("S01", category="V02"))
    person(category="D05")
    comfort(person(category="A05", household_area=FAR_VILLAGE))
    comfort(person(category="V02"))
    comfort(person(category="F01"))
    comfort(person(category="D01", died_on=LAST))
    comfort(person(category="D01", collected_on=AFTER))
    assert rate("key_beneficiary_visit_rate") == (3, 4, 75.0)
    assert rate("key_beneficiary_visit_rate", COUNTY) == (2, 3, 66.7)
    assert rate("key_beneficiary_visit_rate", NOWHERE) == (0, 0, None)


def test_families_of_those_who_serve_are_counted_by_household() -> None:
    member = person(category="F01", household_no="H1")
    person(category="F01", household_no="H1")
    visit(member, "2025-06-01 09:00:00")
    comfort(member)
    # Consoled is a veteran of the household, but nobody who is family of somebody who serves.
    comfort(person(category="V02", household_no="H2"))
    person(category="F01", household_no="H2")
    # Consoled is a member who has moved out; the household is still there.
    comfort(person(category="F01", household_no="H3", moved_out_on=LAST))
    person(category="F01", household_no="H3")
    comfort(person(category="F01", household_no="H4", died_on=LAST))
    comfort(person("F01", category="V02"))
    comfort(person(category="F01", household_area=FAR_VILLAGE))
    person(category="F01")
    assert rate("active_family_visit_rate") == (3, 6, 50.0)
    assert rate("active_family_visit_rate", COUNTY) == (2, 5, 40.0)
    assert rate("active_family_visit_rate", OTHER) == (1, 1, 100.0)
    assert rate("active_family_visit_rate", NOWHERE) == (0, 0, None)


@pytest.mark.parametrize(
    ("code", "counted", "other"),
    [
        (
            "activity_consolation_amount",
            {"activity": "EVER_WITH_PARTY", "occasion": "QINGMING"},
            {"activity": "OTHER"},
        ),
        ("activity_consolation_amount", {"activity": "EVER_WITH_PARTY"}, {"activity": ""}),
        ("festival_consolation_amount", {"occasion": "SPRING"}, {"occasion": "DAILY"}),
        ("festival_consolation_amount", {"occasion": "ARMY_DAY", "form": "GOODS"}, {"occasion": "QINGMING"}),
    ],
)
def test_what_was_given_and_signed_for(code: str, counted: dict[str, Any], other: dict[str, Any]) -> None:
    assert value(code) == 0
    twice = person(died_on=FIRST)
    comfort(twice, **counted, signed_on=FIRST, amount_fen=1_500_000)
    comfort(twice, **counted, signed_on=LAST, amount_fen=1)
    comfort(person(household_area=FAR_VILLAGE), **counted, voided=False, amount_fen=20_000)
    comfort(**counted, signed_on=BEFORE)
    comfort(**counted, signed_on=AFTER, paid_on=LAST)
    comfort(**counted, signed_on=None, paid_on=LAST)
    comfort(**counted, voided=True)
    comfort(**other)
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [1.520001, 1.500001, 0.02]
