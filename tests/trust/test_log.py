"""The log as an auditor reads it."""

import re
import uuid

import pytest
from django.test import Client

from tests.cases.makers import person
from tests.support.client import PoliceClient
from tests.support.staff import account, acting, enter
from yizhou.events.models import Outcome
from yizhou.events.recording import Concern, record, record_many, record_refusal

pytestmark = pytest.mark.django_db
COUNTY, OTHER = "339901000000", "339902000000"


def numbers(client: Client, url: str = "/log/") -> list[int]:
    html = client.get(url).content.decode()
    return [int(n) for n in re.findall(r'data-label=""><span class="cell">(\d+)', html)]


def link(client: Client, url: str, words: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{words}', client.get(url).content.decode())
    return found.group(1).replace("&amp;", "&") if found else ""


def test_pages_hold_every_event_of_the_area_once_newest_first(client: PoliceClient) -> None:
    clerk = acting(account("CENTER_STAFF", COUNTY))
    wanted = [record(clerk, "account.signed_in").id for _ in range(120)]
    record(clerk, "account.signed_in", concern=Concern(area=OTHER))
    enter(client, account("AUDITOR", COUNTY))
    seen, url, visited = [], "/log/", []
    while url:
        visited.append(url)
        seen += numbers(client, url)
        url = link(client, url, "较早")
    assert seen == sorted(wanted, reverse=True)
    assert len(visited) == 3
    back = link(client, visited[2], "← 较新")
    assert numbers(client, back) == numbers(client, visited[1])


def test_filters(client: PoliceClient, clock: object) -> None:
    clerk = acting(account("CENTER_STAFF", COUNTY))
    signed = record(clerk, "account.signed_in").id
    refused = record_refusal(clerk, "people.reveal_field", "没有写明原因").id
    enter(client, account("AUDITOR", COUNTY))
    assert numbers(client, "/log/?kind=account.signed_in") == [signed]
    assert numbers(client, f"/log/?outcome={Outcome.REFUSED}") == [refused]
    assert numbers(client, "/log/?since=2026-03-02&until=2026-03-02") == [refused, signed]
    assert numbers(client, "/log/?since=2026-03-03") == []
    assert numbers(client, "/log/?until=2026-03-01") == []
    assert numbers(client, f"/log/?person={uuid.uuid4()}") == []
    assert numbers(client, "/log/?person=nonsense") == []
    assert numbers(client, "/log/?actor=无此人") == []
    unread = "/log/?since=x&until=9999-12-31&before=x&after=&outcome=x&kind="
    assert numbers(client, unread) == [refused, signed]
    assert numbers(client, f"/log/?before={10**40}") == [refused, signed]


def test_what_concerns_no_division_is_seen_where_the_actor_works(client: PoliceClient) -> None:
    staff = account("CENTER_STAFF", COUNTY)
    clerk = acting(staff)
    record(clerk, "account.signed_in", staff)
    record_many(clerk, "account.signed_in", [(staff, Concern(), {}), (staff, Concern(area=OTHER), {})])
    enter(client, account("AUDITOR", COUNTY))
    assert len(numbers(client)) == 2


def test_what_looks_like_a_number_of_a_person_is_masked(client: PoliceClient) -> None:
    clerk = acting(account("CENTER_STAFF", COUNTY))
    record(
        clerk,
        "account.signed_in",
        reason="核对330483197001011235，电话13812345678，卡6222021234567890123",
        note="33048319700101123X",
    )
    html = enter(client, account("DISCIPLINE", COUNTY)).get("/log/").content.decode()
    for plain in ("330483197001011235", "33048319700101123X", "13812345678", "6222021234567890123"):
        assert plain not in html
    assert "330483********1235" in html
    assert "138****5678" in html


@pytest.mark.parametrize("role", ["SYS_ADMIN", "BUREAU_LEADER", "CENTER_STAFF", "FINANCE"])
def test_only_auditors_read_it(role: str) -> None:
    assert enter(Client(), account(role, COUNTY)).get("/log/").status_code == 403


def test_what_concerns_a_person_is_found_by_the_public_id_inside_the_area_only(client: PoliceClient) -> None:
    mine, foreign = person("339900198508011019"), person("33990019850801102X", household_area="339902001000")
    clerk = acting(account("CENTER_STAFF"))
    wanted = record(clerk, "person.created", mine, concern=Concern(mine.id, mine.household_area)).id
    record(clerk, "person.created", foreign, concern=Concern(foreign.id, foreign.household_area))
    enter(client, account("AUDITOR", COUNTY))
    assert numbers(client, f"/log/?person={mine.uid}") == [wanted]
    assert numbers(client, f"/log/?person={foreign.uid}") == []
