"""The pages of indicators: values, rows behind them, changes, scope."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.indicators.makers import (
    CITY,
    COUNTY,
    FAR_VILLAGE,
    FIRST,
    LAST,
    OTHER,
    TOWN,
    at,
    call,
    divisions,
    person,
    post,
    reception,
    station,
    visit,
    window,
)
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from yizhou.indicators import pages, views
from yizhou.indicators.facts import facts
from yizhou.indicators.pages import small_cells
from yizhou.indicators.queries import Figure, by_child, measure
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.scope import Scope

pytestmark = pytest.mark.django_db
YEAR = "from=2025-01-01&to=2025-12-31"
BIG = re.compile(r'<b class="big">(.*?)</b>', re.S)


@pytest.fixture(autouse=True)
def world() -> None:
    divisions()


def big(html: str) -> str:
    found = BIG.search(html)
    assert found
    return re.sub(r"<.*?>", "", found[1]).strip()


def test_the_list_shows_every_indicator_once(client: PoliceClient) -> None:
    person()
    html = signed_in(client).get(f"/indicators/?{YEAR}").content.decode()
    assert re.findall(r"<code>(\w+)</code>", html).count("netted_veterans") == 1
    assert set(re.findall(r"<code>(\w+)</code>", html)) == set(facts())


def test_a_number_opens_into_the_persons_it_counts(client: PoliceClient) -> None:
    seen = person(name="走访甲")
    visit(seen, "2025-05-01 09:00:00")
    visit(seen, "2025-06-01 09:00:00")
    person(name="未访乙")
    html = signed_in(client).get(f"/indicators/visited_veterans/?{YEAR}").content.decode()
    assert big(html) == "1人"
    assert "走访甲" in html
    assert "未访乙" not in html


def test_a_rate_opens_into_numerator_and_denominator(client: PoliceClient) -> None:
    call("2025-05-01 09:00:00", call_no="N1", closed_at=at("2025-05-01 10:00:00"))
    call("2025-05-02 09:00:00", call_no="N2")
    signed_in(client)
    path = f"/indicators/hotline_direct_rate/rows/?{YEAR}"
    html = client.get(path).content.decode()
    assert big(html) == "50.0%"
    assert re.findall(r">(N\d)</a>", html) == ["N1"]
    html = client.get(f"{path}&part=denominator").content.decode()
    assert re.findall(r">(N\d)</a>", html) == ["N2", "N1"]


def test_where_households_are_counted_and_persons_shown_the_page_says_so(client: PoliceClient) -> None:
    for _ in range(2):
        kin = person(category="F01", household_no="H1")
        visit(kin, "2025-05-01 09:00:00", purpose="CONSOLATION", both_signed=True)
    html = signed_in(client).get(f"/indicators/active_family_visit_rate/?{YEAR}").content.decode()
    assert "去重后 1" in html
    assert html.count('data-label="姓名"') == 2


def test_rows_keep_part_and_period_over_the_pages(client: PoliceClient) -> None:
    for n in range(51):
        call("2025-05-01 09:00:00", call_no=f"N{n}")
    signed_in(client)
    html = client.get(f"/indicators/hotline_direct_rate/rows/?{YEAR}&part=denominator").content.decode()
    following = re.search(r'href="([^"]+)"[^>]*>下一页', html)
    assert following
    html = client.get(following[1].replace("&amp;", "&")).content.decode()
    assert re.findall(r">(N\d+)</a>", html) == ["N0"]


def test_identity_numbers_stay_masked(client: PoliceClient) -> None:
    row = person()
    row.seal({"id_number": "330483197001011235"})
    type(row).objects.everywhere("test").filter(pk=row.pk).update(secret=row.secret)
    html = signed_in(client).get(f"/indicators/netted_veterans/?{YEAR}").content.decode()
    assert "330483********1235" in html
    assert "330483197001011235" not in html


def test_the_change_is_measured_against_the_same_days_a_year_before(client: PoliceClient) -> None:
    for _ in range(20):
        reception("2024-06-30 23:59:59")
    for _ in range(25):
        reception("2025-01-01 00:00:00")
    reception("2024-07-01 00:00:00", persons=999)
    signed_in(client)
    half = client.get("/indicators/hall_visit_times/?from=2025-01-01&to=2025-06-30").content.decode()
    assert "较上年同期 +25.0%" in half
    assert "较 2024 年 −97.5%" in client.get(f"/indicators/hall_visit_times/?{YEAR}").content.decode()


def test_the_change_is_measured_against_the_period_before_as_well(client: PoliceClient) -> None:
    for day, persons in (("2025-04-10", 30), ("2025-05-10", 45), ("2025-05-31", 15)):
        reception(f"{day} 10:00:00", persons=persons)
    signed_in(client)
    html = client.get("/indicators/hall_visit_times/?from=2025-05-01&to=2025-05-31").content.decode()
    assert "增长100.0%，上期 30" in html
    assert "2025-04-01 至 2025-04-30" in html
    assert "环比" not in client.get(f"/indicators/hall_visit_times/?{YEAR}").content.decode()


def test_bars_show_the_divisions_below(client: PoliceClient) -> None:
    person()
    person(household_area=FAR_VILLAGE)
    person(household_area=FAR_VILLAGE)
    html = signed_in(client).get(
        f"/indicators/netted_veterans/figure/?{YEAR}", headers={"HX-Request": "true"}
    )
    text = re.sub(r"\s+", " ", html.content.decode())
    assert re.findall(r'aria-label="(.县)"></progress> <em>(\d)</em>', text) == [("东县", "1"), ("西县", "2")]


def test_a_station_sees_its_own_town_only(client: PoliceClient) -> None:
    person()
    person(household_area=FAR_VILLAGE)
    signed_in(client, "TOWN_STATION", TOWN)
    assert big(client.get(f"/indicators/netted_veterans/?{YEAR}").content.decode()) == "1人"
    for area in (OTHER, COUNTY, "339999000000"):
        assert client.get(f"/indicators/netted_veterans/?{YEAR}&area={area}").status_code == 404
        assert client.get(f"/indicators/?{YEAR}&area={area}").status_code == 404


@pytest.mark.parametrize("days", ["from=0001-01-01&to=0001-12-31", "from=9999-01-01&to=9999-12-31"])
def test_a_time_that_is_nobodys_means_the_current_year(client: PoliceClient, days: str) -> None:
    signed_in(client)
    for path in ("", "hall_visit_times/", "liaison_coverage_rate/"):
        assert client.get(f"/indicators/{path}?{days}").status_code == 200


def test_small_quarters_and_small_years_before_are_hidden_with_the_small_cells(client: PoliceClient) -> None:
    for day, persons in (("2024-05-10", 2), ("2025-02-10", 3), ("2025-05-10", 40), ("2025-08-10", 50)):
        reception(f"{day} 10:00:00", persons=persons, area=TOWN)
    signed_in(client, "DISCIPLINE")
    html = client.get(f"/indicators/hall_visit_times/?{YEAR}&area={TOWN}").content.decode()
    assert big(html) == "93人次"
    assert "+91" not in html
    bars = html[html.index("按季度") :]
    assert re.findall(r">(\*|3|40|50)<", bars) == ["*", "*", "50"]


def test_an_unknown_code_is_not_found(client: PoliceClient) -> None:
    assert signed_in(client).get("/indicators/nothing/").status_code == 404


def test_who_may_not_open_rows_sees_the_number_alone(client: PoliceClient) -> None:
    person(name="军人甲")
    signed_in(client, "DISCIPLINE")
    html = client.get(f"/indicators/netted_veterans/?{YEAR}").content.decode()
    assert big(html) == "1人"
    assert "军人甲" not in html
    refused = signed_in(Client(), "FINANCE").get("/indicators/netted_veterans/rows/")
    assert refused.status_code == 403


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_every_built_indicator_has_a_page(client: PoliceClient, code: str) -> None:
    person(e_archive_on="2025-01-01", archive_complete=True)
    reception("2025-05-01 09:00:00")
    call("2025-05-01 09:00:00", due_on="2025-05-02")
    html = signed_in(client).get(f"/indicators/{code}/?{YEAR}").content.decode()
    assert facts()[code].name in html


def bars_of(client: PoliceClient) -> list[tuple[str, str]]:
    html = client.get(f"/indicators/netted_veterans/figure/?{YEAR}", headers={"HX-Request": "true"})
    return re.findall(r'title="(.县)".*?<em>([^<]+)</em>', html.content.decode(), re.S)


def test_small_cells_are_hidden_from_who_may_not_open_rows(client: PoliceClient) -> None:
    for _ in range(4):
        person()
    for _ in range(6):
        person(household_area=FAR_VILLAGE)
    assert bars_of(signed_in(client)) == [("东县", "4"), ("西县", "6")]
    # The other part goes too, or the small one could be found by subtraction.
    reader = signed_in(PoliceClient(), "DISCIPLINE")
    assert bars_of(reader) == [("东县", "*"), ("西县", "*")]
    assert big(reader.get(f"/indicators/netted_veterans/?{YEAR}&area={COUNTY}").content.decode()) == "—"
    assert big(reader.get(f"/indicators/netted_veterans/?{YEAR}&area={OTHER}").content.decode()) == "6人"
    own = signed_in(PoliceClient(), "DISCIPLINE", COUNTY)
    assert big(own.get(f"/indicators/netted_veterans/?{YEAR}").content.decode()) == "4人"


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [([5, 9, 0], set()), ([4, 9, 7], {0, 2}), ([4, 3, 9], {0, 1}), ([0, 1], {1}), ([], set())],
)
def test_which_cells_are_small(sizes: list[int], hidden: set[int]) -> None:
    assert small_cells([Figure(facts()["netted_veterans"], size) for size in sizes]) == hidden


@pytest.mark.parametrize("code", sorted(code for code in INDICATORS if facts()[code].computed_from))
def test_divisions_below_get_what_they_get_alone(code: str) -> None:
    """One pass over the rows gives each division the number that asking for it alone gives."""
    east, west = person(e_archive_on="2025-01-01", archive_complete=True), person(household_area=FAR_VILLAGE)
    for somebody in (east, east, west):
        visit(somebody, f"2025-05-01 09:00:{somebody.visits.everywhere('test').count():02d}")
    for area in (COUNTY, COUNTY, OTHER, TOWN):
        reception("2025-05-01 09:00:00", area=area, persons=3)
        call("2025-05-01 09:00:00", area=area, due_on="2025-05-02", closed_at=at("2025-05-01 10:00:00"))
        window(area=area, hall_type="INCUBATOR_EXCLUSIVE")
    here = station(area=FAR_VILLAGE, **dict.fromkeys(("has_office", "has_hall"), True))
    post(here, "甲", is_agent=True)
    scope = Scope(CITY, FIRST, LAST)
    parts = by_child(code, scope)
    assert [division.area_code for division, _ in parts] == [COUNTY, OTHER]
    assert [figure for _, figure in parts] == [measure(code, scope.at(area)) for area in (COUNTY, OTHER)]


@pytest.mark.parametrize("fault", [KeyError, IndexError])
@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("list_page", "/indicators/"),
        ("detail_page", "/indicators/netted_veterans/"),
        ("report_page", "/reports/annual/2025/"),
        ("report_page", "/reports/quarterly/2025/3/"),
        ("checks_part", "/reports/annual/2025/checks/"),
        ("tables_part", "/reports/annual/2025/tables/"),
        ("report_file", "/reports/monthly/2025/9/report.json"),
    ],
)
def test_a_fault_is_not_told_as_absent(
    client: PoliceClient, monkeypatch: pytest.MonkeyPatch, page: str, path: str, fault: type[Exception]
) -> None:
    def fail(*_: object) -> None:
        raise fault("a fault of ours")

    monkeypatch.setattr(views, page, fail)
    signed_in(client)
    ask = client.post if page == "report_file" else client.get
    with pytest.raises(fault):
        ask(path)


def test_over_a_large_table_the_rows_come_first_and_the_number_when_it_is_counted(
    client: PoliceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(person(name="走访甲"), "2025-05-01 09:00:00")
    reception("2025-05-01 09:00:00")
    signed_in(client)
    monkeypatch.setattr(pages, "LARGE", 0)
    for code in ("liaison_coverage_rate", "hall_visit_times"):
        url = f"/indicators/{code}/?{YEAR}"
        html = client.get(url).content.decode()
        assert not BIG.search(html)
        assert "正在统计" in html
        later = re.findall(r'hx-get="(/indicators/[^"]+quarters=1)"', html)
        card = client.get(unescape(later[0]), headers={"HX-Request": "true"}).content.decode()
        whole = client.get(url + "&whole=1").content.decode()
        assert big(card) == big(whole)
        assert ("按季度" in card) == ("按季度" in whole) == (code == "hall_visit_times")
    assert "<td" in html
    monkeypatch.undo()
    assert "正在统计" not in client.get(url).content.decode()


def test_an_unknown_indicator_is_not_there(client: PoliceClient) -> None:
    signed_in(client)
    assert client.get("/indicators/no_such/").status_code == 404
    assert client.get("/indicators/no_such/figure/", headers={"HX-Request": "true"}).status_code == 404
