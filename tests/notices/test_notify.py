"""Messages: written with the action, sent after it, tried again, given up in front of somebody's eyes."""

import datetime as dt
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.workdays import LOCAL
from yizhou.events.models import Event
from yizhou.notices import gateways
from yizhou.notices.actions import CLAIM, Recipient, notify, retry_message, send_due
from yizhou.notices.gateways import NotSent, Outgoing, Unreachable
from yizhou.notices.models import Message, Status
from yizhou.notices.queries import outbox_page, texts
from yizhou.notices.rules import WAITS, filled, next_attempt, slots
from yizhou.orgs.permissions import granted_to

TOWN = "339902101000"
PHONE = "14012345678"
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=LOCAL)
VALUES = {"name": "周海峰", "item": "优待证", "no": "2026-000001", "due": "2026-03-20"}


def told(key: str = "event:1") -> Message:
    notify("case.accepted", key, Recipient(PHONE, None, TOWN), VALUES)
    return Message.objects.everywhere("test").get(key=key)


def stored(message: Message) -> Message:
    return Message.objects.everywhere("test").get(pk=message.pk)


def clerk(area: str) -> Actor:
    return Actor(7, "站员", frozenset({"TOWN_STATION"}), (area,), permissions=granted_to("TOWN_STATION"))


def test_the_words_are_filled_in_and_sealed(db: None) -> None:
    message = told()
    assert message.opened() == {
        "phone": PHONE,
        "text": "周海峰您好：您申请的“优待证”已受理，编号 2026-000001，承诺 2026-03-20 前办结。",
    }
    assert PHONE.encode() not in bytes(message.secret or b"")


def test_the_same_thing_is_told_once_and_nobody_without_a_number(db: None) -> None:
    told()
    notify("case.accepted", "event:1", Recipient(PHONE), VALUES)
    notify("case.accepted", "event:2", Recipient(""), VALUES)
    notify("case.signed", "event:3", Recipient(PHONE), VALUES)
    assert Message.objects.everywhere("test").count() == 1


def test_nothing_is_told_when_the_action_is_undone(db: None) -> None:
    def undone() -> None:
        with transaction.atomic():
            told()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    sent: list[Outgoing] = []
    assert (send_due(way=sent.append), sent) == (0, [])


def test_a_message_is_sent_once(db: None) -> None:
    message = told()
    sent: list[Outgoing] = []
    assert (send_due(way=sent.append), send_due(way=sent.append)) == (1, 0)
    assert [(one.uid, one.phone) for one in sent] == [(message.uid.hex, PHONE)]
    assert (stored(message).status, stored(message).attempts) == (Status.SENT, 1)


def test_it_is_tried_again_ever_later_and_then_given_up(db: None) -> None:
    def refuse(message: Outgoing) -> None:
        raise NotSent("短信网关答复 503")

    with clock.at(NOON):
        message = told()
    moment = NOON
    for attempt, minutes in enumerate(WAITS, 1):
        with clock.at(moment):
            assert send_due(way=refuse) == 0
        moment += dt.timedelta(minutes=minutes)
        assert (stored(message).status, stored(message).attempts) == (Status.WAITING, attempt)
        assert stored(message).due_at == moment
        with clock.at(moment - dt.timedelta(seconds=1)):
            sent: list[Outgoing] = []
            assert send_due(way=sent.append) == 0, "not before its time"
    with clock.at(moment):
        send_due(way=refuse)
    assert (stored(message).status, stored(message).error) == (Status.FAILED, "短信网关答复 503")
    assert Event.objects.everywhere("test").filter(kind="notice.failed", area=TOWN).count() == 1


def test_what_failed_is_seen_in_its_area_only_and_can_be_sent_again(db: None) -> None:
    message = told()
    Message.objects.everywhere("test").filter(pk=message.pk).update(status=Status.FAILED, attempts=6)
    rows = outbox_page(clerk("339902101"))["rows"]
    assert [(row["phone"], row["may_retry"]) for row in rows] == [("140****5678", True)]
    assert outbox_page(clerk("339921101"))["rows"] == []
    retry_message(stored(message), actor=clerk("339902101"))
    sent: list[Outgoing] = []
    assert (send_due(way=sent.append), len(sent)) == (1, 1)


def test_a_claim_is_taken_up_again_when_its_worker_died(db: None) -> None:
    with clock.at(NOON):
        message = told()

        def die(outgoing: Outgoing) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            send_due(way=die)
    assert stored(message).status == Status.SENDING
    sent: list[Outgoing] = []
    with clock.at(NOON + dt.timedelta(minutes=9)):
        assert send_due(way=sent.append) == 0
    with clock.at(NOON + dt.timedelta(minutes=10)):
        assert send_due(way=sent.append) == 1


