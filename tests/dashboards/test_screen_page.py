"""The wall of a hall is read by anybody who walks past: numbers alone, no small ones, nothing that leads further."""

import re

import pytest
from django.test import Client

from tests.cases.makers import at as moment
from tests.cases.makers import one_case, staff
from tests.cases.makers import person as applicant
from tests.dashboards.reading import YEAR, key_figures, shown, tables
from tests.indicators.makers import (
    CITY,
    COUNTY,
    FAR_VILLAGE,
    OTHER,
    TOWN,
    call,
    divisions,
    person,
    reception,
    visit,
)
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from tests.support.query_counts import query_count
from yizhou.cases.actions import decide_case
from yizhou.cases.models import Case, Rating
from yizhou.core import clock as hands
from yizhou.dashboards import views
from yizhou.orgs.actions import seed_calendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "clock")]
PATH = "/screen/"


@pytest.fixture
def world(db: None) -> None:
    divisions()
    for n in range(7):
        visit(
            person(name=f"关山月{n}", archive_complete=n < 4, e_archive_on="2025-01-01"),
            "2025-05-01 09:00:00",
        )
    for _ in range(3):
        person(household_area=FAR_VILLAGE, name="林中雪")
    for month, persons in ((1, 9), (2, 3), (3, 40)):
        reception(f"2025-{month:02d}-05 09:00:00", persons=persons, visitor_name="苏慕遮")
    for _ in range(3):
        call("2025-02-06 09:00:00", due_on="2025-02-08")


def wall(client: Client, area: str = "", query: str = YEAR) -> str:
    return shown(signed_in(client, "WINDOW", area), PATH, query)


def test_it_shows_numbers_of_five_and_more_even_to_who_may_open_the_rows(client: PoliceClient) -> None:
    html = wall(client, COUNTY)
    found = key_figures(html)
    assert found["接待退役军人来访人次"] == "52"
    assert found["走访慰问退役老兵人数"] == "7"
    assert found["热线受理件数"] == "—"
    rows = tables(html)["来访与热线"]
    assert [row[1] for row in rows[1:5]] == ["少于5", "少于5", "40", "0"]


def test_a_rate_over_few_or_of_few_is_not_told(client: PoliceClient) -> None:
    html = wall(client, "", f"{YEAR}&area={CITY}")
    assert tables(html)["按时与满意"][2][1] == "少于5"
    assert re.findall(r'<li class="shade-(\d)">(.县)<b>([^<]*)</b>', html) == [
        ("0", "东县", "少于 5"),
        ("0", "西县", "少于 5"),
    ]
    for n in range(20):
        day = "2025-06-01"
        Rating.objects.create(
            rating_no=f"P{n}", source="CASE", rated_on=day, area=TOWN, level="1" if n > 2 else "5"
        )
    assert key_figures(shown(client, PATH, f"{YEAR}&area={COUNTY}"))["服务对象满意度"] == "—"


def test_nothing_of_a_person_and_nothing_of_the_reader_is_on_it(client: PoliceClient) -> None:
    seed_calendar([2025, 2026])
    with hands.at(moment("2025-04-25 09:30")):
        one_case(applicant(name="纳兰容若"), item="RET-12")
    html = signed_in(client, "BUREAU_LEADER", COUNTY).get(f"{PATH}?{YEAR}").content.decode()
    for name in ("关山月", "林中雪", "苏慕遮", "纳兰容若", "林一", "13800001234", "bureau_leader"):
        assert name not in html
    links = set(re.findall(r'<a [^>]*href="([^"?]*)', html))
    assert links <= {"/", PATH}
    assert "csrfmiddlewaretoken" not in html


def test_small_numbers_of_departments_are_hidden_and_there_is_no_sum_to_find_them_by(
    client: PoliceClient,
) -> None:
    seed_calendar([2025, 2026])
    with hands.at(moment("2025-04-25 09:30")):
        one_case(item="RET-12")
    rows = tables(shown(signed_in(client, "WINDOW", COUNTY), PATH))["办件按时情况"]
    assert [row[0] for row in rows[1:]] == ["退役军人事务局"]
    assert rows[1][4] == "少于5"


