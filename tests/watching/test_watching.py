"""Looks that stand out: each rule at its edge, told once, settled by somebody else, scoped."""

import datetime as dt
from typing import Any

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor, worker_actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event, Outcome
from yizhou.orgs.permissions import granted_to
from yizhou.people.actions import confirm_person, reveal_field
from yizhou.people.models import Person
from yizhou.portal.tasks import WORKLISTS
from yizhou.watching.actions import notice_readings, settle_reading
from yizhou.watching.models import ReadingState, UnusualReading

NOTE = "当日集中核对优抚年审名单"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "crowd")]


@pytest.fixture
def crowd(db: None) -> None:
    county.divisions()
    county.take_in(*[county.row(f"人{n:02d}", serial=101 + 2 * n) for n in range(20)])


@pytest.fixture
def clerk() -> Actor:
    return county.actor_of(county.account("CENTER_STAFF", county.COUNTY))


@pytest.fixture
def leader() -> Actor:
    return county.actor_of(county.account("BUREAU_LEADER", county.COUNTY))


def people(count: int) -> list[Person]:
    return list(Person.objects.everywhere("tests").order_by("id")[:count])


def look(actor: Actor, count: int, times: int = 1) -> None:
    for person in people(count):
        for _ in range(times):
            reveal_field(person, "phone", "contact", actor=actor)


def noticed(day: dt.date = dt.date(2026, 3, 2)) -> list[str]:
    notice_readings(day, actor=worker_actor(granted_to("SYSTEM")))
    return list(UnusualReading.objects.everywhere("tests").order_by("id").values_list("rule", flat=True))


def events(kind: str) -> int:
    return Event.objects.everywhere("tests").filter(kind=kind, outcome=Outcome.DONE).count()


def test_ten_looks_after_which_nothing_was_done(clerk: Actor) -> None:
    look(clerk, 9)
    assert noticed() == []
    reveal_field(people(10)[9], "phone", "contact", actor=clerk)
    assert noticed() == ["IDLE"]
    [one] = UnusualReading.objects.everywhere("tests")
    assert (one.actor, one.count, one.limit, len(one.event_ids), one.area) == (
        clerk.name,
        10,
        10,
        10,
        county.COUNTY,
    )


def test_whoever_does_something_for_them_is_at_work(clerk: Actor) -> None:
    look(clerk, 12)
    for person in people(3):
        confirm_person(person, "phone", actor=clerk)
    assert noticed() == []


def test_fifteen_people_are_many_unless_they_are_usual(clerk: Actor, clock: Any) -> None:
    look(clerk, 15)
    assert "MANY" in noticed()
    UnusualReading.objects.everywhere("tests").delete()
    clock.shift(dt.timedelta(days=1))
    look(clerk, 15)
    assert "MANY" not in noticed(dt.date(2026, 3, 3)), (
        "three times the median of the days before are forty-five"
    )


def test_at_night_and_on_days_of_rest(clerk: Actor, clock: Any) -> None:
    clock.move_to(dt.datetime(2026, 3, 2, 11, 59, tzinfo=dt.UTC))
    look(clerk, 3)
    assert noticed() == [], "19:59 is not night"
    clock.shift(dt.timedelta(minutes=1))
    look(clerk, 2)
    assert noticed() == []
    reveal_field(people(4)[3], "phone", "contact", actor=clerk)
    assert noticed() == ["NIGHT"]
    clock.move_to(dt.datetime(2026, 3, 7, 2, 0, tzinfo=dt.UTC))
    look(clerk, 3)
    assert noticed(dt.date(2026, 3, 7)) == ["NIGHT", "NIGHT"]


def test_the_same_person_again_and_again(clerk: Actor, clock: Any) -> None:
    [person] = people(1)
    for _ in range(4):
        reveal_field(person, "phone", "contact", actor=clerk)
        clock.shift(dt.timedelta(days=1))
    assert noticed(dt.date(2026, 3, 5)) == []
    reveal_field(person, "phone", "contact", actor=clerk)
    assert noticed(dt.date(2026, 3, 6)) == ["SAME"]
    [one] = UnusualReading.objects.everywhere("tests")
    assert (one.subject, one.count, len(one.event_ids)) == (person.pk, 5, 5)
    confirm_person(person, "phone", actor=clerk)
    reveal_field(person, "phone", "contact", actor=clerk)
    UnusualReading.objects.everywhere("tests").delete()
    assert noticed(dt.date(2026, 3, 6)) == []


