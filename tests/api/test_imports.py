"""Files in and out over the API, with the worker between."""

from io import BytesIO
from typing import Any

import fastexcel
import pytest
from django.test import Client

from tests.indicators.makers import COUNTY, VILLAGE, divisions
from tests.support.calling import Caller
from tests.support.county import id_number
from tests.support.staff import account
from tests.support.uploads import worker
from yizhou.events.models import Event
from yizhou.hall.models import HallReception
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import ImportBatch

pytestmark = pytest.mark.django_db
NUMBER = id_number("19850801", 5, "330483")
LINES = f"""接待编号,接待时间,接待场所,接待地区划,窗口编号,来访人姓名,来访人身份证号,到场人数,事由类别,处理结果
J1,2025-03-05 09:30,服务大厅,{VILLAGE},,甲,{NUMBER},1,,
J2,2025-03-05 09:40,服务大厅,{VILLAGE},,乙,,0,,
""".encode()


@pytest.fixture
def call() -> Caller:
    divisions()
    return Caller.of(account("BUREAU_STAFF", COUNTY))


def batch() -> ImportBatch:
    return ImportBatch.objects.everywhere("test").get()


def sheet(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content
    return fastexcel.read_excel(BytesIO(b"".join(answer.streaming_content)).read())


def test_a_file_is_taken_in_checked_confirmed_and_stored(call: Caller) -> None:
    taken = [call.upload("hall_receptions", LINES, key="the-file") for _ in range(2)]
    assert [answer.status_code for answer in taken] == [202, 202]
    told = taken[0].json()
    assert taken[1].json() == told
    assert (told["status"], told["finished"], told["file_name"]) == ("UPLOADED", False, "名册.csv")
    one = f"imports/{told['uid']}"
    worker(batch())
    checked = call("GET", one).json()
    assert (checked["status"], checked["created"], checked["rejected"]) == ("CHECKED", 1, 1)
    assert checked["problems"][0]["rule"] == "RANGE"
    errors = sheet(call("GET", checked["errors_file"]))
    assert errors.sheet_names[0]
    confirmed = [call("POST", f"{one}/confirm", Idempotency_Key="yes") for _ in range(2)]
    assert [(answer.status_code, answer.json()["status"]) for answer in confirmed] == [(202, "CONFIRMED")] * 2
    worker(batch())
    stored = call("GET", one).json()
    assert (stored["status"], stored["finished"], stored["created"]) == ("DONE", True, 1)
    assert HallReception.objects.everywhere("test").count() == 1


def test_a_file_may_be_dropped_and_strangers_know_nothing_of_it(call: Caller) -> None:
    uid = call.upload("hall_receptions", LINES).json()["uid"]
    other = Caller(Caller.of(account("TOWN_STATION", COUNTY)).token, Client())
    assert other("GET", f"imports/{uid}").status_code == 404
    overseer = Caller(Caller.of(account("CENTER_STAFF", COUNTY)).token, Client())
    assert overseer("GET", f"imports/{uid}").status_code == 200
    assert overseer("GET", f"imports/{uid}/errors").status_code == 404
    assert overseer("POST", f"imports/{uid}/cancel").json()["errors"][0]["code"] == "NOT_YOURS"
    assert call("POST", f"imports/{uid}/cancel").json()["status"] == "CANCELLED"
    assert call("POST", f"imports/{uid}/retry").json()["errors"][0]["code"] == "STATUS"


@pytest.mark.parametrize(
    ("data", "name", "code"), [(b"", "a.csv", "EMPTY"), (b"x", "a.pdf", "SUFFIX"), (None, "", "EMPTY")]
)
def test_what_is_no_file_of_ours_is_refused(call: Caller, data: bytes | None, name: str, code: str) -> None:
    answer = call("POST", "ledgers/people/import") if data is None else call.upload("people", data, name)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
    assert not ImportBatch.objects.everywhere("test").exists()


def test_an_export_has_the_templates_headers_is_masked_and_logged_first(call: Caller) -> None:
    row = {"reception_no": "J1", "received_at": "2025-03-05", "place": "HALL", "area": VILLAGE}
    row |= {"visitor_name": "甲", "id_number": NUMBER, "persons": "1"}
    assert call("POST", "ledgers/hall_receptions/rows", {"fields": row}).status_code == 201
    # The contract has it read by GET, and what leaves is logged: the policing client would object.
    exporter = Caller(call.token, Client())
    out = sheet(exporter("GET", "ledgers/hall_receptions/export")).load_sheet(0, dtypes="string").to_polars()
    assert out.columns == LEDGERS["hall_receptions"].layout.headers
    assert out["来访人身份证号"].to_list() == ["330483********" + NUMBER[-4:]]
    assert Event.objects.everywhere("test").filter(kind="ledger.exported").count() == 1
    blank = sheet(call("GET", "ledgers/hall_receptions/template")).load_sheet(0, dtypes="string").to_polars()
    assert blank.columns == out.columns
