"""The log cannot be changed, and whoever changes it behind its back is found out (trust.md D8, T21)."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from django.db import DatabaseError, connection, transaction

from tests.support.staff import account, acting
from tests.trust.tampering import KINDS, Tampering, behind_the_back, drop_guard, put_back, roll_back, run
from yizhou.core import clock
from yizhou.events.models import Event, Seal
from yizhou.events.recording import record, record_refusal
from yizhou.events.sealing import seal_all, seal_once, verify, write_anchor

pytestmark = pytest.mark.django_db
TIMES = 12
"""Of each kind, with other rows and columns each time."""


@pytest.fixture
def anchor(tmp_path: Path) -> Path:
    """A sealed log of 70 events with gaps in their numbers and 4 not yet sealed; its head outside."""
    clerk = acting(account("CENTER_STAFF", "339901000000"))
    moment = dt.datetime(2025, 4, 25, 9, 30, tzinfo=dt.UTC)
    for n in range(74):
        with clock.at(moment + dt.timedelta(minutes=n)):
            record(clerk, "account.signed_in", reason=f"第 {n} 次", n=n, list=[1, {"x": n}])
            if n % 9 == 0:
                leave_a_gap()
        if n % 7 == 6:
            assert seal_once() > 0
    place = tmp_path / "head.json"
    write_anchor(place)
    return place


def leave_a_gap() -> None:
    """A number that was drawn and not used, as after a rolled-back transaction."""
    newest = Event.objects.everywhere("test").order_by("-id").values_list("id", flat=True)[0]
    if connection.vendor == "postgresql":
        run("SELECT nextval('events_event_id_seq')")
    else:
        run("UPDATE sqlite_sequence SET seq = %s WHERE name = 'events_event'", newest + 1)


def test_an_untouched_log_is_clean(anchor: Path) -> None:
    verdict = verify(anchor)
    assert (verdict.events, verdict.seals, verdict.unsealed, verdict.problem) == (70, 10, 4, "")
    assert (seal_all(), seal_all()) == (4, 0), "what is sealed is not sealed again"
    assert (verify(anchor).events, verify(anchor).problem) == (74, "")


@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_every_tampering_is_found_and_its_first_row_named(tamper: Tampering, anchor: Path) -> None:
    missed = []
    for seed in range(TIMES):
        with behind_the_back():
            named = tamper(Random(seed))
            if tamper is not drop_guard:
                put_back()
            verdict = verify(anchor)
        if not verdict.problem or verdict.event_id != named:
            missed.append((seed, named, verdict))
    assert missed == []
    assert verify(anchor).problem == ""


def test_without_the_head_outside_an_older_database_would_pass(anchor: Path) -> None:
    """The control: it is the anchor that finds a rolled-back database."""
    with behind_the_back():
        roll_back(Random(1))
        put_back()
        assert verify().problem == ""
        assert "库外留存的封存头不在链中" in verify(anchor).problem


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda noted: {**noted, "signature": "0" * 64}, "签名不符"),
        (lambda noted: {**noted, "head": "0" * 64}, "签名不符"),
        (lambda noted: {**noted, "last_id": noted["last_id"] - 1}, "不在链中"),
        (lambda noted: {"head": "not hex"}, "读不出来"),
        (lambda noted: [], "读不出来"),
    ],
)
def test_a_head_that_is_not_ours_is_found(anchor: Path, change: Callable[[Any], Any], words: str) -> None:
    noted = orjson.loads(anchor.read_bytes())
    anchor.write_bytes(orjson.dumps(change(noted)))
    assert words in verify(anchor).problem
    anchor.write_text("half a line {", encoding="utf-8")
    assert "读不出来" in verify(anchor).problem


@pytest.mark.parametrize("table", ["events_event", "events_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(anchor: Path, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement.format(table))
    assert verify(anchor).problem == ""


def test_the_product_cannot_change_an_event_either(anchor: Path) -> None:
    rows = Event.objects.everywhere("test")
    for change in (lambda: rows.update(actor="x"), rows.delete, Seal.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    one = rows.order_by("id")[0]
    one.actor = "x"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        one.save()
    assert verify(anchor).problem == ""


def test_refusals_are_sealed_like_everything_else(anchor: Path) -> None:
    clerk = acting(account("GRID", "339901000000"))
    refused = record_refusal(clerk, "people.reveal_field", "没有权限")
    seal_all()
    with behind_the_back():
        run("UPDATE events_event SET outcome = 1 WHERE id = %s", refused.id)
        put_back()
        assert verify(anchor).event_id == refused.id