def test_many_villages_that_are_not_ones_own(clerk: Actor) -> None:
    for number, person in enumerate(people(8), start=1):
        area = f"{county.TOWN[:9]}{number:03d}"
        Person.objects.everywhere("tests").filter(pk=person.pk).update(household_area=area)
    look(clerk, 8)
    assert noticed() == ["SPREAD"]


def test_many_refusals() -> None:
    liaison = county.actor_of(county.account("GRID", county.VILLAGE))
    [person] = people(1)
    for _ in range(10):
        with pytest.raises((Forbidden, Refused)):
            reveal_field(person, "phone", "contact", actor=liaison)
    assert noticed() == ["REFUSED"]


def test_a_window_is_told_once_and_grows_while_it_is_open(clerk: Actor, leader: Actor) -> None:
    look(clerk, 10)
    assert noticed() == noticed() == ["IDLE"]
    assert events("reading.noticed") == 1
    look(clerk, 11)
    noticed()
    [one] = UnusualReading.objects.everywhere("tests")
    assert (one.count, len(one.event_ids)) == (11, 21)
    settle_reading(one, "EXPLAINED", NOTE, actor=leader)
    look(clerk, 12)
    assert noticed() == ["IDLE"]
    [one] = UnusualReading.objects.everywhere("tests")
    assert (one.count, one.state, one.settled_by) == (11, ReadingState.EXPLAINED, leader.name)
    assert events("reading.noticed") == 1


def test_the_officer_sees_the_looks_and_settles(client: PoliceClient, clerk: Actor) -> None:
    look(clerk, 10)
    noticed()
    [one] = UnusualReading.objects.everywhere("tests")
    officer = county.sign_in(client, "BUREAU_LEADER", county.COUNTY)
    assert "待核实的异常查阅" in client.get("/").content.decode()
    assert "查看后没有办理任何事" in client.get("/watching/").content.decode()
    page = client.get(one.get_absolute_url()).content.decode()
    assert page.count("查看敏感字段") == 10
    assert "人09" in page
    answer = client.post(f"/watching/{one.uid}/settle/", {"state": "RAISED", "note": ""})
    assert answer.status_code == 422
    assert events("reading.raised") == 0
    client.post(f"/watching/{one.uid}/settle/", {"state": "RAISED", "note": "说不清用途，已报分管领导"})
    stored = UnusualReading.objects.everywhere("tests").get()
    assert (stored.state, stored.settled_by) == ("RAISED", officer.name)
    assert events("reading.raised") == 1
    assert WORKLISTS["readings"].count(officer) == 0


def test_nobody_settles_ones_own_and_nothing_is_settled_twice(leader: Actor) -> None:
    one = UnusualReading.objects.create(
        account_id=leader.account_id,
        actor=leader.name,
        area=county.COUNTY,
        rule="NIGHT",
        day=dt.date(2026, 3, 1),
        count=4,
        limit=3,
        noticed_at=dt.datetime(2026, 3, 2, 0, 0, tzinfo=dt.UTC),
    )
    assert WORKLISTS["readings"].count(leader) == 0
    with pytest.raises(Refused, match="不能核实自己的查看"):
        settle_reading(one, "EXPLAINED", NOTE, actor=leader)
    with pytest.raises(Refused, match="没有选核实结果"):
        settle_reading(
            one, "OPEN", NOTE, actor=county.actor_of(county.account("BUREAU_LEADER", county.COUNTY))
        )
    assert UnusualReading.objects.everywhere("tests").get().state == "OPEN"
    other = county.actor_of(county.account("BUREAU_LEADER", county.COUNTY))
    settle_reading(one, "EXPLAINED", NOTE, actor=other)
    with pytest.raises(Conflict):
        settle_reading(one, "RAISED", NOTE, actor=other)
    assert (events("reading.explained"), events("reading.raised")) == (1, 0)


def test_lines_of_elsewhere_are_absent(client: PoliceClient, clerk: Actor) -> None:
    look(clerk, 10)
    noticed()
    [one] = UnusualReading.objects.everywhere("tests")
    county.sign_in(client, "BUREAU_LEADER", "339901000000")
    assert client.get(one.get_absolute_url()).status_code == 404
    assert clerk.name not in client.get("/watching/").content.decode()
    county.sign_in(client, "AUDITOR", county.COUNTY)
    assert client.get(one.get_absolute_url()).status_code == 200
    assert client.post(f"/watching/{one.uid}/settle/", {"state": "RAISED", "note": NOTE}).status_code == 403
