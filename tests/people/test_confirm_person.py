"""更新周期: files are confirmed or corrected in time, and a station sees which are not."""

import datetime as dt

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.core.refusal import Refused
from yizhou.events.models import Event
from yizhou.people.actions import confirm_person
from yizhou.people.freshness import due_on, refreshed_on, stale
from yizhou.people.models import Person
from yizhou.people.worklists import outdated, refreshing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
TODAY = dt.date(2026, 3, 2)


def staff(role: str, area: str) -> Actor:
    return county.actor_of(county.account(role, area))


def fresh(person: Person) -> Person:
    return Person.objects.everywhere("tests").get(pk=person.pk)


def is_stale(person: Person, today: dt.date = TODAY) -> bool:
    return Person.objects.everywhere("tests").filter(stale(today), pk=person.pk).exists()


@pytest.mark.parametrize(
    ("contact", "collected", "due"),
    [
        ("", dt.date(2025, 3, 2), dt.date(2026, 3, 2)),
        ("一般", dt.date(2025, 3, 1), dt.date(2026, 3, 1)),
        ("重点", dt.date(2025, 9, 2), dt.date(2026, 3, 2)),
        ("重点", dt.date(2025, 9, 1), dt.date(2026, 3, 1)),
        ("关注", dt.date(2025, 9, 1), dt.date(2026, 9, 1)),
    ],
)
def test_the_cycle_is_half_a_year_for_key_persons_and_a_year_for_others(
    contact: str, collected: dt.date, due: dt.date
) -> None:
    person = county.person(联系类别=contact, 采集日期=collected.isoformat())
    assert (refreshed_on(person), due_on(person)) == (collected, due)
    assert is_stale(person) is (due < TODAY)


def test_a_file_is_confirmed_from_its_page(client: PoliceClient) -> None:
    person = county.person(采集日期="2024-01-05", 联系电话="13800138111")
    actor = county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    assert list(outdated(actor)) == [person]
    [task] = refreshing(actor, 5)
    page = client.get(task.url).content.decode()
    assert "最近更新 2024-01-05" in page
    assert "13800138111" not in page
    refused = client.post(task.url, {"way": "", "once": "a"})
    assert (refused.status_code, "没有选怎样核实的" in refused.content.decode()) == (422, True)
    sent = {"way": "home", "note": "本人在家", "once": "b"}
    for _ in range(2):
        assert client.post(task.url, sent)["Location"] == person.get_absolute_url()
    assert fresh(person).confirmed_on == TODAY
    assert not outdated(actor).exists()
    [event] = Event.objects.everywhere("tests").filter(kind="person.confirmed")
    assert (event.person_id, event.reason, event.data) == (
        person.pk,
        "本人在家",
        {"way": "home", "settled": ""},
    )
    assert "在周期内" in client.get(person.get_absolute_url()).content.decode()


def test_who_is_gone_is_not_confirmed() -> None:
    person = county.person(去世日期="2026-01-05")
    with pytest.raises(Refused, match="不再核实"):
        confirm_person(person, "home", actor=staff("TOWN_STATION", county.TOWN))
    assert fresh(person).confirmed_on is None


def test_who_moves_out_later_is_on_file_until_then() -> None:
    person = county.person()
    later = TODAY + dt.timedelta(days=1)
    Person.objects.everywhere("a test").filter(pk=person.pk).update(moved_out_on=later)
    assert (fresh(person).is_gone(TODAY), fresh(person).is_gone(later)) == (False, True)
    confirm_person(fresh(person), "home", actor=staff("TOWN_STATION", county.TOWN))
    assert fresh(person).confirmed_on == TODAY


def test_a_correction_refreshes_and_an_import_leaves_what_was_confirmed(client: PoliceClient) -> None:
    person = county.person(采集日期="2024-01-05")
    confirm_person(person, "phone", actor=staff("TOWN_STATION", county.TOWN))
    county.take_in(county.row(采集日期="2024-01-06"))
    assert (fresh(person).collected_on, fresh(person).confirmed_on) == (dt.date(2024, 1, 6), TODAY)


def test_the_list_is_narrowed_to_stale_files(client: PoliceClient) -> None:
    old = county.person(采集日期="2024-01-05")
    county.person(serial=103, 采集日期="2026-01-05", 姓名="新近采集")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get("/people/?fresh=stale").content.decode()
    assert (old.name in page, "新近采集" in page) == (True, False)
    page = client.get("/people/?fresh=fresh").content.decode()
    assert (f"/people/{old.uid}/" in page, "新近采集" in page) == (False, True)


def test_offices_above_the_town_have_no_list_of_every_file() -> None:
    county.person(采集日期="2024-01-05")
    assert not outdated(staff("CENTER_STAFF", county.COUNTY)).exists()
