"""Rows of ledgers over the API: read, added, corrected, voided, restored."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.indicators.makers import COUNTY, OTHER, VILLAGE, divisions, reception
from tests.support.calling import Caller
from tests.support.county import id_number
from tests.support.staff import account, token_of
from yizhou.events.models import Event, Outcome
from yizhou.hall.models import HallReception
from yizhou.ledgers.ledger import LEDGERS, SPECIAL

pytestmark = pytest.mark.django_db
ROWS = "ledgers/hall_receptions/rows"
CELLS = {
    "reception_no": "J1",
    "received_at": "2025-03-05 09:30",
    "place": "服务大厅",
    "area": VILLAGE,
    "visitor_name": "来访人",
    "id_number": id_number("19850801", 5, "330483"),
    "persons": 2,
}


@pytest.fixture(autouse=True)
def world() -> None:
    divisions()


@pytest.fixture
def call() -> Caller:
    return Caller.of(account("BUREAU_STAFF", COUNTY))


def codes(answer: Any) -> list[str]:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    return [error["code"] for error in answer.json()["errors"]]


def done() -> list[str]:
    found = Event.objects.everywhere("test").filter(outcome=Outcome.DONE).order_by("id")
    return list(found.values_list("kind", flat=True))


def test_a_row_from_first_to_last(call: Caller) -> None:
    added = call("POST", ROWS, {"fields": CELLS})
    assert added.status_code == 201, added.content
    row = added.json()
    assert (row["fields"]["persons"], row["fields"]["place"], row["fields"]["result"]) == (
        "2",
        "服务大厅",
        None,
    )
    assert row["fields"]["id_number"].startswith("330483********")
    one = f"{ROWS}/{row['uid']}"
    read = call("GET", one)
    assert (read.json(), read.headers["ETag"]) == (row, f'"{row["state"]}"')
    change = {"fields": {"persons": 3, "result": "已答复"}, "reason": "对照登记簿"}
    changed = call("PATCH", one, change, If_Match=read.headers["ETag"])
    assert changed.status_code == 200, changed.content
    assert (changed.json()["fields"]["persons"], changed.json()["fields"]["result"]) == ("3", "已答复")
    assert HallReception.objects.everywhere("test").get().opened() == {"id_number": CELLS["id_number"]}
    voided = call("POST", f"{one}/void", {"reason": "重复登记"})
    assert voided.status_code == 200, voided.content
    assert call("GET", one).status_code == 404
    listed = call("GET", "ledgers/hall_receptions/voided").json()
    assert ([kept["uid"] for kept in listed["rows"]], listed["next"]) == ([voided.json()["uid"]], None)
    back = call("POST", f"voided/{voided.json()['uid']}/restore")
    assert (back.status_code, back.json()) == (200, changed.json())
    assert [kind.partition(".")[2] for kind in done()] == ["added", "corrected", "voided", "restored"]


def test_the_state_is_that_of_the_very_values_that_are_shown(call: Caller) -> None:
    row = call("POST", ROWS, {"fields": CELLS}).json()
    with CaptureQueriesContext(connection) as asked:
        assert call("GET", f"{ROWS}/{row['uid']}").json() == row
    read = [one["sql"] for one in asked if 'FROM "hall_hallreception"' in one["sql"]]
    assert len(read) == 1, read


def test_null_empties_a_cell_a_masked_one_too(call: Caller) -> None:
    row = call("POST", ROWS, {"fields": CELLS | {"result": "x"}}).json()
    change = {"fields": {"id_number": None, "result": None}, "reason": "误填", "seen": row["state"]}
    emptied = call("PATCH", f"{ROWS}/{row['uid']}", change).json()["fields"]
    assert (emptied["id_number"], emptied["result"]) == (None, None)


def test_the_same_submission_again_is_done_once_and_another_under_its_key_is_refused(call: Caller) -> None:
    key = {"Idempotency_Key": "one-and-the-same"}
    first = call("POST", ROWS, {"fields": CELLS}, **key)
    again = call("POST", ROWS, {"fields": CELLS}, **key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert codes(call("POST", ROWS, {"fields": CELLS | {"persons": 9}}, **key)) == ["CONFLICT"]
    one, key = f"{ROWS}/{first.json()['uid']}", {"Idempotency_Key": "another"}
    change = {"fields": {"persons": 3}, "reason": "核对"}
    etag = call("GET", one).headers["ETag"]
    changed = [call("PATCH", one, change, If_Match=etag, **key) for _ in range(2)]
    assert changed[0].json() == changed[1].json()
    key = {"Idempotency_Key": "a third"}
    voided = [call("POST", f"{one}/void", {"reason": "重复"}, **key) for _ in range(2)]
    assert (voided[1].status_code, voided[1].json()) == (200, voided[0].json())
    assert len(done()) == 3


def test_what_cannot_be_done_says_why_and_changes_nothing(call: Caller) -> None:
    row = call("POST", ROWS, {"fields": CELLS}).json()
    one, seen = f"{ROWS}/{row['uid']}", row["state"]
    change: dict[str, Any] = {"fields": {"persons": 3}, "reason": "核对"}
    assert codes(call("POST", ROWS, {"fields": CELLS}, Idempotency_Key="")) == ["IDEMPOTENCY_KEY"]
    assert codes(call("POST", ROWS, {"fields": CELLS})) == ["DUP_KEY"]
    assert codes(call("POST", ROWS, {"fields": CELLS | {"reception_no": "J2", "place": "某处"}})) == ["CODE"]
    assert codes(call("POST", ROWS, {"fields": {"无此列": 1}})) == ["UNKNOWN_FIELD"]
    assert codes(call("POST", "ledgers/people/rows", {"fields": {}})) == ["OWN_PAGE"]
    assert codes(call("PATCH", one, change)) == ["SEEN"]
    assert codes(call("PATCH", one, change | {"reason": ""}, If_Match=seen)) == ["REASON"]
    assert codes(call("PATCH", one, change, If_Match="stale")) == ["CONFLICT"]
    assert codes(call("POST", f"{one}/void", {})) == ["REASON"]
    statuses = [call("PATCH", one, change).status_code, call("PATCH", one, change, If_Match="x").status_code]
    assert statuses == [428, 409]
    assert call("GET", one).json() == row
    assert len(done()) == 1


def test_every_row_once_over_the_pages_and_only_ones_own(call: Caller) -> None:
    for n in range(25):
        reception(f"2025-01-{1 + n // 10:02d} 10:00:00", reception_no=f"N{n}")
    reception("2025-01-01 10:00:00", reception_no="foreign", area=OTHER)
    seen, url = [], f"{ROWS}?limit=10&from=2025-01-01"
    while url:
        page = call("GET", url).json()
        seen += [row["fields"]["reception_no"] for row in page["rows"]]
        url = page["next"]
    assert (len(seen), len(set(seen)), seen[0]) == (25, 25, "N24")
    uid = HallReception.objects.everywhere("test").get(reception_no="foreign").uid
    assert codes(call("GET", f"{ROWS}?after={uid}")) == ["AFTER"]
    assert call("GET", f"{ROWS}/{uid}").status_code == 404


def test_filters_take_codes_and_names_and_nothing_unknown(call: Caller) -> None:
    for n, place in enumerate(("HALL", "STATION"), 1):
        reception("2025-01-01 10:00:00", reception_no=f"P{n}", place=place)
    reception("2025-02-01 10:00:00", reception_no="P3", place="STATION")
    name = call("GET", f"{ROWS}?place=STATION&to=2025-01-31").json()["rows"]
    assert [row["fields"]["reception_no"] for row in name] == ["P2"]
    label = name[0]["fields"]["place"]
    assert len(call("GET", f"{ROWS}?place={label}").json()["rows"]) == 2
    assert codes(call("GET", f"{ROWS}?place=某处")) == ["FILTER"]
    assert codes(call("GET", f"{ROWS}?plaec=HALL")) == ["FILTER"]
    clerk = call_of("BUREAU_STAFF")
    for address in (f"{ROWS}?area=abc", f"{ROWS}?area=１２３４", "ledgers/hall_receptions/export?area=abc"):
        answer = clerk("GET", address)
        assert (answer.status_code, codes(answer)) == (422, ["AREA"])
    assert codes(call("GET", f"{ROWS}?from=昨天&limit=0")) == [
        "DATE_FROM_DATETIME_PARSING",
        "GREATER_THAN_EQUAL",
    ]


def test_ledgers_say_their_columns_and_what_may_be_done(call: Caller) -> None:
    ledgers = {one["name"]: one for one in call("GET", "ledgers").json()}
    assert len(ledgers) > 20
    one = call("GET", "ledgers/hall_receptions").json()
    assert one == ledgers["hall_receptions"]
    assert {"field": "id_number", "masked": True}.items() <= one["columns"][6].items()
    assert "place" in one["filters"]
    assert (one["by_hand"], one["may_import"], ledgers["people"]["by_hand"]) == (True, True, False)
    assert call("GET", "ledgers/nonsense").status_code == 404


def test_a_ledger_that_is_closed_to_a_post_is_closed_to_its_program() -> None:
    closed = next(one for one in LEDGERS.values() if one.browse_permission == SPECIAL)
    clerk = Caller(token_of(account("WINDOW", COUNTY)), Client())
    for address in (f"ledgers/{closed.name}/rows", f"ledgers/{closed.name}/voided"):
        assert (clerk("GET", address).status_code, call_of("BUREAU_STAFF")("GET", address).status_code) == (
            403,
            200,
        )
    assert clerk("GET", f"ledgers/{closed.name}").json()["may_read"] is False
    refused = clerk("POST", f"ledgers/{closed.name}/rows", {"fields": {}})
    assert (refused.status_code, codes(refused)) == (403, ["FORBIDDEN"])


def call_of(role: str) -> Caller:
    return Caller(token_of(account(role, COUNTY, name=f"{role}{uuid4().hex[:6]}")), Client())