@pytest.mark.parametrize(
    ("raw", "extended", "told"),
    [
        (5, 0, ["10", "50.0%", "50.0%"]),
        (0, 0, ["10", "0.0%", "0.0%"]),
        (10, 0, ["10", "100%", "100%"]),
        (1, 0, ["10", "少于5", "少于5"]),
        (9, 0, ["10", "少于5", "少于5"]),
        (0, 5, ["10", "0.0%", "50.0%"]),
        (1, 4, ["10", "少于5", "少于5"]),
        (5, 4, ["10", "50.0%", "少于5"]),
        (5, 5, ["10", "50.0%", "100%"]),
        (0, 4, ["10", "0.0%", "少于5"]),
    ],
)
def test_no_share_tells_a_small_number_of_cases(
    client: PoliceClient, raw: int, extended: int, told: list[str]
) -> None:
    finished(10, raw=raw, extended=extended)
    rows = tables(shown(signed_in(client, "WINDOW", COUNTY), PATH))["办件按时情况"]
    assert rows[1][1:4] == told


def test_two_shares_do_not_tell_a_small_number_of_cases_by_their_difference(client: PoliceClient) -> None:
    finished(14, raw=5, extended=3)
    rows = tables(shown(signed_in(client, "WINDOW", COUNTY), PATH))["办件按时情况"]
    assert rows[1][1:4] == ["14", "35.7%", "少于5"]


def finished(count: int, *, raw: int, extended: int) -> None:
    """So many finished cases of one department: ``raw`` in time, ``extended`` more by a later day, the others late."""
    seed_calendar([2025, 2026])
    with hands.at(moment("2025-04-25 09:30")):
        cases = [one_case(applicant(f"33990019850801{n:04}"), "RET-12").pk for n in range(count)]
    with hands.at(moment("2025-04-28 09:00")):
        for pk in cases:
            decide_case(
                Case.objects.everywhere("test").get(pk=pk), outcome="approve", hand_over=True, actor=staff()
            )
    late, early = moment("2025-12-01 09:00"), moment("2025-04-28 09:00")
    for n, pk in enumerate(cases):
        Case.objects.everywhere("test").filter(pk=pk).update(
            completed_at=early if n < raw else late,
            extended_days=200 if raw <= n < raw + extended else 0,
            due_on=None,
        )


def test_it_asks_for_itself_every_minute_for_the_same_area_and_period(client: PoliceClient) -> None:
    html = wall(client, COUNTY)
    found = re.search(r'hx-get="([^"]*)" hx-trigger="every 60s" hx-select="#wall"', html)
    assert found
    assert found[1].replace("&amp;", "&") == f"{PATH}?{YEAR}&area={COUNTY}"
    assert 'id="wall"' in client.get(found[1].replace("&amp;", "&")).content.decode()
    assert f'hx-get="{PATH}"' in shown(client, PATH, "")
    assert "2026-03-02 09:30" in html


def test_nobody_sees_beyond_the_own_area_and_only_some_posts_open_it(client: PoliceClient) -> None:
    signed_in(client, "TOWN_STATION", TOWN)
    assert client.get(f"{PATH}?area={COUNTY}").status_code == 404
    assert client.get(f"{PATH}?area={OTHER}").status_code == 404
    assert signed_in(Client(), "CO_DEPT", COUNTY).get(PATH).status_code == 403
    assert Client().get(PATH).headers["Location"].startswith("/login/")


@pytest.mark.parametrize(("path", "query"), [(PATH, "screen_page"), ("/dashboard/", "dashboard_page")])
def test_a_fault_is_not_told_as_a_page_that_does_not_exist(
    client: PoliceClient, monkeypatch: pytest.MonkeyPatch, path: str, query: str
) -> None:
    signed_in(client, "BUREAU_LEADER", COUNTY)
    monkeypatch.setattr(views, query, lambda *_: {}["fault"])
    with pytest.raises(KeyError):
        client.get(path)


def test_the_wall_costs_as_many_queries_as_are_committed(client: PoliceClient) -> None:
    signed_in(client, "WINDOW", COUNTY)
    with query_count("dashboards.screen"):
        shown(client, PATH)
    with query_count("dashboards.screen, warm"):
        shown(client, PATH)
