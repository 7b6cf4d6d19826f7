"""Figures about archives of honour, pictures and films, counted by hand."""

from typing import Any

import pytest

from tests.honours.makers import archive, asset
from tests.indicators.makers import AFTER, BEFORE, COUNTY, FAR_VILLAGE, FIRST, LAST, OTHER, person, value

pytestmark = pytest.mark.django_db


def test_archives_finished_in_the_period() -> None:
    for on in (BEFORE, FIRST, LAST, AFTER, None):
        archive(person(), on)
    archive(person(category="F01"), status="PUBLISHED")  # whoever it is about
    archive(person(household_area=FAR_VILLAGE, died_on="2025-07-01"))
    assert [value("honor_archive_veterans", area) for area in ("", COUNTY, OTHER)] == [4, 3, 1]


@pytest.mark.parametrize(
    "values",
    [
        {"status": "PARTIAL"},
        {"status": "DRAFT"},
        {"ledger_items": 0},
        {"archive_items": 0},
        {"image_items": None},
        {"video_items": 0},
    ],
)
def test_an_archive_wants_all_four_and_to_be_finished(values: dict[str, Any]) -> None:
    archive(person(), **values)
    assert value("honor_archive_veterans") == 0


def count(code: str) -> list[object]:
    return [value(code, area) for area in ("", COUNTY, OTHER)]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("honor_album_copies", "ALBUM"), ("veteran_photos", "PORTRAIT"), ("veteran_photos", "DOCUMENT_PHOTO")],
)
def test_pieces_of_the_period_that_passed(code: str, kind: str) -> None:
    assert count(code) == [0, 0, 0]
    asset(kind, BEFORE, pieces=1000)
    asset(kind, FIRST, pieces=5)
    asset(kind, LAST, pieces=7, area=OTHER)
    asset(kind, AFTER, pieces=1000)
    asset(kind, pieces=1000, review="FAIL")
    asset(kind, pieces=1000, review="PENDING")
    for other in ("ORAL_HISTORY", "OTHER"):
        asset(other, pieces=1000)
    assert count(code) == [12, 5, 7]


def test_portraits_and_documents_add_up_and_albums_are_no_photos() -> None:
    asset("PORTRAIT", pieces=3)
    asset("DOCUMENT_PHOTO", pieces=4)
    asset("ALBUM", pieces=50)
    assert (value("veteran_photos"), value("honor_album_copies")) == (7, 50)


def test_a_film_in_parts_counts_once() -> None:
    asset("ORAL_HISTORY", FIRST, work_no="甲")
    asset("ORAL_HISTORY", LAST, work_no="甲")
    asset("ORAL_HISTORY", work_no="甲", review="FAIL")  # its other parts passed
    asset("ORAL_HISTORY", BEFORE, work_no="乙")
    asset("ORAL_HISTORY", work_no="乙")  # one part in the period is enough
    asset("ORAL_HISTORY", BEFORE, work_no="丙")
    asset("ORAL_HISTORY", AFTER, work_no="丙")
    asset("ORAL_HISTORY", work_no="丁", review="PENDING")
    asset("PORTRAIT", work_no="戊")
    asset("ORAL_HISTORY", work_no="己", area=OTHER)
    assert count("oral_history_videos") == [3, 2, 1]
