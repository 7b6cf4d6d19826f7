"""The rows behind numbers as compact fingerprints, and which of them make which number (ADR 0014)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Measure
from yizhou.indicators.queries import answer_of, ledger_of, parts_of
from yizhou.indicators.scope import Scope
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.rendering import digests_of

UID, DIGEST = 16, 8
WIDTH = UID + DIGEST
CHUNK = 2000
Part = tuple[str, str]
"""An indicator's code and which of its numbers: value, numerator or denominator."""


@dataclass
class Behind:
    """Rows by ledger, public id → fingerprint, and the public ids of each part."""

    rows: dict[str, dict[bytes, bytes]] = field(default_factory=dict)
    parts: dict[Part, tuple[str, frozenset[bytes]]] = field(default_factory=dict)

    def packed_rows(self, ledger: str) -> bytes:
        """Public ids and fingerprints one after the other, in the order of the ids."""
        held = self.rows[ledger]
        return b"".join(uid + held[uid] for uid in sorted(held))

    def packed_members(self, part: Part) -> bytes:
        """A bit for each row of the ledger in that order, compressed."""
        ledger, uids = self.parts[part]
        bits = bytearray((len(self.rows[ledger]) + 7) // 8)
        for n, uid in enumerate(sorted(self.rows[ledger])):
            if uid in uids:
                bits[n // 8] |= 1 << n % 8
        return zlib.compress(bytes(bits))


def unpacked(rows: Iterable[tuple[str, bytes]], parts: Iterable[tuple[str, str, str, bytes]]) -> Behind:
    """What was packed: (ledger, rows) and (code, part, ledger, members)."""
    found = Behind()
    for ledger, packed in rows:
        places = range(0, len(packed), WIDTH)
        found.rows[ledger] = {packed[n : n + UID]: packed[n + UID : n + WIDTH] for n in places}
    for code, part, ledger, members in parts:
        bits = zlib.decompress(members)
        uids = frozenset(uid for n, uid in enumerate(found.rows[ledger]) if bits[n // 8] >> n % 8 & 1)
        found.parts[code, part] = (ledger, uids)
    return found


def behind(scope: Scope) -> Behind:
    """The rows that make every number of a scope now: those counted, which are not always those it opens into."""
    ids: dict[Part, tuple[str, list[int]]] = {}
    wanted: dict[str, set[int]] = {}
    for part, measured in _measures(scope):
        counted = measured.rows if measured.where is None else measured.rows.filter(measured.where)
        ledger = ledger_of(measured.rows.model).name
        found = list(counted.order_by().values_list("pk", flat=True))
        ids[part] = (ledger, found)
        wanted.setdefault(ledger, set()).update(found)
    known = {ledger: _fingerprints(ledger, sorted(numbers)) for ledger, numbers in wanted.items()}
    return Behind(
        {ledger: dict(rows.values()) for ledger, rows in known.items()},
        {part: (name, frozenset(known[name][pk][0] for pk in found)) for part, (name, found) in ids.items()},
    )


def _measures(scope: Scope) -> Iterator[tuple[Part, Measure]]:
    for code in facts():
        for part, measured in parts_of(answer_of(code, scope)).items():
            yield (code, part), measured


def _fingerprints(ledger: str, ids: list[int]) -> dict[int, tuple[bytes, bytes]]:
    """Public id and fingerprint by inner id; rows that an action changed are read anew."""
    bound = LEDGERS[ledger]
    found: dict[int, tuple[bytes, bytes]] = {}
    touched: dict[int, bytes] = {}
    manager: Any = bound.model._base_manager
    for start in range(0, len(ids), CHUNK):
        rows = manager.filter(pk__in=ids[start : start + CHUNK]).values_list("pk", "uid", "row_digest")
        for pk, uid, digest in rows:
            if digest is None:
                touched[pk] = uid.bytes
            else:
                found[pk] = uid.bytes, bytes(digest)[:DIGEST]
    for pk, digest in digests_of(bound, touched).items():
        found[pk] = touched[pk], digest[:DIGEST]
    return found
