"""The log cannot be changed unnoticed: triggers refuse, the sealed chain finds what got past them (trust.md T21)."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.events.kinds import KINDS
from yizhou.events.models import Event, Seal
from yizhou.events.recording import record
from yizhou.events.sealing import LEAF, seal_all, seal_once, verify, write_anchor
from yizhou.orgs.queries import console_actor

pytestmark = pytest.mark.django_db
KIND = "ledger.exported"
SEED = 20260302


@pytest.fixture
def log() -> list[int]:
    """Forty events under four seals; their ids."""
    assert KIND in KINDS
    actor = console_actor()
    ids = []
    for number in range(40):
        ids.append(record(actor, KIND, reason=f"原因{number}", rows=number).pk)
        if number % 10 == 9:
            seal_once()
    return ids


def run(statement: str, *values: object) -> None:
    """Change the log as somebody would who owns the database: triggers out of the way first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for table in ("events_event", "events_seal"):
                for verb in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        cursor.execute(statement, values)


def edit_reason(ids: list[int], draw: random.Random) -> int:
    target = draw.choice(ids)
    run("UPDATE events_event SET reason = %s WHERE id = %s", "改过", target)
    return target


def edit_actor(ids: list[int], draw: random.Random) -> int:
    target = draw.choice(ids)
    run("UPDATE events_event SET actor = %s WHERE id = %s", "别人", target)
    return target


def move_in_time(ids: list[int], draw: random.Random) -> int:
    target = draw.choice(ids)
    run("UPDATE events_event SET at = (SELECT min(at) FROM events_event), outcome = 2 WHERE id = %s", target)
    return target


def edit_data(ids: list[int], draw: random.Random) -> int:
    target = draw.choice(ids)
    run("UPDATE events_event SET data = %s WHERE id = %s", '{"rows": 999}', target)
    return target


def delete_one(ids: list[int], draw: random.Random) -> int:
    target = draw.choice(ids)
    run("DELETE FROM events_event WHERE id = %s", target)
    return target


def cut_the_tail(ids: list[int], draw: random.Random) -> int:
    target = draw.choice(ids[-9:])
    run("DELETE FROM events_event WHERE id >= %s", target)
    return target


def swap_two(ids: list[int], draw: random.Random) -> int:
    first, second = sorted(draw.sample(ids, 2))
    run("UPDATE events_event SET reason = 'tmp' WHERE id = %s", first)
    run("UPDATE events_event SET reason = %s WHERE id = %s", f"原因{ids.index(first)}", second)
    run("UPDATE events_event SET reason = %s WHERE id = %s", f"原因{ids.index(second)}", first)
    return first


def drop_a_seal(ids: list[int], draw: random.Random) -> int:
    seal = draw.randrange(3)
    run("DELETE FROM events_seal WHERE last_id = %s", ids[seal * 10 + 9])
    return ids[(seal + 1) * 10]


def reseal_without_the_key(ids: list[int], draw: random.Random) -> int:
    target = draw.choice(ids[30:])
    run("UPDATE events_event SET reason = '改过' WHERE id = %s", target)
    seal = Seal.objects.get(last_id=ids[-1])
    leaves = bytearray(seal.leaves)
    at = (target - seal.first_id) * LEAF
    leaves[at + 8 : at + LEAF] = draw.randbytes(16)
    head = crypto.sm3(bytes(seal.previous) + bytes(leaves))
    run("UPDATE events_seal SET leaves = %s, head = %s WHERE last_id = %s", bytes(leaves), head, ids[-1])
    return seal.first_id


TAMPERINGS: list[Callable[[list[int], random.Random], int]] = [
    edit_reason,
    edit_actor,
    move_in_time,
    edit_data,
    delete_one,
    cut_the_tail,
    swap_two,
    drop_a_seal,
    reseal_without_the_key,
]


def test_an_untouched_log_is_clean(log: list[int]) -> None:
    verdict = verify()
    assert (verdict.problem, verdict.events, verdict.seals, verdict.unsealed) == ("", 40, 4, 0)


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda t: t.__name__)
def test_every_tampering_is_found_and_its_first_row_named(
    log: list[int], tamper: Callable[[list[int], random.Random], int]
) -> None:
    draw = random.Random(f"{SEED}{tamper.__name__}")
    for round_ in range(12):
        try:
            with transaction.atomic():
                named = tamper(log, draw)
                verdict = verify()
                assert verdict.problem, f"round {round_}, seed {SEED}: not found"
                assert verdict.event_id == named, f"round {round_}, seed {SEED}: {verdict}"
                raise _Undo
        except _Undo:
            pass
    assert verify().problem == ""


class _Undo(Exception):
    """Roll the tampering back."""


def test_an_older_database_is_found_by_the_head_kept_outside(log: list[int], tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    write_anchor(anchor)
    assert verify(anchor).problem == ""
    run("DELETE FROM events_seal WHERE last_id = %s", log[-1])
    run("DELETE FROM events_event WHERE id > %s", log[29])
    assert verify().problem == "", "the chain alone cannot know what it never saw"
    assert "库外" in verify(anchor).problem


@pytest.mark.parametrize("table", ["events_event", "events_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_log(log: list[int], table: str, statement: str) -> None:
    before = Event.objects.everywhere("test").count(), Seal.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert (Event.objects.everywhere("test").count(), Seal.objects.count()) == before


def test_sealing_twice_seals_nothing_anew(log: list[int]) -> None:
    assert seal_all() == 0
    record(console_actor(), KIND)
    assert seal_all() == 1


def test_a_seal_is_signed_with_the_key_of_this_installation(log: list[int]) -> None:
    seal = Seal.objects.get(last_id=log[-1])
    assert bytes(seal.signature) == crypto.hmac_sm3(keyring().seal_key, bytes(seal.head))
