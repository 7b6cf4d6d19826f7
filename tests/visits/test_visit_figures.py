"""Figures about visits, counted by hand."""

import pytest

from tests.indicators.makers import COUNTY, FAR_VILLAGE, OTHER, person, value, visit

pytestmark = pytest.mark.django_db


def test_visited_veterans_count_persons_and_not_visits() -> None:
    twice = person()
    visit(twice, "2025-01-01 00:00:00")
    visit(twice, "2025-12-31 23:59:59")
    gone = person(household_area=FAR_VILLAGE, died_on="2025-07-01", moved_out_on="2025-06-30")
    visit(gone, "2025-06-01 09:00:00")
    assert [value("visited_veterans", area) for area in ("", COUNTY, OTHER)] == [2, 1, 1]


@pytest.mark.parametrize(
    ("when", "values"),
    [
        ("2024-12-31 23:59:59", {}),
        ("2026-01-01 00:00:00", {}),
        ("2025-06-01 09:00:00", {"completed": False}),
        ("2025-06-01 09:00:00", {"both_signed": False}),
        ("2025-06-01 09:00:00", {"both_signed": None}),
        ("2025-06-01 09:00:00", {"purpose": "CONTACT"}),
    ],
)
def test_what_is_no_consolation_in_the_period(when: str, values: dict[str, object]) -> None:
    visit(person(), when, **values)
    assert value("visited_veterans") == 0


def test_only_veterans_are_visited_veterans() -> None:
    visit(person(category="F01"), "2025-06-01 09:00:00")
    visit(person("V13", category="F01"), "2025-06-01 09:00:00")
    assert value("visited_veterans") == 1
