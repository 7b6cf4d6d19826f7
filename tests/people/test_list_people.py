"""The list: filters, keyset pages, capped totals, masks, scope, export."""

import datetime as dt
import io
import json
import re
from dataclasses import replace

import fastexcel
import pytest
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.query_counts import STORE, query_count
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.columns import code_table
from yizhou.people.models import Person
from yizhou.people.queries import listing
from yizhou.people.queries.filters import SORTS, Wanted
from yizhou.people.queries.ways import Way

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def names(page: str) -> list[str]:
    return re.findall(r'<td data-label=""><a href="/people/[0-9a-f-]{36}/">([^<]+)</a>', page)


def crowd(count: int) -> None:
    """People spread over two villages of the town and one of another."""
    villages = (county.VILLAGE, county.SECOND_VILLAGE, county.OTHER_VILLAGE)
    rows = [
        county.row(f"人{number:03d}", "19600803", number * 2 + 1, 户籍地区划=villages[number % 3], 性别="男")
        for number in range(count)
    ]
    assert county.take_in(*rows).created == count


def follow(client: PoliceClient, url: str, words: str) -> list[list[str]]:
    pages = []
    while url:
        page = client.get(url).content.decode()
        pages.append(names(page))
        link = re.search(rf'href="([^"]+)"[^>]*>{words}', page)
        url = f"/people/{link.group(1)}".replace("&amp;", "&") if link else ""
    return pages


def test_pages_hold_everybody_once_forwards_and_backwards(client: PoliceClient) -> None:
    crowd(120)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    forwards = follow(client, "/people/", "下一页")
    assert [len(page) for page in forwards] == [50, 50, 20]
    everybody = [name for page in forwards for name in page]
    order = Person.objects.everywhere("tests").order_by("household_area", "id").values_list("name", flat=True)
    assert everybody == list(order)
    last = Person.objects.everywhere("tests").get(name=forwards[2][0])
    backwards = follow(client, f"/people/?before={last.household_area}.{last.pk}&n=51", "← 上一页")
    assert backwards == [forwards[1], forwards[0]]


@pytest.mark.parametrize("sort", ["area", "name", "birth", "newest"])
@pytest.mark.parametrize(("role", "area"), [("CENTER_STAFF", county.COUNTY), ("TOWN_STATION", county.TOWN)])
def test_a_composed_page_holds_what_the_plain_one_does(role: str, area: str, sort: str) -> None:
    crowd(60)
    actor = county.actor_of(county.account(role, area))
    middle = Person.objects.everywhere("tests").order_by("household_area", "id")[25]
    places = [None, (getattr(middle, SORTS[sort][0]), middle.pk)]
    areas = ["", "339900000000", county.COUNTY, county.TOWN, county.SECOND_VILLAGE, county.OTHER_TOWN]
    seen = set()
    for wanted in (Wanted(area=code, sort=sort) for code in [*areas, "777776000000", "777777000000"]):
        for place in places:
            for backwards in {False, place is not None}:
                turn = listing.Turn(wanted, dt.date(2026, 3, 2), place, backwards=backwards)
                composed = [tuple(row) for row in listing._page(turn, actor)]
                assert composed == list(turn.rows(actor)), turn
                # Found first and sorted then, or walked in order: the same page.
                for way in (Way.COLLECT, Way.CUT):
                    other = [tuple(row) for row in listing._page(replace(turn, way=way), actor)]
                    assert other == composed, (turn, way)
                seen.add(len(composed))
    assert len(seen) > 4


def test_sorted_by_name(client: PoliceClient) -> None:
    for number, name in enumerate(("周一", "安二", "马三")):
        county.person(name, serial=101 + 2 * number)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert names(client.get("/people/?sort=name").content.decode()) == ["安二", "马三", "周一"]


