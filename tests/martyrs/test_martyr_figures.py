"""Figures about martyrs, counted by hand."""

import datetime as dt

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, value
from tests.martyrs.makers import martyr

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 6, 1)


def test_texts_approved_in_the_period_with_their_sources() -> None:
    for on in (BEFORE, FIRST, LAST, AFTER, None):
        martyr(on)
    martyr(DAY, native_area=OTHER)
    martyr(DAY, bio_sources="")
    martyr(DAY, bio_status="REVIEW")
    martyr(DAY, bio_status="DRAFT")
    assert [value("martyr_bios_standardized", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]
