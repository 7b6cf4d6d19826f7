"""数据质量: doubts kept with each file, and how complete, sound and current the files of an area are."""

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core import clock
from yizhou.events.models import Event
from yizhou.people.actions import correct_person
from yizhou.people.actions.changing import state_of
from yizhou.people.actions.judge import judge_some
from yizhou.people.essentials import essentials
from yizhou.people.models import Person
from yizhou.people.queries.quality import Sums, quality_page, sums_by_area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
IN_DOUBT = {"开户账号": "6222020200112345670", "常住地区划": county.SECOND_VILLAGE, "常住地址": ""}


def everybody() -> list[Person]:
    return list(Person.objects.everywhere("tests").order_by("id"))


def test_doubts_are_kept_by_import_form_and_correction(client: PoliceClient) -> None:
    person = county.person(**IN_DOUBT)
    assert person.doubts == "BANK;REGION"
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(person.get_absolute_url()).content.decode()
    assert "银行卡号校验位不对" in page
    assert f"/people/{person.uid}/correct/#id_bank_account" in page
    assert person.name in client.get("/people/?doubt=yes").content.decode()
    assert f"/people/{person.uid}/" not in client.get("/people/?doubt=no").content.decode()
    county.take_in(county.row(**{**IN_DOUBT, "开户账号": "6222020200112345679", "常住地址": "东街 1 号"}))
    assert [one.doubts for one in everybody()] == [""]


def test_files_of_before_are_judged_bit_by_bit() -> None:
    county.person(**IN_DOUBT)
    county.person(serial=103)
    Person.objects.everywhere("tests").update(doubts=None)
    assert judge_some()
    assert [one.doubts for one in everybody()] == ["BANK;REGION", ""]
    assert not judge_some()


def test_what_a_post_may_not_see_is_no_doubt_on_its_page(client: PoliceClient) -> None:
    person = county.person(**IN_DOUBT)
    county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    page = client.get(person.get_absolute_url()).content.decode()
    assert ("银行卡号" in page, "人户分离而未填常住地址" in page) == (False, True)


def test_the_score_is_weighed_of_three_parts() -> None:
    wanted = len(essentials(veteran=True))
    sums = Sums(persons=4, veterans=4, gaps=wanted, incomplete=1, doubtful=1, outdated=2)
    assert (sums.complete, sums.sound, sums.current) == (75, 75, 50)
    assert sums.score == (75 * 40 + 75 * 30 + 50 * 30) / 100
    assert Sums().score is None
    assert Sums(persons=2, unjudged=2).score is None


def test_villages_are_counted_in_one_pass_and_shown_worst_first(client: PoliceClient) -> None:
    county.person(**IN_DOUBT)
    county.person(serial=103, 采集日期="2024-01-05")
    county.person(serial=105, 户籍地区划=county.OTHER_VILLAGE, 采集日期="2026-01-05")
    county.person(serial=107, 去世日期="2025-01-05")
    actor = county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    found = sums_by_area(Person.objects.visible_to(actor).registered(clock.today()))
    assert (found[county.VILLAGE].persons, found[county.VILLAGE].doubtful) == (2, 1)
    page = quality_page(actor, {})
    names = [row[0]["text"] for row in page["rows"]]
    scores = [row[1]["text"] for row in page["rows"]]
    assert len(names) == len(set(names))
    known = [float(score) for score in scores if score != "—"]
    assert known == sorted(known)
    assert scores[len(known) :] == ["—"] * (len(scores) - len(known))
    html = client.get(f"/people/quality/?area={county.TOWN}").content.decode()
    assert "最该补的档案" in html
    assert client.get("/people/quality/?area=339981000000").status_code == 404
    assert client.get("/people/quality/?area=abc").status_code == 404


def test_what_was_looked_into_and_is_right_is_no_longer_in_doubt(client: PoliceClient) -> None:
    person = county.person(**IN_DOUBT)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    url = f"/people/{person.uid}/confirm/"
    assert "银行卡号校验位不对" in client.get(url).content.decode()
    client.post(url, {"way": "met", "once": "a"})
    assert everybody()[0].doubts == "BANK;REGION"
    client.post(url, {"way": "met", "settles": "1", "once": "b"})
    assert everybody()[0].doubts == ""
    events = Event.objects.everywhere("tests").filter(kind="person.confirmed").order_by("id")
    assert [event.data["settled"] for event in events if event.data] == ["", "BANK;REGION"]


def test_a_doubt_that_a_correction_accepts_is_settled(client: PoliceClient) -> None:
    person = county.person(**IN_DOUBT)
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    now = correct_person(
        person, {"health": "一般或较弱"}, "对照户口簿", actor=actor, seen=state_of(person), accept_doubts=True
    )
    assert now.doubts == ""