def test_a_total_over_the_cap_is_not_counted_out(
    client: PoliceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(60)
    monkeypatch.setattr(listing, "CAP", 55)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get("/people/?group=VET").content.decode()
    assert 'hx-get="/people/count/?group=VET"' in page
    assert client.get("/people/count/?group=VET").content.decode() == "共 55+ 人"
    assert client.get(f"/people/count/?area={county.OTHER_TOWN}").content.decode() == "共 20 人"


def test_filters_narrow_the_list(client: PoliceClient) -> None:
    county.person(
        "老兵",
        "19500101",
        101,
        入伍时间="1970-01-01",
        退役时间="1974-01-01",
        联系类别="重点",
        建档日期="2025-01-01",
    )
    county.person("青年", "19980101", 103, 入伍时间="2017-09-01", 退役时间="2019-09-01", 学历="")
    county.person("家属", "19630101", 202, 性别="女", 人员类别="F01", 入伍时间="", 退役时间="", 安置方式="")
    county.person(
        "逝者", "19550101", 105, 入伍时间="1975-01-01", 退役时间="1979-01-01", 去世日期="2025-05-01"
    )
    county.person("邻镇", "19600101", 107, 户籍地区划=county.OTHER_VILLAGE)
    county.person("残军", "19580101", 109, 入伍时间="1977-01-01", 退役时间="1980-01-01", 人员类别="D01")
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    expected = {
        "": {"老兵", "青年", "家属", "逝者", "邻镇", "残军"},
        f"area={county.OTHER_TOWN}": {"邻镇"},
        "category=F01": {"家属"},
        "group=CARE": {"残军"},
        "group=VET&age=18-59": {"青年"},
        "age=60-69": {"家属", "邻镇", "残军"},
        "age=70-79": {"老兵", "逝者"},
        "contact=KEY": {"老兵"},
        "complete=missing": {"青年"},
        "state=gone": {"逝者"},
        "state=registered&age=70-79": {"老兵"},
        "archive=yes": {"老兵"},
        "archive=no&category=F01": {"家属"},
        "area=nonsense&category=ZZZ&age=x": {"老兵", "青年", "家属", "逝者", "邻镇", "残军"},
    }
    for query, wanted in expected.items():
        assert set(names(client.get(f"/people/?{query}").content.decode())) == wanted, query


def test_a_chip_takes_its_filter_away_and_keeps_the_others(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get("/people/?category=V11&age=60-69").content.decode()
    assert re.search(r'<a class="chip on" href="\?age=60-69"', page)
    assert re.search(r'<a class="chip on" href="\?category=V11"', page)


def test_a_town_sees_its_own_people_only(client: PoliceClient) -> None:
    county.person("本镇")
    county.person("邻镇", serial=103, 户籍地区划=county.OTHER_VILLAGE)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert names(client.get("/people/").content.decode()) == ["本镇"]
    assert names(client.get(f"/people/?area={county.OTHER_TOWN}").content.decode()) == []


def test_numbers_are_masked_and_queries_few(client: PoliceClient) -> None:
    crowd(60)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    client.get("/people/")
    with query_count("people.list"):
        page = client.get("/people/").content.decode()
    assert json.loads(STORE.read_text(encoding="utf-8"))["people.list"] <= 6
    assert "19600803" not in page
    assert page.count(f"339902{'*' * 8}") == 50
    assert "芦汀街道 芦汀社区" in page


def test_without_the_right_there_is_no_list(client: PoliceClient) -> None:
    plain = Client()  # a refused reading is logged, which the policing client takes for a writing GET
    county.sign_in(plain, "SYS_ADMIN", "")
    assert [plain.get(f"/people/{page}").status_code for page in ("", "count/", "pick/", "create/")] == [
        403
    ] * 4
    assert plain.post("/people/export/").status_code == 403


@pytest.mark.parametrize("sort", ["name", "birth", "newest"])
def test_every_sort_turns_its_pages_without_a_gap(client: PoliceClient, sort: str) -> None:
    rows = [county.row(f"人{n % 7}", f"{1955 + n % 6}0803", n * 2 + 1, 性别="男") for n in range(60)]
    assert county.take_in(*rows).created == 60
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    pages = follow(client, f"/people/?sort={sort}&sex=1", "下一页")
    assert [len(page) for page in pages] == [50, 10]
    column, down = SORTS[sort]
    people = Person.objects.everywhere("tests").order_by(
        *(f"{'-' if down else ''}{c}" for c in (column, "id"))
    )
    assert [name for page in pages for name in page] == [person.name for person in people]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("war=yes", ["甲"]),
        ("discharged=1980-1989", ["甲"]),
        ("discharged=1990-1999&war=yes", []),
        ("sex=2", ["乙"]),
        ("disability=05", ["乙"]),
        ("sex=1&enlisted=1970-1979&placement=PLACEMENT", ["甲"]),
    ],
)
def test_filters_combine(client: PoliceClient, query: str, found: list[str]) -> None:
    placement = county.person("甲", 是否参战="是").placement_mode
    level = next(iter(code_table("disability_level").names))
    second = {"性别": "女", "退役时间": "1991-12-01", "入伍时间": "1987-12-01"}
    assert county.take_in(county.row("乙", serial=102, **second)).created == 1
    Person.objects.everywhere("tests").filter(name="乙").update(disability_level=level)
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    asked = query.replace("PLACEMENT", placement).replace("disability=05", f"disability={level}")
    assert names(client.get(f"/people/?{asked}").content.decode()) == found


