"""Cases over the API: the list, one, and verbs, as a clerk's and as a department's program."""

from typing import Any

import pytest
from django.test import Client

from tests.support.calling import Caller
from tests.support.staff import account, token_of
from tests.trust.world import COUNTIES, WHEN, Corner, build
from yizhou.cases.models import Case
from yizhou.core import clock
from yizhou.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def corner() -> Any:
    made = build()[0]
    with clock.at(WHEN):
        yield made


def caller(role: str, **more: str) -> Caller:
    return Caller(token_of(account(role, COUNTIES[0], **more)), Client())


def as_stored(case: Case) -> Case:
    return Case.objects.everywhere("test").get(pk=case.pk)


def test_a_case_is_signed_and_decided_by_a_program(corner: Corner) -> None:
    call, one = caller("CENTER_STAFF"), f"cases/{corner.case.uid}"
    read = call("GET", one)
    case = read.json()
    assert (case["number"], case["status"], case["item"]) == (corner.case.case_no, "ACCEPTED", "RET-11")
    assert case["person"] == {"uid": str(corner.person.uid), "name": corner.person.name}
    assert "sign" in [verb["name"] for verb in case["verbs"]]
    signed = call("POST", f"{one}/sign", {"version": case["version"]}, Idempotency_Key="sign it")
    assert signed.status_code == 200, signed.content
    assert signed.json()["status"] == "IN_PROGRESS"
    again = call("POST", f"{one}/sign", {"version": case["version"]}, Idempotency_Key="sign it")
    assert (again.status_code, again.json()) == (200, signed.json())
    stale = call("POST", f"{one}/decide", {"outcome": "approve"}, If_Match=read.headers["ETag"])
    assert (stale.status_code, stale.json()["title"]) == (409, "内容已变动")
    decided = call("POST", f"{one}/decide", {"outcome": "approve"}, If_Match=signed.headers["ETag"])
    assert decided.status_code == 200, decided.content
    assert as_stored(corner.case).status == decided.json()["status"]
    assert Event.objects.everywhere("test").filter(kind="case.signed").count() == 1


def test_a_verb_without_what_it_takes_says_what_is_missing(corner: Corner) -> None:
    call, one = caller("CENTER_STAFF"), f"cases/{corner.case.uid}"
    version = as_stored(corner.case).version
    assert call("POST", f"{one}/sign", {}).status_code == 428
    refused = call("POST", f"{one}/withdraw", {"version": version, "reason": ""})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["message"]
    assert as_stored(corner.case).version == version


def test_a_departments_program_sees_and_does_its_own_cases_and_nothing_else(corner: Corner) -> None:
    mine = corner.case
    call, one = caller("CO_DEPT", department=mine.department), f"cases/{mine.uid}"
    assert call("GET", f"cases/{corner.leg.uid}").status_code == 404
    leg = call("GET", one)
    assert (leg.status_code, leg.json()["person"]["uid"]) == (200, None)
    assert call("GET", f"people/{corner.person.uid}").status_code == 403
    signed = call("POST", f"{one}/sign", {}, If_Match=leg.headers["ETag"])
    assert (signed.status_code, signed.json()["department"]) == (200, mine.department), signed.content
    back = call("POST", f"{one}/return", {"reason": "材料不全"}, If_Match=signed.headers["ETag"])
    assert back.status_code == 200, back.content
    assert as_stored(mine).status == "RETURNED"


def test_the_list_holds_each_case_once_and_is_narrowed(corner: Corner) -> None:
    call = caller("CENTER_STAFF")
    rows = call("GET", "cases").json()["rows"]
    mine = Case.objects.everywhere("test").filter(area__startswith=COUNTIES[0][:6])
    assert sorted(row["uid"] for row in rows) == sorted(str(case.uid) for case in mine)
    only = call("GET", f"cases?item=RET-11&person={corner.person.uid}").json()["rows"]
    assert [row["uid"] for row in only] == [str(corner.case.uid)]
    assert call("GET", "cases?status=nonsense").json()["errors"][0]["code"] == "FILTER"
    assert call("GET", "cases?status=final").json() == {"rows": [], "next": None}
