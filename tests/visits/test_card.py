"""一人一卡: what stands on the card, and what does not."""

import datetime as dt

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.orgs.models import StaffPost, Station
from yizhou.people.models import Person
from yizhou.visits.card import code_of, station_of
from yizhou.visits.models import ContactAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SINCE = dt.date(2025, 1, 5)


@pytest.fixture
def person() -> Person:
    county.divisions()
    return county.person(联系电话="13800138111")


def station(area: str, name: str, **values: object) -> Station:
    level = "VILLAGE" if area == county.VILLAGE else "TOWN"
    made: Station = Station.objects.create(
        station_no=name, name=name, level=level, area=area, founded_on=dt.date(2019, 1, 1), **values
    )
    return made


def contact(person: Person, **values: object) -> ContactAssignment:
    post = StaffPost(
        id_number_index=b"x" * 16,
        name="沈玉兰",
        post_type="PART_TIME",
        station=station(county.VILLAGE, "村站", phone="0570-6123456"),
        started_on=dt.date(2020, 1, 1),
    )
    post.save()
    made = ContactAssignment(person=person, staff_index=b"x" * 16, assigned_on=SINCE, **values)
    made.save()
    return made


def test_the_card_tells_whom_to_turn_to_and_nothing_of_the_file(client: PoliceClient, person: Person) -> None:
    contact(person)
    county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    html = client.get(f"/visits/{person.uid}/card/").content.decode()
    for told in (person.name, "沈玉兰", "村站", "0570-6123456", "data:image/svg+xml"):
        assert told in html
    for kept in ("13800138111", county.id_number("19600803"), county.id_number("19600803")[:6] + "***"):
        assert kept not in html
    assert f"/visits/{person.uid}/card/" in client.get(person.get_absolute_url()).content.decode()


def test_without_a_contact_the_page_says_how_to_get_one(client: PoliceClient, person: Person) -> None:
    contact(person, ended_on=dt.date(2026, 3, 2))
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    html = client.get(f"/visits/{person.uid}/card/").content.decode()
    assert ("还没有一对一联系人" in html, "沈玉兰" in html) == (True, False)


def test_cards_of_other_areas_are_not_there(client: PoliceClient, person: Person) -> None:
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    assert client.get(f"/visits/{person.uid}/card/").status_code == 404


def test_the_nearest_station_that_stands_is_named(person: Person) -> None:
    assert station_of(county.VILLAGE) is None
    town = station(county.TOWN, "镇站")
    assert station_of(county.VILLAGE) == town
    station(county.VILLAGE, "撤了的村站", closed_on=dt.date(2025, 1, 1))
    assert station_of(county.VILLAGE) == town
    village = station(county.VILLAGE, "村站")
    assert station_of(county.VILLAGE) == village


def test_the_code_holds_the_address_alone() -> None:
    assert code_of("https://example.org/people/1/") == code_of("https://example.org/people/1/")
    assert code_of("https://example.org/people/1/") != code_of("https://example.org/people/2/")
    assert "example" not in code_of("https://example.org/people/1/")
