"""Figures about people, counted by hand on a small world."""

import datetime as dt

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
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_netted_veterans_are_on_file_and_archived_on_the_last_day() -> None:
    person()  # counts
    person("F01", category="D02")  # neither is a veteran's category
    person("V11", category="F01")  # a veteran by a further category
    person(archived_on=LAST)  # archived on the last day
    person(archived_on=AFTER)
    person(archived_on=None)
    person(collected_on=AFTER, archived_on=AFTER)
    assert value("netted_veterans") == 3


@pytest.mark.parametrize("field", ["died_on", "moved_out_on", "deregistered_on"])
def test_who_is_gone_by_the_last_day_is_not_netted(field: str) -> None:
    person(**{field: LAST})  # on the day itself no longer
    person(**{field: AFTER})
    assert value("netted_veterans") == 1


def test_netted_veterans_by_area_follow_the_registered_household() -> None:
    person()
    person()
    person(household_area=FAR_VILLAGE, residence_area="339901001201")
    assert [value("netted_veterans", area) for area in ("3399", COUNTY, OTHER, "339901001")] == [3, 2, 1, 2]


def test_archived_persons_lack_nothing_whatever_their_category() -> None:
    person()
    person(category="F01")
    person(missing_count=1)
    person(archived_on=None)
    assert value("archived_persons") == 2


def test_e_archives_count_the_day_of_completion_even_after_death() -> None:
    person(e_archive_on=FIRST)
    person(e_archive_on=LAST, died_on=LAST - DAY)
    person(e_archive_on=BEFORE)
    person(e_archive_on=AFTER)
    person(e_archive_on=None)
    person(e_archive_on=FIRST, category="F01")
    assert value("e_archives") == 2


def test_one_person_one_file_rate() -> None:
    person(e_archive_on=LAST, archive_complete=True)
    person(e_archive_on=AFTER, archive_complete=True)
    person(e_archive_on=LAST, archive_complete=None)  # empty counts as no
    person(e_archive_on=LAST, archive_complete=True, died_on=LAST)  # no longer on file
    assert rate("one_person_one_file_rate") == (1, 3, 33.3)


def test_one_person_one_file_rate_without_anybody_is_not_measured() -> None:
    assert rate("one_person_one_file_rate") == (0, 0, None)
