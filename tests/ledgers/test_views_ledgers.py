"""The page of all ledgers, blank templates, exports."""

import fastexcel
import pytest
from django.test import Client

from tests.indicators.makers import visit
from tests.support import county
from tests.support.client import PoliceClient
from tests.support.query_counts import query_count
from yizhou.events.models import Event
from yizhou.ledgers.ledger import LEDGERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "clock")]


@pytest.fixture
def world(db: None) -> None:
    county.divisions()


def sheet_of(answer: object) -> fastexcel.ExcelReader:
    return fastexcel.read_excel(b"".join(answer.streaming_content))  # type: ignore[attr-defined] # a file response


def test_every_bound_ledger_is_listed_with_what_may_be_done(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    client.get("/ledgers/")
    with query_count("ledgers.list"):
        page = client.get("/ledgers/").content.decode()
    for name, bound in LEDGERS.items():
        assert bound.title in page
        assert f"/ledgers/{name}/template/" in page
        open_to_all = bound.browse_permission == "ledgers.browse_ledger"
        assert (f"/ledgers/{name}/export/" in page) == open_to_all
    assert "/ledgers/import/?ledger=people" in page


def test_ledgers_of_the_highest_sensitivity_are_closed_to_other_posts(client: PoliceClient) -> None:
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    closed = {name for name, bound in LEDGERS.items() if bound.browse_permission == "ledgers.browse_special"}
    assert closed == {
        "petitions",
        "petition_steps",
        "aid_families",
        "aid_cases",
        "benefit_payments",
        "party_transfers",
        "party_memberships",
        "punishments",
        "benefit_standings",
        "benefit_adjustments",
        "disability_assessments",
        "health_conditions",
        "houses",
        "family_economies",
        "case_helps",
        "needs",
    }
    for name in closed:
        assert client.get(f"/ledgers/{name}/").status_code == 403
        assert client.get(f"/ledgers/{name}/voided/").status_code == 403
        assert client.post(f"/ledgers/{name}/export/").status_code == 403
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    assert client.get("/ledgers/aid_cases/").status_code == 200


def test_what_is_no_division_is_no_filter_and_exports_nothing(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert client.get("/ledgers/people/?area=abc&start=²").status_code == 200
    refused = client.post("/ledgers/people/export/", {"area": "abc"})
    assert refused.status_code == 422
    assert not Event.objects.everywhere("test").filter(kind="ledger.exported").exists()


@pytest.mark.parametrize("days", ["from=0001-01-01&to=0001-01-02", "from=2025-01-01&to=9999-12-31"])
def test_days_beyond_all_records_are_no_filter(client: PoliceClient, days: str) -> None:
    made = visit(county.person(), "2025-05-01 09:00:00")
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    assert f"/ledgers/visits/{made.uid}/" in client.get(f"/ledgers/visits/?{days}").text


def test_a_reader_gets_no_import_and_no_export(client: PoliceClient) -> None:
    county.sign_in(client, "HOTLINE", county.COUNTY)
    page = client.get("/ledgers/").content.decode()
    assert "/template/" in page
    assert "/export/" not in page
    assert "?ledger=" not in page


def test_the_blank_template_has_the_ledgers_headers(client: PoliceClient) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    sheet = sheet_of(client.get("/ledgers/people/template/")).load_sheet(0, dtypes="string").to_polars()
    assert sheet.columns == LEDGERS["people"].layout.headers
    assert client.get("/ledgers/nonsense/template/").status_code == 404


def test_an_export_is_masked_scoped_and_logged(client: PoliceClient) -> None:
    county.person("本镇", 联系电话="13800138111")
    county.person("邻镇", serial=103, 户籍地区划=county.OTHER_VILLAGE)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    sheet = sheet_of(client.post("/ledgers/people/export/")).load_sheet(0, dtypes="string").to_polars()
    assert sheet["姓名"].to_list() == ["本镇"]
    assert sheet["联系电话"].to_list() == ["138****8111"]
    [event] = Event.objects.everywhere("tests").filter(kind="ledger.exported")
    assert event.data == {"ledger": "people", "rows": 1, "plain": False, "asked": ""}
    assert client.get("/ledgers/people/export/").status_code == 405


def test_an_export_too_long_to_wait_for_is_refused(
    client: PoliceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.person()
    county.person(serial=103)
    monkeypatch.setattr("yizhou.ledgers.actions.export.LIMIT", 1)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert client.post("/ledgers/people/export/").status_code == 422
    assert not Event.objects.everywhere("tests").filter(kind="ledger.exported").exists()


def test_without_the_right_there_is_nothing() -> None:
    plain = Client()
    county.sign_in(plain, "GRID", county.TOWN)
    assert plain.get("/ledgers/").status_code == 403
    assert plain.post("/ledgers/people/export/").status_code == 403
