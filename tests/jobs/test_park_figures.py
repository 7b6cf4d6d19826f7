"""Figures about parks for founders, counted by hand."""

import pytest

from tests.indicators.makers import AFTER, COUNTY, FIRST, LAST, OTHER, TOWN, value
from tests.jobs.makers import park

pytestmark = pytest.mark.django_db
CODES = ("incubator_parks", "park_investment", "park_floor_area")


def values(area: str = "") -> list[object]:
    """All figures about parks, in the order of ``CODES``."""
    return [value(code, area) for code in CODES]


def test_parks_in_use() -> None:
    assert values() == [0, 0, 0]
    park(opened_on=LAST, total_investment_fen=130_000_000_00, floor_area=80_000.5, area=TOWN)
    park(closed_on=AFTER, total_investment_fen=1_00, floor_area=0.25)
    park(area=OTHER)
    park(closed_on=LAST, total_investment_fen=999_00, floor_area=999)
    park(closed_on=FIRST, total_investment_fen=999_00, floor_area=999)
    park(opened_on=AFTER, total_investment_fen=999_00, floor_area=999)
    assert values() == [3, 1.30000001, 8.000075]
    assert values(COUNTY) == [2, 1.30000001, 8.000075]
    assert values(OTHER) == [1, 0, 0]
