"""Figures about walls of honour, events, posters and articles, counted by hand."""

import datetime as dt
from typing import Any

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, rate, value
from tests.publicity.makers import article, event, posters, school

pytestmark = pytest.mark.django_db
LECTURE, LAW = "SCHOOL_LECTURE", "VETERANS_LAW"


def count(code: str) -> list[object]:
    return [value(code, area) for area in ("", COUNTY, OTHER)]


def test_schools_with_an_accepted_wall() -> None:
    school(LAST)
    school(dt.date(2019, 1, 1))
    school(AFTER)
    school(built_on=dt.date(2024, 1, 1))  # built, not accepted
    school(LAST, closed_on=LAST)
    school(LAST, closed_on=AFTER)
    school(LAST, required=False)
    school(area=OTHER)
    assert rate("school_honor_wall_coverage") == (3, 6, 50.0)
    assert rate("school_honor_wall_coverage", COUNTY) == (3, 5, 60.0)
    assert rate("school_honor_wall_coverage", OTHER) == (0, 1, 0.0)
    assert rate("school_honor_wall_coverage", "339903000000") == (0, 0, None)


def test_lectures_at_schools_and_who_listened() -> None:
    event(LECTURE, BEFORE, attendees=1000)
    event(LECTURE, FIRST, attendees=30)
    event(LECTURE, LAST, attendees=30)
    event(LECTURE, AFTER, attendees=1000)
    event(LECTURE)  # nobody counted the pupils
    event(LECTURE, attendees=1000, status="PLANNED")
    event(LECTURE, attendees=1000, status="CANCELLED")
    event("LECTURE", attendees=1000)
    event(LECTURE, attendees=5, area=OTHER)
    assert count("school_lecture_sessions") == [4, 3, 1]
    assert count("school_lecture_youth_times") == [65, 60, 5]


def test_no_lectures_have_0_listeners() -> None:
    event(LECTURE)
    assert count("school_lecture_youth_times") == [0, 0, 0]


def test_events_of_any_kind_about_the_law() -> None:
    event("MEETING", BEFORE, topic=LAW)
    event("MEETING", FIRST, topic=LAW)
    event(LECTURE, LAST, topic=LAW)
    event("OTHER", AFTER, topic=LAW)
    event("MEETING", topic=LAW, status="PLANNED")
    event("MEETING", topic="POLICY")
    event("MEETING")
    event("EXHIBITION", topic=LAW, area=OTHER)
    assert count("law_publicity_sessions") == [3, 2, 1]


def test_posters_handed_out_not_those_printed() -> None:
    assert value("law_posters") == 0
    posters(1000, BEFORE)
    posters(20, FIRST, printed=500)
    posters(30, LAST)
    posters(1000, AFTER)
    posters(1000, kind="LEAFLET")
    posters(1000, topic="POLICY")
    posters(1000, topic="")
    posters(7, area=OTHER)
    assert count("law_posters") == [57, 50, 7]


LEVELS: list[tuple[str, str]] = [
    ("media_national", "NATIONAL"),
    ("media_ministry", "MINISTRY"),
    ("media_ministry", "PROVINCE"),
]


@pytest.mark.parametrize(("code", "level"), LEVELS)
def test_an_article_counts_once_for_each_medium(code: str, level: str) -> None:
    at_level: dict[str, Any] = {"level": level}
    article("甲", "日报", FIRST, **at_level)
    article("甲", "日报", LAST, **at_level)  # a reprint
    article("甲", "晚报", **at_level)
    article("乙", "日报", **at_level)
    article("丙", "日报", BEFORE, **at_level)
    article("丁", "日报", AFTER, **at_level)
    article("戊", "日报", adopted=False, **at_level)
    article("己", "日报", level="CITY")
    article("庚", "日报", area=OTHER, **at_level)
    assert count(code) == [4, 3, 1]


def test_number_and_medium_do_not_run_together() -> None:
    article("1", "23")
    article("12", "3")
    assert value("media_national") == 2


def test_levels_are_told_apart_and_two_of_them_share_an_article() -> None:
    article("甲", "官网", level="MINISTRY")
    article("甲", "官网", dt.date(2025, 6, 2), level="PROVINCE")
    article("乙", "官网", level="COUNTY")
    assert (value("media_ministry"), value("media_national")) == (1, 0)
