"""The file as it stood on any past day, told backwards from the ledger of changes."""

import datetime as dt
from typing import Any

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor, system_actor
from yizhou.people.actions import correct_person
from yizhou.people.actions.changing import state_of
from yizhou.people.actions.receive_archive import receive_archive
from yizhou.people.models import FileChange, Person, Source
from yizhou.people.queries.past import file_as_of, texts_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]


def worker() -> Actor:
    return system_actor("系统", frozenset({"people.receive_archive"}))


def fresh(person: Person) -> Person:
    return Person.objects.everywhere("tests").get(pk=person.pk)


def test_every_day_of_a_files_life_is_told(clock: Any) -> None:
    day = dt.date(2026, 3, 2)
    person = county.person(联系电话="13800138111", 月收入="3210.00")
    actor = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    told = {day: texts_now(person)}
    clock.shift(dt.timedelta(days=10))
    cells = {"phone": "13900139222", "education": "普通高级中学", "residence_address": "东街 1 号"}
    correct_person(person, cells, "核对", actor=actor, seen=state_of(person))
    told[day + dt.timedelta(days=10)] = texts_now(fresh(person))
    clock.shift(dt.timedelta(days=10))
    report = county.take_in(county.row(联系电话="13900139333", 月收入="", 健康状况="一般或较弱"))
    assert report.updated == 1
    told[day + dt.timedelta(days=20)] = texts_now(fresh(person))
    clock.shift(dt.timedelta(days=10))
    receive_archive(fresh(person), on=day, is_complete=True, actor=worker())
    told[day + dt.timedelta(days=30)] = texts_now(fresh(person))
    assert len({str(texts) for texts in told.values()}) == 4
    for on, texts in told.items():
        past = file_as_of(fresh(person), on, actor)
        assert past is not None
        assert past.texts == texts, on
    assert file_as_of(fresh(person), day - dt.timedelta(days=1), actor) is None
    sources = [change.source for change in FileChange.objects.everywhere("tests").order_by("id")]
    assert sources == [Source.FORM, Source.IMPORT, Source.CASE]


def test_the_page_masks_and_marks_what_changed(client: PoliceClient, clock: Any) -> None:
    person = county.person(联系电话="13800138111", 月收入="3210.00")
    actor = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    clock.shift(dt.timedelta(days=10))
    cells = {"phone": "13900139222", "monthly_income": "4000.00"}
    correct_person(person, cells, "核对", actor=actor, seen=state_of(person))
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get(f"/people/{person.uid}/past/?on=2026-03-05").content.decode()
    assert "138****8111" in page
    assert "现为 139****9222" in page
    assert "13800138111" not in page
    assert "3210" not in page
    assert "4000" not in page
    assert "后来改过" in page
    assert "那一天还没有建档" in client.get(f"/people/{person.uid}/past/?on=2020-01-01").content.decode()
    assert client.get(f"/people/{person.uid}/past/?on=nonsense").status_code == 200


def test_elsewhere_the_past_does_not_exist(client: PoliceClient, clock: Any) -> None:
    person = county.person()
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    assert client.get(f"/people/{person.uid}/past/").status_code == 404
