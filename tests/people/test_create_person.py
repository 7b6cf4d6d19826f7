"""Opening a file from a form, by the rules of the ledger."""

import pytest
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.events.models import Event
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.exporting import export_ledger
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person
from yizhou.people.queries import search_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def form(**cells: str) -> dict[str, str]:
    """A filled form by field name, from the same row a file would hold."""
    row = county.row(**cells)
    names = {column.header: column.field for column in layouts()["people"].columns}
    return {names[header]: text for header, text in row.items()}


def created() -> list[Person]:
    return list(Person.objects.everywhere("tests").order_by("id"))


def test_a_new_file_is_stored_indexed_and_logged(client: PoliceClient) -> None:
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert client.get("/people/create/").status_code == 200
    answer = client.post("/people/create/", form(name="单雄信", 联系电话="13800138111"))
    [person] = created()
    assert answer["Location"] == f"/people/{person.uid}/"
    assert person.opened()["id_number"] == county.id_number("19600803")
    assert person.opened()["phone"] == "13800138111"
    for text in ("雄信", "dxx", "sxx", "8111", county.id_number("19600803")):
        assert [hit.uid for hit in search_people(text, actor)] == [person.uid], text
    [event] = Event.objects.everywhere("tests").filter(kind="person.created")
    assert (event.person_id, event.area, event.data) == (person.pk, county.VILLAGE, {"doubts": []})


def test_a_form_stores_what_a_file_stores(client: PoliceClient) -> None:
    """The same content by both ways: a file that repeats the form changes nothing."""
    cells = {"联系电话": "13800138111", "其他人员类别": "A02;D01", "月收入": "1234.50", "是否参战": "是"}
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert client.post("/people/create/", form(**cells)).status_code == 302
    report = county.take_in(county.row(**cells))
    assert (report.unchanged, report.updated, report.created) == (1, 0, 0)
    [by_form] = created()
    by_file = county.person(serial=103, **cells)
    for name in (
        "category_mask",
        "missing_count",
        "pinyin_full",
        "phone_tail",
        "monthly_income_fen",
        "joined_war",
    ):
        assert getattr(by_form, name) == getattr(by_file, name), name


def test_fifteen_digits_become_eighteen(client: PoliceClient) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    answer = client.post("/people/create/", {**form(), "id_number": "339902600803101"})
    assert answer.status_code == 422
    assert "已换算为 18 位" in answer.content.decode()
    answer = client.post("/people/create/", {**form(), "id_number": "339902600803101", "accept_doubts": "1"})
    assert answer.status_code == 302
    assert created()[0].opened()["id_number"] == county.id_number("19600803", 101)


@pytest.mark.parametrize(("changes", "words"), [
    ({"id_number": "339902196008031011"}, "不是有效的身份证号"),
    ({"sex": "女"}, "与身份证号第 17 位不一致"),
    ({"name": ""}, "“姓名”必填而为空"),
    ({"household_area": county.OTHER_VILLAGE}, "不在您的管辖范围内"),
    ({"household_area": "339902999999"}, "不在行政区划台账中"),
    ({"household_area": county.TOWN}, "不是村社区一级的区划"),
    ({"enlisted_on": "1975-01-01"}, "入伍时未满 17 周岁"),
    ({"disability_level": "六级"}, "应同时填写或同时为空"),
    ({"category": "不存在"}, "不在代码表"),
])  # fmt: skip
def test_every_error_is_named_and_nothing_is_stored(
    client: PoliceClient, changes: dict[str, str], words: str
) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    answer = client.post("/people/create/", {**form(), **changes})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert created() == []


def test_a_number_already_in_the_file_is_refused_wherever_it_is(client: PoliceClient) -> None:
    county.person(户籍地区划=county.OTHER_VILLAGE)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    answer = client.post("/people/create/", form())
    assert answer.status_code == 422
    assert "这个证件号已经建档" in answer.content.decode()
    assert len(created()) == 1


def test_a_namesake_born_the_same_day_is_a_doubt(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    answer = client.post("/people/create/", form(serial=103))
    assert answer.status_code == 422
    assert "本村已有同名、同日出生的人" in answer.content.decode()
    assert client.post("/people/create/", {**form(serial=103), "accept_doubts": "1"}).status_code == 302
    assert Event.objects.everywhere("tests").get(kind="person.created").data == {"doubts": ["SAME_PERSON"]}


def test_a_form_sent_twice_opens_one_file(client: PoliceClient) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    first = client.post("/people/create/", {**form(), "once": "t1"})
    again = client.post("/people/create/", {**form(), "once": "t1"})
    assert first.status_code == 302
    assert again.status_code in (302, 422)
    assert len(created()) == 1


def test_without_the_right_nothing_is_opened() -> None:
    plain = Client()
    county.sign_in(plain, "HOTLINE", county.COUNTY)
    assert plain.post("/people/create/", form()).status_code == 403
    assert created() == []


def test_an_export_of_the_new_file_can_be_taken_in_again(client: PoliceClient, tmp_path: object) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    client.post("/people/create/", form())
    path = tmp_path / "people.csv"  # type: ignore[operator] # pytest's own path
    export_ledger("people", path, actor=console_actor(), plain=True)
    assert "陈国梁" in path.read_text(encoding="utf-8-sig")
