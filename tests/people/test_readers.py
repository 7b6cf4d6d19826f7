"""谁看过: the tab that lists every look at the originals of a file."""

import pytest
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.core.refusal import Refused
from yizhou.people.actions import reveal_field
from yizhou.people.models import Person
from yizhou.people.queries.readers import looks_at, readers_panel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def staff(role: str, area: str) -> Actor:
    return county.actor_of(county.account(role, area))


@pytest.fixture
def person(divisions: None, clock: object) -> Person:
    return county.person(联系电话="13800138111")


def test_every_look_stands_there_with_its_purpose(client: PoliceClient, person: Person) -> None:
    clerk = staff("WINDOW", county.COUNTY)
    reveal_field(person, "phone", "contact", "通知领取优待证", actor=clerk)
    with pytest.raises(Refused):
        reveal_field(person, "phone", "curious", "", actor=clerk)
    actor = county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    panel = readers_panel(person, actor)
    assert (panel["readers"], [row["what"] for row in panel["rows"]]) == (1, ["联系电话"])
    html = client.get(f"{person.get_absolute_url()}readers/").content.decode()
    assert "1 人看过" in html
    assert "通知领取优待证" in html
    assert "13800138111" not in html


def test_a_file_nobody_looked_at_says_so(client: PoliceClient, person: Person) -> None:
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    html = client.get(f"{person.get_absolute_url()}readers/").content.decode()
    assert "没有人看过敏感字段原文" in html


def test_the_person_gets_the_list_on_paper(client: PoliceClient, person: Person) -> None:
    reveal_field(person, "phone", "contact", "通知领取优待证", actor=staff("WINDOW", county.COUNTY))
    actor = county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    html = client.get(f"{person.get_absolute_url()}readers/print/").content.decode()
    for told in ("档案查阅告知单", person.name, "通知领取优待证", "1 次，1 人", actor.name):
        assert told in html
    assert str(person.opened()["id_number"]) not in html
    plain = Client()
    county.sign_in(plain, "VILLAGE_STATION", county.VILLAGE)
    assert plain.get(f"{person.get_absolute_url()}readers/print/").status_code == 403


def test_the_tab_is_for_posts_that_answer_for_it(client: PoliceClient, person: Person) -> None:
    county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    assert client.get(f"{person.get_absolute_url()}readers/").status_code == 404
    assert "谁看过" not in client.get(person.get_absolute_url()).content.decode()


def test_looks_of_other_areas_are_not_told(person: Person) -> None:
    reveal_field(person, "phone", "contact", "", actor=staff("WINDOW", county.COUNTY))
    assert not looks_at(person, staff("TOWN_STATION", county.OTHER_TOWN)).exists()