def test_what_breaks_off_every_attempt_is_given_up_too(db: None) -> None:
    def break_off(outgoing: Outgoing) -> None:
        raise RuntimeError

    with clock.at(NOON):
        message = told()
    moment = NOON
    for _ in range(len(WAITS) + 1):
        with clock.at(moment), pytest.raises(RuntimeError):
            send_due(way=break_off)
        moment += CLAIM
    with clock.at(moment):
        assert send_due(way=break_off) == 0
    assert (stored(message).status, stored(message).attempts) == (Status.FAILED, len(WAITS) + 1)
    assert Event.objects.everywhere("test").filter(kind="notice.failed").count() == 1


def test_a_gateway_that_does_not_answer_is_asked_once_a_round(db: None) -> None:
    asked: list[Outgoing] = []

    def silent(outgoing: Outgoing) -> None:
        asked.append(outgoing)
        raise Unreachable("连不上短信网关")

    first, second = told(), told("event:2")
    assert (send_due(way=silent), len(asked)) == (0, 1)
    assert [(stored(one).status, stored(one).attempts) for one in (first, second)] == [
        (Status.WAITING, 1),
        (Status.WAITING, 0),
    ]
    assert stored(first).error == "连不上短信网关"


def test_a_slow_gateway_leaves_the_worker_time_for_other_things(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yizhou.notices.actions.BATCH_SECONDS", 0)
    for number in range(3):
        told(f"event:{number}")
    sent: list[Outgoing] = []
    assert [send_due(way=sent.append) for _ in range(4)] == [1, 1, 1, 0]


def test_every_text_names_an_event_and_knows_its_places() -> None:
    assert {"case.accepted", "case.supplement_requested", "case.decided", "bundle.accepted"} <= set(texts())
    assert slots(texts()["case.declined"]) == {"name", "item", "no", "reason"}
    assert filled("{name}：{nothing}。", {"name": "周"}) == "周：。"


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (5, 360)])
def test_waits(attempts: int, minutes: int) -> None:
    assert next_attempt(attempts, NOON) == NOON + dt.timedelta(minutes=minutes)


def test_after_the_last_wait_nothing() -> None:
    assert next_attempt(len(WAITS) + 1, NOON) is None


class Gateway(http.server.BaseHTTPRequestHandler):
    """An SMS gateway that answers what it is told to and keeps what it got."""

    answer = 200
    got: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append({"headers": dict(self.headers), "body": body})
        self.send_response(self.answer)
        if self.answer == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture
def gateway(settings: Any, tmp_path: Path) -> Iterator[type[Gateway]]:
    key = tmp_path / "sms.key"
    key.write_text("shared\n")
    server = http.server.HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_address[1]}/send"
    settings.SMS_SECRET_FILE = str(key)
    Gateway.answer, Gateway.got = 200, []
    yield Gateway
    server.shutdown()
    server.server_close()


MESSAGE = Outgoing("ab" * 16, PHONE, "您好")


def test_the_gateway_can_check_who_sends(gateway: type[Gateway]) -> None:
    assert gateways.gateway() is gateways.by_http
    gateways.by_http(MESSAGE)
    got = gateway.got[0]
    assert json.loads(got["body"]) == {"id": "ab" * 16, "phone": PHONE, "text": "您好"}
    signed = got["headers"]["X-Timestamp"].encode() + b"." + got["body"]
    assert got["headers"]["X-Signature"] == crypto.hmac_sm3(b"shared", signed).hex()
    assert got["headers"]["Idempotency-Key"] == "ab" * 16


@pytest.mark.parametrize("answer", [302, 400, 503])
def test_a_refusal_of_the_gateway_is_said_without_the_number(gateway: type[Gateway], answer: int) -> None:
    gateway.answer = answer
    with pytest.raises(NotSent, match=f"短信网关答复 {answer}") as problem:
        gateways.by_http(MESSAGE)
    assert PHONE not in str(problem.value)
    assert len(gateway.got) == 1


def test_an_answer_that_is_not_http(settings: Any, gateway: type[Gateway]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def mumble() -> None:
            caller, _ = odd.accept()
            with caller:
                caller.recv(1 << 16)
                caller.sendall(b"mumble\r\n\r\n")

        threading.Thread(target=mumble, daemon=True).start()
        settings.SMS_URL = f"http://127.0.0.1:{odd.getsockname()[1]}/send"
        with pytest.raises(NotSent, match="不合 HTTP 规范"):
            gateways.by_http(MESSAGE)


def test_without_a_gateway_a_demonstration_writes_to_the_log(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DEMO_FILE = tmp_path / "demo.json"
    settings.DEMO_FILE.touch()
    gateways.gateway()(MESSAGE)
    assert [record.getMessage() for record in caplog.records] == ["140****5678 您好"]


def test_without_a_gateway_and_in_use_nothing_counts_as_sent(db: None) -> None:
    message = told()
    assert send_due() == 0
    assert (stored(message).status, stored(message).error) == (Status.WAITING, "没有设置短信网关")


def test_a_gateway_that_is_not_there(settings: Any, gateway: type[Gateway]) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/send"
    with pytest.raises(Unreachable, match="连不上短信网关"):
        gateways.by_http(MESSAGE)
