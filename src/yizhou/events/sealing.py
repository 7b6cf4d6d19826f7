"""The chain over the log: sealing in the background, verifying at any time (trust.md D8, T21).

Each seal covers the events committed since the last one. Its head is SM3 over the previous head, its own range and
moment, and the fingerprints of its rows, and is signed with HMAC-SM3; the newest head is also written outside the
database, so that a rewritten or rolled-back database is noticed as well. The triggers that refuse changes are looked
for by the same verification.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import orjson
from django.db import connection, transaction

from yizhou.core import clock, crypto
from yizhou.core.bulk import is_postgres
from yizhou.core.durable import replace_file
from yizhou.core.keys import keyring
from yizhou.events.models import Event, Seal

BLOCK = 5000
"""Events under one seal at the most."""
LEAF = 24
"""Bytes of one fingerprint: id (8) and the first 16 bytes of the row's SM3 hash."""
FIELDS = [
    "id",
    "at",
    "kind",
    "outcome",
    "account_id",
    "actor",
    "address",
    "request_id",
    "about",
    "about_id",
    "person_id",
    "area",
    "reason",
    "data",
]
GENESIS = bytes(32)
LEAST_ID = -(2**63)
"""Below every id, so that rows slipped in before the first are looked at too."""
GUARDS = tuple(
    f"{table}_no_{verb}" for table in ("events_event", "events_seal") for verb in ("update", "delete")
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found: ``problem`` is empty for an untouched log, ``event_id`` the first bad row."""

    events: int
    seals: int
    unsealed: int
    problem: str = ""
    event_id: int | None = None


def leaf(row: Sequence[object]) -> bytes:
    """Fingerprint of one event: every column counts, times in UTC to the microsecond."""
    event_id, at, *rest = row
    assert isinstance(event_id, int)
    assert isinstance(at, dt.datetime)
    stamp = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    content = orjson.dumps([event_id, stamp, *rest], option=orjson.OPT_SORT_KEYS)
    return struct.pack(">q", event_id) + crypto.sm3(content)[:16]


def seal_once(limit: int = BLOCK) -> int:
    """Seal the next events, at the most ``limit``; returns how many. Safe to run twice at a time."""
    with transaction.atomic():
        newest = Event.objects.everywhere("sealing").order_by("-id").values_list("id", flat=True).first()
        if newest is None or (is_postgres() and not _quiet_on_postgres()):
            return 0
        last = Seal.objects.order_by("-last_id").first()
        after = last.last_id if last else 0
        fresh = Event.objects.everywhere("sealing").filter(id__gt=after, id__lte=newest).order_by("id")
        rows = list(fresh.values_list(*FIELDS)[:limit])
        if not rows:
            return 0
        leaves = b"".join(leaf(row) for row in rows)
        previous = bytes(last.head) if last else GENESIS
        seal = Seal(
            first_id=rows[0][0], last_id=rows[-1][0], leaves=leaves, previous=previous, sealed_at=clock.now()
        )
        seal.head = head_of(seal, previous)
        seal.signature = crypto.hmac_sm3(keyring().seal_key, seal.head)
        seal.save(force_insert=True)
    return len(rows)


def head_of(seal: Seal, previous: bytes) -> bytes:
    """SM3 over the link before, the range, the moment and the fingerprints of a seal."""
    stamp = seal.sealed_at.astimezone(dt.UTC).isoformat(timespec="microseconds").encode()
    return crypto.sm3(previous + struct.pack(">qq", seal.first_id, seal.last_id) + stamp + bytes(seal.leaves))


def _quiet_on_postgres() -> bool:
    """True when no writer of the log is under way, so that no id below the newest one can still appear.

    Ids come from a sequence and may be committed out of order; whoever has drawn one holds the table's lock
    until it commits. The newest id is read before this question, so the answer covers it. When a long import is
    running the sealer gives up at once and comes back later: nobody queues behind it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('yizhou.sealing'))")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE relation = 'events_event'::regclass"
            " AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()"
        )
        return not cursor.fetchone()[0]


def seal_all() -> int:
    """Seal everything committed so far; returns how many events."""
    total = 0
    while sealed := seal_once():
        total += sealed
    return total


