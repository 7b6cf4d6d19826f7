"""Sums of data quality that are remembered: never other than counted directly, counted again only after a write."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.merging import twins
from tests.support import county
from yizhou.core import clock as time
from yizhou.core.actor import Actor
from yizhou.indicators import remembering
from yizhou.merging.actions import merge_people, undo_merge
from yizhou.people.actions import confirm_person, correct_person
from yizhou.people.actions.changing import state_of
from yizhou.people.actions.judge import judge_some
from yizhou.people.models import Person
from yizhou.people.queries.quality import Sums, known_sums, sums_by_area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
IN_DOUBT = {"开户账号": "6222020200112345670", "常住地区划": county.SECOND_VILLAGE, "常住地址": ""}


@pytest.fixture(autouse=True)
def remembers(db: None, settings: Any) -> Iterator[None]:
    county.divisions()
    settings.REMEMBER_FIGURES = True
    remembering._epoch = remembering._Epoch()
    yield
    remembering._epoch = remembering._Epoch()


@pytest.fixture
def clerk() -> Actor:
    return county.actor_of(county.account("BUREAU_STAFF", county.COUNTY))


def remembered(actor: Actor) -> Mapping[str, Sums]:
    """What is remembered, which is what counting says."""
    people = Person.objects.visible_to(actor).in_area(county.COUNTY).registered(time.today())
    found = known_sums(people, county.COUNTY, actor)
    assert found == sums_by_area(people)
    return found


def total(actor: Actor, name: str) -> int:
    return sum(getattr(one, name) for one in remembered(actor).values())


def test_nothing_is_counted_twice_while_nothing_is_written(clerk: Actor) -> None:
    county.person()
    people = Person.objects.visible_to(clerk).in_area(county.COUNTY).registered(time.today())
    first = known_sums(people, county.COUNTY, clerk)
    with CaptureQueriesContext(connection) as found:
        assert known_sums(people, county.COUNTY, clerk) == first
    assert [query["sql"] for query in found.captured_queries if "people_person" in query["sql"]] == []


def test_every_kind_of_write_is_noticed(clerk: Actor, clock: Any) -> None:
    kept, lost = twins.both()
    assert total(clerk, "persons") == 2
    county.take_in(county.row("周海峰", serial=303, **IN_DOUBT))
    assert (total(clerk, "persons"), total(clerk, "doubtful")) == (3, 1)
    moved = {"household_area": county.SECOND_VILLAGE}
    correct_person(kept, moved, "迁居", actor=clerk, seen=state_of(kept), accept_doubts=True)
    assert county.SECOND_VILLAGE in remembered(clerk)
    merge = merge_people(Person.objects.everywhere("tests").get(pk=kept.pk), lost, "都是本人", actor=clerk)
    assert total(clerk, "persons") == 2
    undo_merge(merge, "不是同一人", actor=clerk)
    assert total(clerk, "persons") == 3
    clock.shift(dt.timedelta(days=500))
    assert total(clerk, "outdated") == 3, "a new day"
    confirm_person(Person.objects.everywhere("tests").get(pk=kept.pk), "phone", actor=clerk)
    assert total(clerk, "outdated") == 2


def test_while_files_wait_to_be_judged_nothing_is_remembered(clerk: Actor) -> None:
    county.person()
    Person.objects.everywhere("tests").update(doubts=None)
    assert total(clerk, "unjudged") == 1
    judge_some()
    assert total(clerk, "unjudged") == 0, "judging leaves no event"


def test_who_sees_less_is_not_answered_with_what_another_sees(clerk: Actor) -> None:
    county.person()
    assert total(clerk, "persons") == 1
    town = county.actor_of(county.account("TOWN_STATION", county.OTHER_TOWN))
    assert total(town, "persons") == 0
