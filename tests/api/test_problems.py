"""Whatever goes wrong is said as a problem in Chinese, whoever noticed it; the document describes every operation."""

from typing import Any

import pytest
from django.test import Client

from tests.indicators.makers import COUNTY, divisions
from tests.support.calling import ROOT, Caller
from tests.support.staff import account
from yizhou.config.api import api
from yizhou.events.web import routes
from yizhou.ledgers import as_json

pytestmark = pytest.mark.django_db
ROWS = "ledgers/hall_receptions/rows"


@pytest.fixture
def call() -> Caller:
    divisions()
    return Caller.of(account("BUREAU_STAFF", COUNTY))


def told(answer: Any) -> tuple[int, str, list[str]]:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["instance"].startswith("urn:uuid:")
    assert body["detail"] == "；".join(error["message"] for error in body["errors"])
    return answer.status_code, body["title"], [error["message"] for error in body["errors"]]


def test_an_address_that_does_not_exist(call: Caller) -> None:
    found = [told(call("GET", address))[:2] for address in ("nowhere", "ledgers/", "cases/not-a-uuid")]
    assert found == [(404, "没有找到")] * 3
    assert told(Client().get(f"{ROOT}/nowhere"))[0] == 404


def test_a_method_that_is_not_offered(call: Caller) -> None:
    refused = call("DELETE", ROWS)
    assert told(refused)[:2] == (405, "不支持的方法")
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_a_body_that_cannot_be_read(call: Caller) -> None:
    headers = {"Authorization": f"Bearer {call.token}", "Idempotency-Key": "x"}
    broken = call.client.generic("POST", f"{ROOT}/{ROWS}", b"{", "application/json", headers=headers)
    assert told(broken) == (400, "请求不完整", ["请求正文读不懂"])


@pytest.mark.parametrize(
    ("method", "address", "body", "words"),
    [
        ("POST", ROWS, {"fields": []}, ["fields：不是对象"]),
        ("POST", ROWS, {"accept_doubts": "也许"}, ["accept_doubts：不是 true 或 false"]),
        ("POST", "people/search", {}, ["text：没有写明"]),
        ("POST", "people/search", {"text": 5}, ["text：不是文字"]),
        ("GET", f"{ROWS}?limit=x&after=y", None, ["after：不是公开编号（UUID）", "limit：不是整数"]),
        ("GET", f"{ROWS}?limit=501", None, ["limit：太大"]),
        ("GET", "indicators/bundle_items/rows?part=all", None, ["part：不在可用的取值中"]),
        ("POST", ROWS, {"fields": {"persons": [1]}}, None),
    ],
)
def test_validation_speaks_chinese(
    call: Caller, method: str, address: str, body: Any, words: list[str] | None
) -> None:
    status, title, said = told(call(method, address, body))
    assert (status, title) == (422, "没有办成")
    assert words is None or said == words
    assert not any(word in "".join(said).lower() for word in ("should", "input", "field required", "valid"))


def test_a_fault_of_ours_shows_nothing(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(as_json, "row_json", fail)
    call.client.raise_request_exception = False
    status, title, said = told(call("GET", f"{ROWS}/00000000-0000-0000-0000-000000000000"))
    assert (status, title, said) == (500, "系统出错", ["这一步没有办成，数据没有改动"])


def test_the_document_names_every_operation_with_its_words_and_its_token() -> None:
    document = Client().get(f"{ROOT}/openapi.json").json()
    described = {(path, method.upper()) for path, one in document["paths"].items() for method in one}
    offered = {
        (route.path.replace("<", "{").replace(">", "}"), method)
        for route in routes()
        if route.is_api and not route.public
        for method in route.methods
    }
    plain = {
        (path.replace("slug:", "").replace("uuidstr:", "").replace("int:", ""), m) for path, m in offered
    }
    assert described == plain
    assert len(described) > 40
    for path, one in document["paths"].items():
        for operation in one.values():
            assert operation["security"] == [{"Bearer": []}], path
            assert any("\u4e00" <= sign <= "\u9fff" for sign in operation["summary"]), operation["summary"]


def test_schemas_have_names_of_their_own() -> None:
    """Two of one name would silently stand for each other in the document."""
    found: dict[str, set[str]] = {}
    for _, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                for model in operation.response_models.values():
                    schema = model.model_json_schema() if isinstance(model, type) else {}
                    for definition in schema.get("$defs", {}).items():
                        found.setdefault(definition[0], set()).add(str(definition[1]))
    assert {name: len(seen) for name, seen in found.items() if len(seen) > 1} == {}
    assert len(found) > 10
