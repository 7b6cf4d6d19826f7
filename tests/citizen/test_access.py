"""Somebody gets a slip at the station, makes an own access with it, and sees the own file and nothing else."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.cases.models import Case
from yizhou.citizen import actions
from yizhou.citizen.models import Access, Slip
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event, Outcome
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "divisions")]
NUMBER = county.id_number("19600803")
PASSWORD = "804719"
OWN = ("home", "cases", "file", "readers")


@pytest.fixture
def divisions(db: None) -> None:
    county.divisions()


@pytest.fixture
def person() -> Person:
    return county.person()


def staff(role: str = "TOWN_STATION", area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def activated(client: Client, person: Person, **changes: str) -> Any:
    issued = actions.issue_slip(person, seen=True, actor=staff())
    form = {"id_number": NUMBER, "code": issued.code, "password": PASSWORD, "again": PASSWORD, **changes}
    return client.post(reverse("citizen:activate"), form)


def signed_in(client: Client, password: str = PASSWORD, number: str = NUMBER) -> Any:
    return client.post(reverse("citizen:login"), {"id_number": number, "password": password})


def told(kind: str) -> int:
    return Event.objects.everywhere("tests").filter(kind=kind, outcome=Outcome.DONE).count()


def test_a_slip_opens_the_own_pages_and_is_used_up(person: Person) -> None:
    client = PoliceClient()
    assert activated(client, person).headers["Location"] == "/my/"
    for name in OWN:
        page = client.get(reverse(f"citizen:{name}"))
        assert page.status_code == 200
        assert NUMBER not in page.content.decode()
    slip = Slip.objects.everywhere("tests").get()
    assert slip.is_used
    assert [told(kind) for kind in ("citizen.slip_issued", "citizen.activated")] == [1, 1]


def test_the_code_works_only_once(person: Person) -> None:
    issued = actions.issue_slip(person, seen=True, actor=staff())
    form = {"id_number": NUMBER, "code": issued.code.lower(), "password": PASSWORD, "again": PASSWORD}
    assert Client().post("/my/activate/", form).status_code == 302
    again = Client().post("/my/activate/", form)
    assert again.status_code == 422
    assert "激活码对不上" in again.content.decode()


def test_a_slip_ends_after_its_days_and_when_another_is_issued(person: Person) -> None:
    first = actions.issue_slip(person, seen=True, actor=staff())
    second = actions.issue_slip(person, seen=True, actor=staff())
    form = {"id_number": NUMBER, "password": PASSWORD, "again": PASSWORD}
    assert Client().post("/my/activate/", {**form, "code": first.code}).status_code == 422
    with clock.at(clock.now() + dt.timedelta(days=8)):
        assert Client().post("/my/activate/", {**form, "code": second.code}).status_code == 422
    assert Client().post("/my/activate/", {**form, "code": second.code}).status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("8047", "8047", "口令须为 6 至 20 位"),
        ("123456", "123456", "太容易被猜到"),
        ("196008", "196008", "太容易被猜到"),
        (PASSWORD, "804710", "两次输入的口令不一样"),
    ],
)
def test_a_weak_password_leaves_the_slip_as_it_was(
    person: Person, password: str, again: str, said: str
) -> None:
    answer = activated(Client(), person, password=password, again=again)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Access.objects.everywhere("tests").exists()
    assert Slip.objects.everywhere("tests").get().ended_at is None


def test_unknown_number_and_wrong_password_are_answered_alike(person: Person) -> None:
    activated(Client(), person)
    wrong, unknown = signed_in(Client(), "000000"), signed_in(Client(), number=county.id_number("19700101"))
    assert wrong.status_code == unknown.status_code == 401
    told_of = [re.findall(r"<b>(.+?)</b><br>(.+?)</p>", page.content.decode()) for page in (wrong, unknown)]
    assert told_of[0] == told_of[1] != []


def test_five_wrong_passwords_lock_the_number_and_not_the_page_of_staff(person: Person) -> None:
    activated(Client(), person)
    for _ in range(5):
        assert signed_in(Client(), "000000").status_code == 401
    locked = signed_in(Client())
    assert locked.status_code == 401
    assert "锁定 15 分钟" in locked.content.decode()
    assert "citizen" not in Client().session


def test_signing_in_again(person: Person) -> None:
    activated(Client(), person)
    client = PoliceClient()
    assert signed_in(client).headers["Location"] == "/my/"
    assert client.get("/my/").status_code == 200
    assert told("citizen.signed_in") == 1
    client.post("/my/logout/")
    assert client.get("/my/").headers["Location"] == "/my/login/"


def test_closing_ends_open_sessions_and_a_new_slip_opens_it_again(person: Person) -> None:
    client = Client()
    activated(client, person)
    actions.close_access(person, actor=staff())
    assert client.get("/my/").headers["Location"] == "/my/login/"
    assert signed_in(Client()).status_code == 401
    with pytest.raises(Conflict):
        actions.close_access(person, actor=staff())
    assert activated(Client(), person).status_code == 302
    assert client.get("/my/").status_code == 302
    assert Access.objects.everywhere("tests").count() == 1


def test_the_session_opens_nothing_of_the_staff_and_ends_one_of_theirs(person: Person) -> None:
    client = Client()
    county.sign_in(client, "TOWN_STATION", county.COUNTY)
    activated(client, person)
    for address in ("/", person.get_absolute_url(), "/people/"):
        assert client.get(address).headers["Location"].startswith("/login/")


def test_without_a_session_every_own_page_leads_to_the_sign_in() -> None:
    for name in OWN:
        assert Client().get(reverse(f"citizen:{name}")).headers["Location"] == "/my/login/"


def test_only_own_cases_are_shown(person: Person) -> None:
    other = county.person("李卫东", "19620101", 103)
    for number, whose in (("A-1", person), ("B-2", other)):
        Case.objects.create(
            case_no=number,
            item="RET-11",
            person=whose,
            area=whose.household_area,
            channel="HALL",
            applied_at=clock.now(),
        )
    client = PoliceClient()
    activated(client, person)
    for name in ("home", "cases"):
        page = client.get(reverse(f"citizen:{name}")).content.decode()
        assert "A-1" in page
        assert "B-2" not in page


def test_the_station_issues_prints_once_and_closes(person: Person) -> None:
    client = PoliceClient()
    county.sign_in(client, "TOWN_STATION", county.COUNTY)
    address = reverse("citizen:access", args=[person.uid])
    assert "尚未开通" in client.get(address).content.decode()
    refused = client.post(address, {})
    assert refused.status_code == 422
    assert "没有确认已核验本人身份证" in refused.content.decode()
    issued = client.post(address, {"seen": "1"}).content.decode()
    code = re.search(r'my-code">(.+?)<', issued)
    assert code
    assert code[1] not in client.get(address).content.decode()
    form = {"id_number": NUMBER, "code": code[1], "password": PASSWORD, "again": PASSWORD}
    assert Client().post("/my/activate/", form).status_code == 302
    closed = client.post(reverse("citizen:close", args=[person.uid]))
    assert closed.headers["Location"] == address
    assert "停用" in client.get(address).content.decode()


def test_who_may_issue_and_for_whom(person: Person) -> None:
    with pytest.raises(Forbidden):
        actions.issue_slip(person, seen=True, actor=staff("LIAISON"))
    Person.objects.everywhere("tests").filter(pk=person.pk).update(died_on=dt.date(2026, 1, 1))
    person.refresh_from_db()
    with pytest.raises(Refused, match="已去世"):
        actions.issue_slip(person, seen=True, actor=staff())
