"""The leader's page says what the indicators say, inside the reader's scope, and every number opens."""

import datetime as dt
import re

import pytest

from tests.cases.makers import at as moment
from tests.cases.makers import one_case
from tests.dashboards.reading import YEAR, addresses, key_figures, shown, tables
from tests.indicators.makers import (
    CITY,
    COUNTY,
    FAR_VILLAGE,
    FIRST,
    LAST,
    OTHER,
    TOWN,
    call,
    divisions,
    figure,
    person,
    reception,
    visit,
)
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from tests.support.query_counts import query_count
from yizhou.core import clock as hands
from yizhou.dashboards.facts import board
from yizhou.events.models import Event
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import amounts_at_once
from yizhou.indicators.periods import months
from yizhou.indicators.queries import measure_many
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.scope import Scope
from yizhou.indicators.wording import on_page
from yizhou.orgs.actions import seed_calendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "clock")]
PATH = "/dashboard/"
TREND = "来访、热线与走访"


@pytest.fixture
def world(db: None) -> None:
    divisions()
    for n, month in enumerate((1, 1, 3, 12)):
        reception(f"2025-{month:02d}-05 09:00:00", persons=n + 1)
        call(
            f"2025-{month:02d}-06 09:00:00",
            due_on=f"2025-{month:02d}-08",
            closed_at=moment(f"2025-{month:02d}-07 09:00"),
        )
    reception("2024-05-05 09:00:00", persons=30)
    reception("2025-05-05 09:00:00", persons=20, area=OTHER)
    for _ in range(6):
        visit(person(archive_complete=True), "2025-05-01 09:00:00")
    person(household_area=FAR_VILLAGE)


def test_key_figures_are_those_of_the_indicators_and_open_them(client: PoliceClient) -> None:
    html = shown(signed_in(client, "BUREAU_LEADER", COUNTY), PATH)
    found, links = key_figures(html), addresses(html)
    assert len(found) == 8
    for code in board("leader").headline:
        fact, value = facts()[code], figure(code, COUNTY).value
        assert found[fact.name] == ("—" if value is None else on_page(fact, value)), code
        assert links[fact.name] == f"/indicators/{code}/?from=2025-01-01&to=2025-12-31&area={COUNTY}"
        assert client.get(links[fact.name]).status_code == 200
    assert found["接待退役军人来访人次"] == "10"
    assert "同比下降66.7%" in html


def test_months_are_those_of_the_indicators(client: PoliceClient) -> None:
    html = shown(signed_in(client, "BUREAU_LEADER", COUNTY), PATH)
    head, *rows = tables(html)[TREND]
    assert head == [
        "月份",
        "接待退役军人来访人次（人次）",
        "热线受理件数（件）",
        "走访慰问退役老兵人数（人）",
    ]
    assert [row[0] for row in rows] == [f"2025-{month:02d}" for month in range(1, 13)]
    for n, code in enumerate(("hall_visit_times", "hotline_accepted", "visited_veterans"), 1):
        spans = [months(2025, month, 1) for month in range(1, 13)]
        assert [row[n] for row in rows] == [str(figure(code, COUNTY, *span).value) for span in spans]
    assert f"/indicators/hall_visit_times/?from=2025-03-01&amp;to=2025-03-31&amp;area={COUNTY}" in html


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_twelve_months_at_once_are_twelve_months_alone(code: str) -> None:
    wanted = [
        (code, Scope(area, *months(2025, month, 1))) for month in (1, 3, 5, 12) for area in (COUNTY, CITY)
    ]
    assert measure_many(wanted, amounts_at_once) == measure_many(wanted)


def test_a_period_that_runs_is_told_until_today_and_compared_with_the_same_days(client: PoliceClient) -> None:
    reception("2026-02-01 09:00:00", persons=9)
    reception("2025-02-01 09:00:00", persons=30)
    html = shown(signed_in(client, "BUREAU_LEADER", COUNTY), PATH, "from=2026-01-01&to=2026-12-31")
    assert key_figures(html)["接待退役军人来访人次"] == "9"
    assert "to=2026-03-02" in addresses(html)["接待退役军人来访人次"]
    assert "同比下降72.7%" in html
    assert tables(html)[TREND][-1][0] == "2026-03（至2日）"
    month = shown(client, PATH, "from=2026-02-01&to=2026-02-28")
    assert "环比" in month


