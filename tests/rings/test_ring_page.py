"""The page of a ring: what belongs to it, inside the reader's scope and rights."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.query_counts import query_count
from yizhou.core.menu import GROUPS
from yizhou.indicators.facts import facts
from yizhou.ledgers.ledger import LEDGERS
from yizhou.publicity.models import PublicityEvent
from yizhou.rings.facts import features
from yizhou.tasks.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "clock")]
HEADING = re.compile(r'<h2><i class="dot ring-\w+" aria-hidden="true"></i><a href="(/rings/\w+/)"')


@pytest.fixture
def world(db: None) -> None:
    county.divisions()


def task(no: str, kind: str, area: str = county.TOWN, **further: object) -> Task:
    given = {"period": "QUARTER", "started_on": dt.date(2026, 1, 5), **further}
    return Task.objects.create(task_no=no, type=kind, title=f"任务{no}", area=area, **given)


def activity(no: str, topic: str, area: str = county.TOWN, status: str = "HELD") -> PublicityEvent:
    day = dt.date(2026, 2, 1)
    return PublicityEvent.objects.create(
        event_no=no, kind="LECTURE", topic=topic, title=f"活动{no}", held_on=day, status=status, area=area
    )


def shown(client: Client, ring: str) -> str:
    answer = client.get(f"/rings/{ring}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_rings_together_show_every_ledger_figure_and_mechanism(client: PoliceClient) -> None:
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    pages = {ring: shown(client, ring) for ring in GROUPS}
    for name, bound in LEDGERS.items():
        assert [
            ring for ring, html in pages.items() if f'href="/ledgers/{name}/">{bound.title}<' in html
        ] == [bound.ring]
    for code, fact in facts().items():
        found = [ring for ring, html in pages.items() if f'href="/indicators/{code}/?' in html]
        assert found == [fact.colour]
    assert {code for html in pages.values() for code in re.findall(r"FT\d{3}", html)} == {
        feature.code for feature in features()
    }


def test_a_figure_stands_against_the_year_before(client: PoliceClient) -> None:
    for n, year in enumerate((2025, 2026, 2026)):
        task(f"L{n}", "LIVELIHOOD", started_on=dt.date(year, 1, 5))
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    line = re.search(r"livelihood_projects/.*?</tr>", shown(client, "glory"), re.S)
    assert line
    assert re.search(r'class="value">2 <small>', line[0])
    assert "+1" in line[0]


def test_ledgers_are_counted_inside_the_scope_and_closed_ones_are_not(client: PoliceClient) -> None:
    county.person()
    county.person(name="高海生", serial=103, 户籍地区划=county.OTHER_VILLAGE)
    county.sign_in(client, "CENTER_STAFF", county.TOWN)
    html = shown(client, "axis")
    assert re.search(r'href="/ledgers/people/">[^<]*</a>\s*<span class="quiet">1 行</span>', html)
    html = shown(client, "care")
    assert "/ledgers/petitions/" not in html
    assert "仅限授权岗位" in html
    county.sign_in(client, "BUREAU_STAFF", county.TOWN)
    assert "仅限授权岗位" not in shown(client, "care")


def test_tasks_and_activities_stand_in_the_ring_of_their_code(client: PoliceClient) -> None:
    task("重点", "KEY_PROJECT", due_on=dt.date(2026, 3, 1))
    task("常规", "ROUTINE")
    task("已完成", "KEY_PROJECT", done_on=dt.date(2026, 2, 1))
    task("已取消", "KEY_PROJECT", cancelled_on=dt.date(2026, 2, 1))
    task("外镇", "KEY_PROJECT", county.OTHER_TOWN)
    activity("学史", "PARTY_HISTORY")
    activity("无主题", "")
    activity("计划", "PARTY_HISTORY", status="PLANNED")
    county.sign_in(client, "CENTER_STAFF", county.TOWN)
    pages = {ring: shown(client, ring) for ring in GROUPS}
    found = {ring: sorted(re.findall(r">((?:任务|活动)[^<（]+)</a>", html)) for ring, html in pages.items()}
    assert {ring: titles for ring, titles in found.items() if titles} == {
        "party": ["任务重点", "活动学史"],
        "glory": ["活动无主题"],
        "govern": ["任务常规"],
    }
    assert "已超期" in pages["party"]
    assert "未完成任务" not in pages["care"]


def test_items_lead_to_their_filing_for_those_who_file(client: PoliceClient) -> None:
    county.sign_in(client, "WINDOW", county.TOWN)
    html = shown(client, "growth")
    assert "/cases/new/?subject=EMP-01" in html
    assert "/indicators/" not in html.partition("<main")[2]
    county.sign_in(client, "BUREAU_LEADER", county.COUNTY)
    assert "/cases/new/?subject=" not in shown(client, "growth")


def test_headings_of_the_menu_lead_to_the_rings(client: PoliceClient) -> None:
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    html = shown(client, "party")
    assert HEADING.findall(html) == [f"/rings/{ring}/" for ring in GROUPS if ring != "axis"]
    assert '<a href="/rings/party/" aria-current="page">党建引领</a></h2>' in html
    assert 'href="/rings/axis/"' in html
    county.sign_in(client, "FINANCE", county.COUNTY)
    assert HEADING.findall(client.get("/").content.decode()) == []


def test_a_name_of_no_ring_is_absent(client: PoliceClient) -> None:
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    assert client.get("/rings/moon/").status_code == 404


def test_the_page_costs_as_many_queries_as_are_committed(client: PoliceClient) -> None:
    county.person()
    for n in range(3):
        task(f"重点{n}", "KEY_PROJECT")
        activity(f"学史{n}", "PARTY_HISTORY")
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    shown(client, "party")
    with query_count("rings.ring"):
        shown(client, "party")
