"""The page of one person: header, life axis, tabs, masks, scope, the number of its queries."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.events.models import Event
from yizhou.events.recording import Concern, record
from yizhou.orgs.queries import console_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
SECRETS = {
    "身份证号": county.id_number("19600803"),
    "联系电话": "13800138111",
    "紧急联系电话": "13900139222",
    "户籍地址": "望澜区芦汀街道芦汀社区3组17号",
    "常住地址": "望澜区芦汀街道芦汀社区5组29号",
    "开户账号": "6222020200112345679",
    "伤残证号": "残军浙字第0042917号",
}
MIDDLES = ("19600803", "800138", "900139", "3组17号", "5组29号", "020011")
"""What a mask must hide, in case a value is shown in part."""
TABS = ("", "basic/", "history/")


def secretive() -> dict[str, str]:
    """Cells that fill every sealed column."""
    return {**SECRETS, "伤残等级": "06", "伤残性质": "因公", "户号": "H-17"}


def test_the_header_names_and_masks(client: PoliceClient) -> None:
    person = county.person(**secretive())
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(person.get_absolute_url()).content.decode()
    assert "陈国梁" in page
    assert f"339902{'*' * 8}{SECRETS['身份证号'][-4:]}" in page
    assert "138****8111" in page
    assert "男 · 65 岁（1960-08-03）" in page
    assert "望澜区芦汀街道芦汀社区" in page
    assert "1979.11–1983.12 · 4 年 1 个月" in page
    assert page.count('hx-get="/people/') >= 2


@pytest.mark.parametrize("role", ["BUREAU_LEADER", "CENTER_STAFF", "TOWN_STATION", "GRID"])
def test_no_tab_shows_a_secret(client: PoliceClient, role: str) -> None:
    person = county.person(**secretive())
    county.sign_in(client, role, county.COUNTY)
    for tab in TABS:
        page = client.get(f"{person.get_absolute_url()}{tab}").content.decode()
        assert "陈国梁" in page
        leaked = [secret for secret in (*SECRETS.values(), *MIDDLES) if secret in page]
        assert leaked == [], tab


def test_the_life_axis_runs_from_now_to_the_enlistment(client: PoliceClient) -> None:
    person = county.person(建档日期="2024-05-06")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(person.get_absolute_url()).content.decode()
    titles = re.findall(r"<time>([^<]+)</time>\s*<b>([^<]+)</b>", page)
    assert titles == [
        ("2024.05", "建档立卡"),
        ("2024.03", "信息采集"),
        ("1983.12", "退出现役"),
        ("1979.11", "参军入伍"),
    ]
    assert re.findall(r'<li class="stage">([^<]+)</li>', page) == ["返乡以来", "退役返乡", "参军入伍"]


def test_missing_essentials_are_named_and_lead_to_the_form(client: PoliceClient) -> None:
    person = county.person(学历="", 联系电话="")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(person.get_absolute_url()).content.decode()
    assert "缺 2 项" in page
    assert "联系电话、学历" in page
    assert f'/people/{person.uid}/correct/#id_phone"' in page


def test_special_columns_stay_closed_for_posts_below_them(client: PoliceClient) -> None:
    person = county.person(**secretive(), 月收入="3210.00")
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get(f"{person.get_absolute_url()}basic/").content.decode()
    assert "3210" not in page
    assert "仅限授权岗位" in page
    assert "6222" not in page
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(f"{person.get_absolute_url()}basic/").content.decode()
    assert "3210.00" in page
    assert "仅限授权岗位" not in page


def test_out_of_scope_and_absent_are_the_same_answer(client: PoliceClient) -> None:
    elsewhere = county.person(户籍地区划=county.OTHER_VILLAGE)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    number = re.compile(rb"[0-9a-f]{32}|csrf[^>]*|X-CSRFToken[^}]*")
    for tab in (*TABS, "correct/", "reveal/phone/"):
        answers = [client.get(f"/people/{uid}/{tab}") for uid in (elsewhere.uid, uuid.uuid4())]
        assert [a.status_code for a in answers] == [404, 404], tab
        bodies = [number.sub(b"", a.content) for a in answers]
        assert bodies[0] == bodies[1], tab


def test_the_way_to_the_form_is_shown_to_those_who_may_correct(client: PoliceClient) -> None:
    person = county.person()
    for role, shown in (("TOWN_STATION", True), ("GRID", False)):
        county.sign_in(client, role, county.VILLAGE if role == "VILLAGE_STATION" else county.TOWN)
        page = client.get(person.get_absolute_url()).content.decode()
        assert (f'href="/people/{person.uid}/correct/"' in page) == shown


def test_a_tab_that_does_not_exist_is_not_found(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert client.get(f"{person.get_absolute_url()}nonsense/").status_code == 404


def test_the_history_names_the_import_and_its_row(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(f"{person.get_absolute_url()}history/").content.decode()
    assert "导入新增" in page
    assert re.search(r"批次 [0-9a-f]{8} 第 2 行", page)


def test_the_household_stands_beside_the_axis(client: PoliceClient) -> None:
    person = county.person(户号="H-17")
    county.person(
        "沈阿珍",
        "19620315",
        202,
        户号="H-17",
        性别="女",
        人员类别="F01",
        入伍时间="",
        退役时间="",
        安置方式="",
    )
    county.person("另一户", "19610101", 103, 户号="H-18")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(person.get_absolute_url()).content.decode()
    assert "家庭与联系" in page
    assert "沈阿珍" in page
    assert "另一户" not in page


def queries(client: PoliceClient, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_the_history(client: PoliceClient) -> None:
    """At the most 25 with the plugs of all packages, and as many after 120 events as before."""
    person = county.person(户号="H-17")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    client.get(person.get_absolute_url())
    before = queries(client, person.get_absolute_url())
    for _ in range(120):
        concern = Concern(person.pk, person.household_area)
        record(console_actor(), "person.created", person, concern=concern)
    assert Event.objects.everywhere("tests").filter(person_id=person.pk).count() == 121
    assert queries(client, person.get_absolute_url()) == before <= 25
    page = client.get(person.get_absolute_url()).content.decode()
    assert page.count('<li class="entry') == 60
    assert "?all=1" in page
    everything = client.get(f"{person.get_absolute_url()}?all=1").content.decode()
    assert everything.count('<li class="entry') == 123


@pytest.mark.parametrize(("role", "told"), [("VILLAGE_STATION", False), ("TOWN_STATION", True)])
def test_the_axis_hides_what_the_panel_hides(client: PoliceClient, role: str, told: bool) -> None:
    person = county.person(政治面貌="中共党员", 入党时间="1985-07-01")
    county.sign_in(client, role, county.VILLAGE if role == "VILLAGE_STATION" else county.TOWN)
    page = client.get(person.get_absolute_url()).content.decode()
    assert ("加入中国共产党" in page, "参军入伍" in page) == (told, True)
