"""Figures about the films of the series, counted by hand."""

import datetime as dt

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, divisions, value
from tests.publicity.makers import reading
from yizhou.indicators.measures import Measure
from yizhou.indicators.queries import answer_of, by_child
from yizhou.indicators.scope import Scope

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.date(2025, 5, 1), dt.date(2025, 6, 1)


def both(area: str = "") -> tuple[object, object]:
    return value("micro_videos", area), value("micro_video_views", area)


def test_no_films() -> None:
    assert both() == (0, 0)


def test_a_film_belongs_to_the_period_of_its_first_day_on_any_platform() -> None:
    reading("甲", 1, FIRST, LAST)
    reading("乙", 2, LAST, LAST)
    reading("丙", 1000, BEFORE, JUNE)
    reading("丙", 1000, FIRST, JUNE, platform="微信")  # shown before, elsewhere
    reading("丁", 1000, AFTER, AFTER)
    reading("戊", 4, JUNE, JUNE, platform="微信")
    reading("戊", 8, AFTER, dt.date(2026, 2, 1))  # shown on another platform later
    assert both() == (3, 7)


def test_only_films_of_the_series() -> None:
    reading("甲", 1, JUNE, JUNE, series="OTHER")
    reading("乙", 1, JUNE, JUNE, series="")
    reading("丙", 1, JUNE, JUNE, kind="OTHER")
    assert both() == (0, 0)


def test_the_last_reading_counts_on_each_platform_not_the_highest_nor_their_sum() -> None:
    reading("甲", 900, MAY, JUNE)
    reading("甲", 500, MAY, LAST)  # corrected downwards
    reading("甲", 1000, MAY, AFTER)
    reading("甲", 30, JUNE, JUNE, platform="微信")
    reading("乙", 7, JUNE, JUNE)
    assert both() == (2, 537)
    behind = answer_of("micro_video_views", Scope("", FIRST, LAST))
    assert isinstance(behind, Measure)
    assert set(behind.found.values_list("views", flat=True)) == {500, 30, 7}


def test_a_film_read_only_later_has_no_views_yet() -> None:
    reading("甲", 900, JUNE, AFTER)
    assert both() == (1, 0)


def test_films_of_a_division_are_those_that_it_made() -> None:
    divisions()
    reading("甲", 1, JUNE, JUNE)
    reading("甲", 2, MAY, JUNE, platform="微信", area=OTHER)
    reading("乙", 4, JUNE, JUNE, area=OTHER)
    reading("丙", 8, BEFORE, JUNE)
    reading("丙", 16, JUNE, JUNE, platform="微信", area=OTHER)
    assert [both(area) for area in ("", COUNTY, OTHER)] == [(2, 7), (1, 1), (3, 22)]
    for code, wanted in (("micro_videos", [1, 3]), ("micro_video_views", [1, 22])):
        assert [found.value for _, found in by_child(code, Scope("", FIRST, LAST))] == wanted