def test_what_a_post_may_not_see_it_cannot_filter_by(client: PoliceClient) -> None:
    """Whoever filters by a value learns it: for posts without the right the filter is as if not asked."""
    county.person("甲")
    Person.objects.everywhere("tests").update(politics="01")
    asked = "/people/?politics=13&special=x&disability=01"
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get(asked).content.decode()
    assert names(page) == ["甲"]
    assert "政治面貌" not in page
    assert client.get(asked.replace("?", "count/?")).content.decode() == "共 1 人"
    open_to = PoliceClient()
    county.sign_in(open_to, "BUREAU_STAFF", county.COUNTY)
    page = open_to.get(asked).content.decode()
    assert names(page) == []
    assert "政治面貌" in page


def test_an_export_is_masked_filtered_and_logged(client: PoliceClient) -> None:
    county.person("甲", 联系电话="13800138111", 月收入="3210.00")
    county.person("乙", serial=103, 人员类别="V12", 安置方式="")
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    answer = client.post("/people/export/?category=V11", {"purpose": "核对名册", "form": "xlsx"})
    content = b"".join(answer.streaming_content)
    sheet = fastexcel.read_excel(content).load_sheet(0, dtypes="string").to_polars()
    assert sheet["姓名"].to_list() == ["甲"]
    assert sheet["联系电话"].to_list() == ["138****8111"]
    assert sheet["月收入"].to_list() == ["仅限授权岗位"]
    assert b"13800138111" not in io.BytesIO(content).getvalue()
    [event] = Event.objects.everywhere("tests").filter(kind="export.asked")
    assert (event.reason, event.data["asked"], event.data["rows"]) == ("核对名册", {"category": "V11"}, 1)


def test_an_export_without_a_purpose_is_refused(client: PoliceClient) -> None:
    crowd(3)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    answer = client.post("/people/export/")
    assert answer.status_code == 422
    assert "没有写明用途" in answer.content.decode()
    assert (
        not Event.objects.everywhere("tests")
        .filter(kind__startswith="export.", outcome=Outcome.DONE)
        .exists()
    )


def test_those_found_on_the_way_are_shown_to_whom_they_are_in_sight(divisions: None) -> None:
    crowd(60)
    wide = county.actor_of(county.account("CENTER_STAFF", county.COUNTY))
    narrow = county.actor_of(county.account("TOWN_STATION", county.OTHER_TOWN))
    everybody = list(Person.objects.everywhere("tests").values_list("id", flat=True))
    turn = listing.Turn(Wanted(sex="1"), dt.date(2026, 3, 2), None, backwards=False, way=Way.COLLECT)
    seen = {row[0] for row in listing._page(turn, wide, everybody)}
    own = {row[0] for row in listing._page(turn, narrow, everybody)}
    assert (len(seen), len(own)) == (51, 20)


def test_nobody_found_is_asked_anew_the_next_time(client: PoliceClient) -> None:
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert names(client.get("/people/?contact=KEY").content.decode()) == []
    county.person("新来的", 联系类别="重点")
    assert names(client.get("/people/?contact=KEY").content.decode()) == ["新来的"]
