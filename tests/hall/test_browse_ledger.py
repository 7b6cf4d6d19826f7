"""Looking through a ledger: pages, filters, masks, scope."""

import re

import pytest
from django.test import Client

from tests.indicators.makers import COUNTY, OTHER, TOWN, divisions, reception
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from yizhou.hall.models import HallReception

pytestmark = pytest.mark.django_db
PATH = "/ledgers/hall_receptions/"
NUMBER = "330483197001011235"


@pytest.fixture(autouse=True)
def world() -> None:
    divisions()


def numbers(html: str) -> list[str]:
    return re.findall(r">(N\d+)</a>", html)


def test_newest_first_and_every_row_once_over_the_pages(client: PoliceClient) -> None:
    for n in range(120):
        # Many of the same minute: the order has to be decided within it.
        reception(f"2025-01-{1 + n // 40:02d} 10:00:00", reception_no=f"N{n}")
    signed_in(client)
    seen, url, pages = [], PATH, []
    while url:
        html = client.get(url).content.decode()
        pages.append(numbers(html))
        seen += numbers(html)
        following = re.search(r'href="([^"]+)"[^>]*>下一页', html)
        url = following.group(1).replace("&amp;", "&") if following else ""
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len(set(seen)) == 120
    assert seen[0] == "N119"
    assert "第 101–120 条，共 120 条" in html
    back = re.search(r'href="([^"]+)"[^>]*>← 上一页', html)
    assert back
    html = client.get(back.group(1).replace("&amp;", "&")).content.decode()
    assert numbers(html) == pages[1]
    assert "第 51–100 条" in html


def test_filters_by_area_and_period(client: PoliceClient) -> None:
    reception("2025-01-01 00:00:00", reception_no="N1")
    reception("2025-01-31 23:59:59", reception_no="N2", area=OTHER)
    reception("2025-02-01 00:00:00", reception_no="N3")
    signed_in(client)
    january = client.get(f"{PATH}?from=2025-01-01&to=2025-01-31").content.decode()
    assert numbers(january) == ["N2", "N1"]
    assert numbers(client.get(f"{PATH}?area={OTHER}").content.decode()) == ["N2"]
    assert numbers(client.get(f"{PATH}?from=nonsense").content.decode()) == ["N3", "N2", "N1"]


def test_only_rows_of_the_own_area(client: PoliceClient) -> None:
    reception("2025-01-01 10:00:00", reception_no="N1")
    other = reception("2025-01-01 10:00:00", reception_no="N2", area=OTHER)
    town = reception("2025-01-01 10:00:00", reception_no="N3", area=TOWN)
    signed_in(client, "TOWN_STATION", TOWN)
    assert numbers(client.get(PATH).content.decode()) == ["N3"]
    assert numbers(client.get(f"{PATH}?area={COUNTY}").content.decode()) == ["N3"]
    assert client.get(f"{PATH}{town.uid}/").status_code == 200
    assert client.get(f"{PATH}{other.uid}/").status_code == 404


def test_one_row_is_shown_masked(client: PoliceClient) -> None:
    row = reception("2025-01-01 10:00:00", reception_no="N1", category="")
    row.seal({"id_number": NUMBER})
    HallReception.objects.everywhere("test").filter(pk=row.pk).update(secret=row.secret)
    signed_in(client)
    html = client.get(f"{PATH}{row.uid}/").content.decode()
    assert "330483********1235" in html
    assert NUMBER not in html
    assert "东县" in html
    assert "2025-01-01 10:00" in html


def test_a_ledger_that_does_not_exist_is_not_found(client: PoliceClient) -> None:
    assert signed_in(client).get("/ledgers/nothing/").status_code == 404


def test_without_the_permission_nothing_is_shown() -> None:
    # Django's own client: the refusal is logged, which the policing client takes for a write on a GET.
    assert signed_in(Client(), "FINANCE").get(PATH).status_code == 403


def test_the_menu_leads_to_the_ledgers(client: PoliceClient) -> None:
    html = signed_in(client).get(PATH).content.decode()
    entries = dict(re.findall(r'<a href="(/ledgers/\w+/)"[^>]*>([^<\s]+)', html))
    assert {
        name: entries[f"/ledgers/{name}/"] for name in ("hall_receptions", "hotline_calls", "visits")
    } == {
        "hall_receptions": "来访接待",
        "hotline_calls": "热线工单",
        "visits": "走访联系",
    }
    assert 'href="/ledgers/hall_receptions/" aria-current="page"' in html
