"""Figures about commendations, counted by hand."""

import datetime as dt
from typing import Any

import pytest

from tests.honours.makers import award
from tests.indicators.makers import (
    AFTER,
    BEFORE,
    COUNTY,
    FIRST,
    LAST,
    OTHER,
    divisions,
    figure,
    value,
)
from yizhou.indicators.measures import Measure
from yizhou.indicators.queries import answer_of, by_child
from yizhou.indicators.scope import Scope

pytestmark = pytest.mark.django_db
FATHERS: Any = {"recipient_type": "GROUP", "recipient": "35个爸爸"}
ROWS: dict[str, Any] = {
    "special_work_award": {"kind": "SPECIAL_WORK"},
    "essay_org_award": {"kind": "ESSAY_ORG"},
    "essay_national_first": {"kind": "ESSAY", "level": "NATION", "grade": "FIRST"},
    "excellent_articles": {"kind": "ARTICLE", "recipient_type": "ARTICLE", "grade": "EXCELLENT"},
    "role_models": {"kind": "ROLE_MODEL", "recipient_type": "GROUP"},
}
PERSONS: dict[str, Any] = {
    "publicity_advanced_persons": {"kind": "PUBLICITY_PERSON"},
    "exemplary_rep_count": {"kind": "EXEMPLARY_SPEECH"},
    "national_top100_directors": {"kind": "TOP100_DIRECTOR"},
    "china_good_person": {"kind": "GOOD_PERSON"},
}


@pytest.mark.parametrize("code", ROWS)
def test_commendations_of_the_period(code: str) -> None:
    row = ROWS[code]
    assert value(code) == 0
    for on in (BEFORE, FIRST, LAST, AFTER):
        award(on=on, **row)
    award(revoked_on=LAST, **row)  # on the very day it no longer stands
    award(revoked_on=AFTER, **row)
    award(area=OTHER, **row)
    award(**row | {"kind": "OTHER"})
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [4, 3, 1]


@pytest.mark.parametrize("code", PERSONS)
def test_persons_honoured_count_once(code: str) -> None:
    row = PERSONS[code]
    award(who="甲", on=FIRST, **row)
    award(who="甲", on=LAST, **row)
    award(who="甲", area=OTHER, **row)
    award(who="乙", on=BEFORE, **row)
    award(who="乙", on=AFTER, **row)
    award(who="丙", revoked_on=LAST, **row)
    award(who="丁", revoked_on=AFTER, **row)
    award(who="戊", kind="OTHER")
    award(recipient_type="ORG", **row)  # nobody with an identity number
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [2, 2, 1]


@pytest.mark.parametrize("code", [code for code in PERSONS if code != "national_top100_directors"])
def test_groups_are_no_persons(code: str) -> None:
    award(who="甲", recipient_type="GROUP", **PERSONS[code])
    assert value(code) == 0


def test_directors_count_whatever_they_are_called() -> None:
    award("TOP100_DIRECTOR", who="甲", recipient_type="ORG")
    assert value("national_top100_directors") == 1


def test_essays_and_articles_want_their_level_and_grade() -> None:
    for wrong in ({"level": "PROVINCE"}, {"level": ""}, {"grade": "SECOND"}, {"grade": ""}):
        award(**ROWS["essay_national_first"] | wrong)
    for wrong in ({"recipient_type": "PERSON"}, {"grade": "FIRST"}, {"grade": ""}):
        award(**ROWS["excellent_articles"] | wrong)
    assert (value("essay_national_first"), value("excellent_articles")) == (0, 0)


def test_role_models_are_persons_and_groups_counted_by_rows() -> None:
    award("ROLE_MODEL", who="甲")
    award("ROLE_MODEL", who="甲")
    award("ROLE_MODEL", recipient_type="GROUP")
    award("ROLE_MODEL", recipient_type="ORG")
    award("ROLE_MODEL", recipient_type="ARTICLE")
    assert value("role_models") == 3


def test_members_of_the_35_fathers_whenever_they_were_named() -> None:
    assert value("role_model_35_dads") == 0
    award("ROLE_MODEL", dt.date(2019, 1, 1), member_count=35, **FATHERS)
    award("ROLE_MODEL", LAST, member_count=4, area=OTHER, **FATHERS)
    award("ROLE_MODEL", **FATHERS)  # how many is not known
    award("ROLE_MODEL", AFTER, member_count=100, **FATHERS)
    award("ROLE_MODEL", member_count=100, revoked_on=LAST, **FATHERS)
    award("ROLE_MODEL", member_count=100, **FATHERS | {"recipient": "36个爸爸"})
    award("ROLE_MODEL", member_count=100, **FATHERS | {"recipient_type": "ORG"})
    award("OTHER", member_count=100, **FATHERS)
    assert [value("role_model_35_dads", area) for area in ("", COUNTY, OTHER)] == [39, 35, 4]


STREAKS = {"double_support_city_streak": "DOUBLE_SUPPORT_CITY", "most_beautiful_years": "MOST_BEAUTIFUL"}


@pytest.mark.parametrize(("code", "kind"), STREAKS.items())
@pytest.mark.parametrize(
    ("rounds", "streak"),
    [
        ([], 0),
        ([None], 0),
        ([9], 1),
        ([8, 9], 2),
        ([1, 2, 3, 5, 7, 8, 9, None], 3),
        ([1, 2, 3, 4, 6], 1),
        ([6, 6, 5, 5, 3], 2),
        ([2022, 2023, 2024, 2025], 4),
    ],
)
def test_rounds_back_to_the_first_gap(code: str, kind: str, rounds: list[int | None], streak: int) -> None:
    for n, round_no in enumerate(rounds):
        award(kind, dt.date(2010 + n, 1, 1), round_no=round_no)
    assert value(code) == streak


@pytest.mark.parametrize(("code", "kind"), STREAKS.items())
def test_a_streak_is_of_what_stands_on_the_last_day(code: str, kind: str) -> None:
    award(kind, dt.date(2012, 1, 1), round_no=6)
    award(kind, dt.date(2016, 1, 1), round_no=7, revoked_on=AFTER)
    award(kind, LAST, round_no=8)
    award(kind, AFTER, round_no=9)
    award("OTHER", round_no=9)
    assert value(code) == 3
    award(kind, round_no=10, revoked_on=LAST)
    assert value(code) == 3
    award(kind, round_no=11)  # another gap: the round that was taken back is missing
    assert value(code) == 1


@pytest.mark.parametrize(("code", "kind"), STREAKS.items())
def test_a_division_has_its_own_streak(code: str, kind: str) -> None:
    divisions()
    for round_no in (1, 2, 3):
        award(kind, round_no=round_no)
    award(kind, round_no=4, area=OTHER)
    award(kind, round_no=9, area=OTHER)
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [1, 3, 1]
    below = by_child(code, Scope("", FIRST, LAST))
    assert [(division.area_code, found.value) for division, found in below] == [(COUNTY, 3), (OTHER, 1)]


def test_a_streak_opens_into_its_rounds_and_not_into_older_ones() -> None:
    for round_no in (1, 3, 4, 4):
        award("MOST_BEAUTIFUL", round_no=round_no)
    behind = answer_of("most_beautiful_years", Scope("", FIRST, LAST))
    assert isinstance(behind, Measure)
    assert sorted(behind.found.values_list("round_no", flat=True)) == [3, 4, 4]


def test_no_commendations_make_0_and_not_nothing() -> None:
    for code in [*ROWS, *PERSONS, *STREAKS, "role_model_35_dads"]:
        assert figure(code).value == 0