def write_anchor(path: Path) -> None:
    """Write the newest signed head outside the database, replacing the file in one step."""
    newest = Seal.objects.order_by("-last_id").first()
    if newest is None:
        return
    line = orjson.dumps(
        {
            "last_id": newest.last_id,
            "head": bytes(newest.head).hex(),
            "signature": bytes(newest.signature).hex(),
        }
    )
    replace_file(path, [line + b"\n"])


def verify(anchor: Path | None = None) -> Verdict:
    """Recompute the whole chain and compare; the verdict names the first bad row.

    Also says when a trigger that keeps the log append-only is gone, or the anchor does not fit the chain.
    """
    verdict = _verify_chain(anchor)
    missing = missing_guards()
    if verdict.problem or not missing:
        return verdict
    return replace(verdict, problem=f"防止改动的触发器不在：{'、'.join(missing)}")


def _verify_chain(anchor: Path | None) -> Verdict:
    events = seals = 0
    previous, after = GENESIS, LEAST_ID
    for seal in Seal.objects.order_by("last_id").iterator(chunk_size=20):
        seals += 1
        if problem := _broken_link(seal, previous):
            return Verdict(events, seals, 0, problem, seal.first_id)
        bad = _first_bad_row(seal, after)
        if bad is not None:
            return Verdict(events, seals, 0, *bad)
        events += len(seal.leaves) // LEAF
        previous, after = bytes(seal.head), seal.last_id
    unsealed = Event.objects.everywhere("verifying").filter(id__gt=after).count()
    problem = _anchor_problem(anchor) if anchor is not None and anchor.exists() else ""
    return Verdict(events, seals, unsealed, problem, max(after, 0) if problem else None)


def _broken_link(seal: Seal, previous: bytes) -> str:
    head = bytes(seal.head)
    if bytes(seal.previous) != previous:
        return "封存链断裂：上一环与记录不符"
    if head_of(seal, previous) != head:
        return "封存链断裂：本环指纹与记录不符"
    if crypto.hmac_sm3(keyring().seal_key, head) != bytes(seal.signature):
        return "封存链签名不符"
    return ""


def _first_bad_row(seal: Seal, after: int) -> tuple[str, int] | None:
    """Compare stored rows with the sealed fingerprints, in order of id."""
    sealed = _leaves_of(seal)
    rows = Event.objects.everywhere("verifying").filter(id__gt=after, id__lte=seal.last_id).order_by("id")
    for row in rows.values_list(*FIELDS).iterator(chunk_size=BLOCK):
        expected = next(sealed, None)
        if expected is None or row[0] < expected[0]:
            return "多出一行未封存的记录", row[0]
        if row[0] > expected[0]:
            return "记录被删除", expected[0]
        if leaf(row)[8:] != expected[1]:
            return "记录被改动", row[0]
    missing = next(sealed, None)
    return ("记录被删除", missing[0]) if missing else None


def _leaves_of(seal: Seal) -> Iterator[tuple[int, bytes]]:
    leaves = bytes(seal.leaves)
    for start in range(0, len(leaves), LEAF):
        yield struct.unpack(">q", leaves[start : start + 8])[0], leaves[start + 8 : start + LEAF]


def _anchor_problem(anchor: Path) -> str:
    """The head outside must be one of ours and still a link of the chain inside."""
    try:
        noted = orjson.loads(anchor.read_bytes())
        last_id, head, signature = int(noted["last_id"]), str(noted["head"]), str(noted["signature"])
        signed = crypto.hmac_sm3(keyring().seal_key, bytes.fromhex(head)).hex()
    except (OSError, ValueError, KeyError, TypeError):
        return "库外留存的封存头读不出来"
    if signed != signature:
        return "库外留存的封存头签名不符"
    seal = Seal.objects.filter(last_id=last_id).first()
    if seal is None or bytes(seal.head).hex() != head:
        return "库外留存的封存头不在链中：数据库可能被回退或整体改写"
    return ""


def missing_guards() -> list[str]:
    """Names of the triggers that refuse changes of the log and are not there, or are switched off."""
    if is_postgres():
        query = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'events_%%' AND tgenabled IN ('O', 'A')"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in GUARDS if name not in present]
