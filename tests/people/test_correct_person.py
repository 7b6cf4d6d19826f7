"""Changing a file: reason, state, rules, log, search keys, undo."""

import re

import pytest
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.refusal import Conflict
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.columns import code_table
from yizhou.people.actions import approve_change, correct_person
from yizhou.people.actions.changing import state_of
from yizhou.people.models import Person, Proposal
from yizhou.people.queries import search_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
INPUT = re.compile(r'<input type="(?!hidden)[^"]*" [^>]*?name="(\w+)"[^>]*? value="([^"]*)"')
SELECT = re.compile(r'<select [^>]*?name="(\w+)".*?</select>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def fields(page: str) -> dict[str, str]:
    """What a browser would send back from the form as it stands."""
    found = dict(INPUT.findall(page)) | dict(HIDDEN.findall(page))
    for match in SELECT.finditer(page):
        chosen = re.search(r'<option value="([^"]*)" selected', match.group())
        found[match.group(1)] = chosen.group(1) if chosen else ""
    found.pop("q", None)
    found.pop("csrfmiddlewaretoken", None)
    return found


def code(table: str, name: str) -> str:
    return next(code for code, text in code_table(table).names.items() if text == name)


def fresh(person: Person) -> Person:
    return Person.objects.everywhere("tests").get(pk=person.pk)


def corrections() -> list[Event]:
    return list(Event.objects.everywhere("tests").filter(kind="person.corrected").order_by("id"))


@pytest.fixture
def person(divisions: None, clock: object) -> Person:
    return county.person(联系电话="13800138111", 开户账号="6222020200112345679", 月收入="3210.00")


def open_form(client: PoliceClient, person: Person, role: str = "TOWN_STATION") -> dict[str, str]:
    county.sign_in(client, role, county.TOWN if role == "TOWN_STATION" else county.COUNTY)
    page = client.get(f"/people/{person.uid}/correct/").content.decode()
    assert "13800138111" not in page
    assert "19600803" not in page
    assert "6222020200112345679" not in page
    return fields(page)


def send(client: PoliceClient, person: Person, form: dict[str, str], **changes: str) -> tuple[int, str]:
    answer = client.post(f"/people/{person.uid}/correct/", {**form, "reason": "本人出示户口簿", **changes})
    return answer.status_code, answer.content.decode()


def test_a_correction_is_stored_and_logged_field_by_field(client: PoliceClient, person: Person) -> None:
    form = open_form(client, person)
    assert send(client, person, form, education="普通高级中学", phone="13900139222")[0] == 302
    now = fresh(person)
    assert now.education != person.education
    assert now.opened()["phone"] == "13900139222"
    assert now.opened()["bank_account"] == "6222020200112345679"
    assert now.row_digest is None
    [event] = corrections()
    assert event.reason == "本人出示户口簿"
    assert event.data["fields"] == ["phone", "education"]
    assert set(event.data["changes"]) == {"education"}
    assert "139" not in str(event.data)


def test_a_new_name_and_phone_are_found_and_the_old_are_not(client: PoliceClient, person: Person) -> None:
    form = open_form(client, person)
    send(client, person, form, name="单雄信", phone="13900139222")
    [proposal] = Proposal.objects.everywhere("tests")
    actor = county.actor_of(county.account("BUREAU_STAFF", county.COUNTY))
    approve_change(proposal, actor=actor)
    actor = county.actor_of(county.account("CENTER_STAFF", county.COUNTY))
    for text in ("雄信", "sxx", "dxx", "9222", "13900139222"):
        assert [hit.name for hit in search_people(text, actor)] == ["单雄信"], text
    for text in ("国梁", "cgl", "8111"):
        assert search_people(text, actor) == [], text


def test_an_unchanged_import_after_a_correction_brings_the_files_state_back(person: Person) -> None:
    actor = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    correct_person(person, {"education": "普通高级中学"}, "核对", actor=actor, seen=state_of(person))
    same = county.row(联系电话="13800138111", 开户账号="6222020200112345679", 月收入="3210.00")
    assert county.take_in(same).updated == 1
    assert county.take_in(same).unchanged == 1


@pytest.mark.parametrize(("changes", "words"), [
    ({"reason": " "}, "没有写明更正的原因"),
    ({"phone": "1380013811"}, "11 位手机号"),
    ({"birth_on": "1961-08-03"}, "与身份证号第 7–14 位不一致"),
    ({"household_area": county.OTHER_VILLAGE}, "归属区划不在您的管辖范围内"),
    ({"name": ""}, "“姓名”必填而为空"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_changes(
    client: PoliceClient, person: Person, changes: dict[str, str], words: str
) -> None:
    form = open_form(client, person)
    status, page = send(client, person, form, education="普通高级中学", **changes)
    assert status == 422
    assert words in page
    assert fields(page)["education"] == "普通高级中学"
    assert fresh(person).education == person.education
    assert corrections() == []


def test_a_doubt_can_be_overridden(client: PoliceClient, person: Person) -> None:
    form = open_form(client, person)
    status, page = send(client, person, form, enlisted_on="1978-01-01")
    assert status == 422
    assert "入伍时 17 周岁" in page
    assert 'name="accept_doubts"' in page
    assert send(client, person, form, enlisted_on="1978-01-01", accept_doubts="1")[0] == 302
    assert fresh(person).enlisted_on.isoformat() == "1978-01-01"


def test_somebody_elses_change_in_between_is_noticed(client: PoliceClient, person: Person) -> None:
    form = open_form(client, person)
    actor = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    correct_person(person, {"education": "普通高级中学"}, "先来的", actor=actor, seen=state_of(person))
    answer = client.post(
        f"/people/{person.uid}/correct/", {**form, "reason": "后到的", "health": "一般或较弱"}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "内容已被他人更新" in page
    assert "更正：学历" in page
    assert [event.reason for event in corrections()] == ["先来的"]
    again = fields(page)
    assert again["education"] == "普通高级中学", "the other's change has come into the form"
    assert (again["health"], again["reason"]) == ("一般或较弱", "后到的")
    assert client.post(f"/people/{person.uid}/correct/", again).status_code == 302
    now = fresh(person)
    assert (now.education, now.health) == (code("education", "普通高级中学"), code("health", "一般或较弱"))


def test_both_at_the_same_field_is_shown_and_the_second_decides(client: PoliceClient, person: Person) -> None:
    form = open_form(client, person)
    actor = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    cells = {"education": "普通高级中学", "phone": "13900139111"}
    correct_person(person, cells, "先来的", actor=actor, seen=state_of(person))
    mine = {**form, "reason": "后到的", "education": "大学本科", "phone": "13900139222"}
    answer = client.post(f"/people/{person.uid}/correct/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "“学历”对方已改为 普通高级中学" in page
    assert "“联系电话”对方已改为 139****9111" in page
    again = fields(page)
    assert again["education"] == "大学本科"
    assert client.post(f"/people/{person.uid}/correct/", {**again, "phone": "13900139222"}).status_code == 302
    assert fresh(person).opened()["phone"] == "13900139222"


def test_two_writers_on_one_state_make_one_change(person: Person) -> None:
    actor = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    seen = state_of(person)
    correct_person(person, {"education": "普通高级中学"}, "甲", actor=actor, seen=seen)
    with pytest.raises(Conflict):
        correct_person(person, {"health": "一般或较弱"}, "乙", actor=actor, seen=seen)
    assert len(corrections()) == 1


def test_a_sealed_field_is_emptied_by_saying_so(client: PoliceClient, person: Person) -> None:
    form = open_form(client, person)
    assert send(client, person, form, phone="清空")[0] == 302
    now = fresh(person)
    assert "phone" not in now.opened()
    assert now.phone_tail is None
    assert now.missing_count == person.missing_count + 1


def test_special_fields_are_neither_offered_nor_taken_from_posts_below_them(
    client: PoliceClient, person: Person
) -> None:
    form = open_form(client, person, "CENTER_STAFF")
    assert "monthly_income" not in form
    assert "bank_account" not in form
    assert (
        send(client, person, form, education="普通高级中学", monthly_income="1.00", politics="中共党员")[0]
        == 302
    )
    now = fresh(person)
    assert (now.monthly_income_fen, now.politics) == (321000, person.politics)
    assert corrections()[0].data["fields"] == ["education"]


def test_taking_a_correction_back_puts_the_old_text_there_once(client: PoliceClient, person: Person) -> None:
    form = open_form(client, person)
    before = form["education"]
    send(client, person, form, education="普通高级中学")
    history = client.get(f"/people/{person.uid}/history/").content.decode()
    undo = re.search(r'href="([^"]+/reverse/[^"]+)"', history)
    assert undo
    page = client.get(undo.group(1)).content.decode()
    assert f"<b>{before}</b>" in page
    assert client.post(undo.group(1), {"reason": "录错了人"}).status_code == 302
    assert fresh(person).education == person.education
    assert [event.data["fields"] for event in corrections()] == [["education"], ["education"]]
    again = client.post(undo.group(1), {"reason": "再冲回一次"})
    assert again.status_code == 422
    assert "这次变更已经冲回" in again.content.decode()
    assert len(corrections()) == 2


def test_without_the_right_there_is_no_form(person: Person) -> None:
    plain = Client()
    county.sign_in(plain, "WINDOW", county.COUNTY)
    assert plain.get(f"/people/{person.uid}/correct/").status_code == 403
    assert plain.post(f"/people/{person.uid}/correct/", {"reason": "x"}).status_code == 403
    assert Event.objects.everywhere("tests").filter(outcome=Outcome.REFUSED).count() == 2
    assert corrections() == []


def test_the_same_form_sent_twice_is_stored_once(client: PoliceClient, person: Person) -> None:
    form = {**open_form(client, person), "education": "普通高级中学", "reason": "核对", "once": "t1"}
    first = client.post(f"/people/{person.uid}/correct/", form)
    assert first["Location"] == person.get_absolute_url()
    assert len(corrections()) == 1
    client.post(f"/people/{person.uid}/correct/", form)
    assert len(corrections()) == 1