def test_nobody_sees_beyond_the_own_area(client: PoliceClient) -> None:
    signed_in(client, "VILLAGE_STATION", TOWN)
    assert client.get(f"{PATH}?{YEAR}&area={COUNTY}").status_code == 404
    assert client.get(f"{PATH}?{YEAR}&area={OTHER}").status_code == 404
    assert f'<option value="{COUNTY}"' not in shown(client, PATH)
    assert key_figures(shown(client, PATH))["接待退役军人来访人次"] == "0"


def test_cells_of_few_are_hidden_from_who_may_not_open_the_rows(client: PoliceClient) -> None:
    rows = tables(shown(signed_in(client, "BUREAU_LEADER", ""), PATH, f"{YEAR}&area={COUNTY}"))[TREND]
    assert [row[1] for row in rows[1:4]] == ["3", "0", "3"]
    reader = signed_in(PoliceClient(), "DISCIPLINE", "")
    rows = tables(shown(reader, PATH, f"{YEAR}&area={COUNTY}"))[TREND]
    assert [row[1] for row in rows[1:4]] == ["少于5", "0", "少于5"]
    assert key_figures(shown(reader, PATH, f"{YEAR}&area={OTHER}"))["走访慰问退役老兵人数"] == "0"


def test_contact_is_measured_over_its_own_interval(client: PoliceClient) -> None:
    html = shown(signed_in(client, "BUREAU_LEADER", COUNTY), PATH)
    links = re.findall(r'href="(/indicators/(?:one_to_one_contact|liaison_coverage)_rate/[^"]*)"', html)
    assert any("from=2025-10-01&amp;to=2025-12-31" in link and "one_to_one" in link for link in links)
    assert "重点对象（每 3 个月）" in html


def test_cases_are_told_by_department_with_alerts_that_open_their_lists(client: PoliceClient) -> None:
    seed_calendar([2025, 2026])
    with hands.at(moment("2025-04-25 09:30")):
        one_case(item="RET-12")
    signed_in(client, "BUREAU_LEADER", COUNTY)
    html = shown(client, PATH, "from=2026-01-01&to=2026-03-31")
    head, whole, *rows = tables(html)["办件按时情况"]
    assert head == ["承办单位", "办结", "按原承诺", "扣除挂起", "在办超期"]
    assert whole == ["全部单位", "0", "—", "—", "1"]
    assert [row[-1] for row in rows] == ["1"]
    link = re.search(r'href="(/cases/\?[^"]*light=late[^"]*)">超期未办结的办件', html)
    assert link
    assert "红灯 1" in html
    assert "2025-000001" in client.get(link[1].replace("&amp;", "&")).content.decode()
    assert "办件按时情况" not in shown(signed_in(PoliceClient(), "AUDITOR", COUNTY), PATH)


def test_alarms_of_looking_are_for_readers_of_the_log(client: PoliceClient) -> None:
    Event.objects.create(
        kind="person.reveal_alarm", at=hands.now() - dt.timedelta(days=1), actor="某人", area=COUNTY
    )
    auditor = shown(signed_in(client, "AUDITOR", COUNTY), PATH)
    assert "报警 1" in auditor
    assert "某人" not in auditor
    assert "频繁查看" not in shown(signed_in(PoliceClient(), "BUREAU_LEADER", COUNTY), PATH)


def test_a_demonstration_shows_the_year_of_its_rows(client: PoliceClient, settings: object) -> None:
    signed_in(client, "BUREAU_LEADER", COUNTY)
    assert "2026-01-01 至 2026-03-02" in shown(client, PATH, "")
    settings.DEMO = True  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert f"东县 · {FIRST.year} 年" in shown(client, PATH, "")
    assert LAST.isoformat() in addresses(shown(client, PATH, ""))["接待退役军人来访人次"]


def test_the_page_costs_as_many_queries_as_are_committed(client: PoliceClient) -> None:
    signed_in(client, "BUREAU_LEADER", COUNTY)
    with query_count("dashboards.dashboard"):
        shown(client, PATH)
    with query_count("dashboards.dashboard, warm"):
        shown(client, PATH)
