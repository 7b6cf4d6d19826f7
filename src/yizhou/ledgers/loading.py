"""Storing a checked file set-wise, in one transaction with its events (ADR 0009).

Everything slow (fingerprints, sealing, comparing) happens before the transaction; inside it only ready rows are
written. When somebody changed the ledger in between, the work is done again on what is there now.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from yizhou.core import clock
from yizhou.core.bulk import (
    indexes_afterwards,
    insert_rows,
    is_postgres,
    new_uids,
    reserve_ids,
    stored_uids,
    update_rows,
)
from yizhou.core.refusal import Conflict
from yizhou.events.models import Event, Outcome
from yizhou.ledgers import storing
from yizhou.ledgers.attached import take_files_along
from yizhou.ledgers.ledger import Arrival, Ledger
from yizhou.ledgers.rendering import digests_of

Progress = Callable[[str, float], None]
"""Told what is being done and how far the whole is, 0 to 1."""

EVENT_COLUMNS = [
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


@dataclass(frozen=True)
class Existing:
    """A stored row: inner id, public id, fingerprint (None when an action changed the row since)."""

    id: int
    uid: uuid.UUID
    digest: bytes | None


@dataclass(frozen=True)
class Plan:
    """Which rows are new and which differ from what is stored."""

    created: pl.DataFrame
    updated: pl.DataFrame
    unchanged: int
    existing: dict[tuple[Any, ...], Existing]
    changes: Sequence[Any] = ()

    def guarded(self, bound: Ledger) -> int:
        """How many rows change what only two people may change."""
        return bound.keeper.guarded(self.changes) if bound.keeper else 0


def plan(bound: Ledger, accepted: pl.DataFrame) -> Plan:
    """Compare the accepted rows with the stored ones by natural key and fingerprint."""
    rows = storing.with_stored_columns(bound, accepted)
    keys = [key_column(bound, column.field) for column in bound.layout.keys]
    existing = stored_keys(bound, keys, rows)
    if not existing:
        return Plan(rows, rows.clear(), 0, existing)
    matches = [existing.get(key) for key in rows.select(keys).iter_rows()]
    touched = [match.id for match in matches if match and match.digest is None]
    fresh = digests_of(bound, touched) if touched else {}
    states = []
    for match, digest in zip(matches, rows["row_digest"], strict=True):
        if match is None:
            states.append("new")
        else:
            stored = match.digest if match.digest is not None else fresh.get(match.id)
            states.append("same" if stored == digest else "changed")
    rows = rows.with_columns(
        pl.Series("state", states),
        pl.Series("id", [match.id if match else None for match in matches], dtype=pl.Int64),
        pl.Series("stored_uid", [match.uid.bytes if match else None for match in matches], dtype=pl.Binary),
    )
    created = rows.filter(pl.col("state") == "new").drop("id")
    updated = rows.filter(pl.col("state") == "changed")
    changes = bound.keeper.compare(updated) if bound.keeper and updated.height else ()
    return Plan(created, updated, rows.height - created.height - updated.height, existing, changes)


def key_column(bound: Ledger, field: str) -> str:
    """The database column that stores a key field."""
    if field in bound.indexed:
        return bound.indexed[field]
    return bound.links[field].column if field in bound.links else field


def stored_keys(bound: Ledger, keys: list[str], rows: pl.DataFrame) -> dict[tuple[Any, ...], Existing]:
    """Stored rows with a key of ``rows``. Small files ask for their first key column's values only.

    A ledger may hold many more rows than a file: the others are read past, and never held in memory.
    """
    asked = set(rows.select(keys).iter_rows())
    wanted = bound.model._base_manager.all()
    if rows.height <= 2000:
        first = rows[keys[0]].drop_nulls().unique().to_list()
        wanted = wanted.filter(**{f"{keys[0]}__in": _for_lookup(first)})
    found = {}
    moment = {key for key in keys if rows.schema[key] == pl.Datetime}
    for *key, row_id, uid, digest in wanted.values_list(*keys, "id", "uid", "row_digest").iterator(
        chunk_size=20_000
    ):
        plain = tuple(_plain(value, column in moment) for value, column in zip(key, keys, strict=True))
        if plain in asked:
            found[plain] = Existing(row_id, uid, _bytes(digest))
    return found


def _for_lookup(values: list[Any]) -> list[Any]:
    zone = timezone.get_default_timezone()
    return [v.replace(tzinfo=zone) if isinstance(v, dt.datetime) else v for v in values]


def _plain(value: Any, is_moment: bool) -> Any:
    if is_moment and isinstance(value, dt.datetime):
        return timezone.make_naive(value)
    return _bytes(value) if isinstance(value, memoryview) else value


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def store(bound: Ledger, planned: Plan, arrival: Arrival, progress: Progress) -> None:
    """Write the plan. Raises ``Conflict`` when stored rows changed since the plan was made; nothing is written then."""
    progress("加密敏感字段", 0.55)
    uids = new_uids(planned.created.height)
    seals = storing.sealed_values(bound, planned.created, uids)
    kept = planned.updated["stored_uid"].to_list() if planned.updated.height else []
    reseals = storing.sealed_values(bound, planned.updated, kept) if kept else []
    progress("写入数据库", 0.7)
    with transaction.atomic():
        keys = [key_column(bound, column.field) for column in bound.layout.keys]
        both = (
            planned.created.select(keys)
            if not kept
            else pl.concat([planned.created.select(keys), planned.updated.select(keys)])
        )
        if both.height and _differs(planned.existing, stored_keys(bound, keys, both)):
            raise Conflict("台账在校验之后被改动", "请重新导入，系统会按最新数据比对")
        created = _insert(bound, planned.created, uids, seals)
        updated = _update(bound, planned.updated, reseals)
        if updated.height:
            take_files_along(bound)
        progress("记入工作动态", 0.9)
        _record(bound, created, "imported", arrival)
        told = _record(bound, updated, "updated", arrival)
        if bound.keeper:
            bound.keeper.keep(planned.changes, told, arrival)
        if bound.after_load:
            progress("更新检索", 0.95)
            bound.after_load(created, updated)


def _differs(before: dict[tuple[Any, ...], Existing], now: dict[tuple[Any, ...], Existing]) -> bool:
    return any(before.get(key) != row for key, row in now.items())


def _insert(bound: Ledger, rows: pl.DataFrame, uids: list[bytes], seals: list[bytes | None]) -> pl.DataFrame:
    if not rows.height:
        return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias("id"))
    ids = reserve_ids(bound.model, rows.height)
    with indexes_afterwards(bound.model, rows.height):
        for start, part in _slices(rows):
            some = slice(start, start + part.height)
            columns: dict[str, Iterable[Any]] = {"id": ids[some], "uid": stored_uids(uids[some])}
            if seals:
                columns["secret"] = seals[some]
            columns |= storing.stored_columns(bound, part)
            columns |= _defaults(bound, set(columns), part.height)
            insert_rows(bound.table, list(columns), zip(*columns.values(), strict=True))
    return rows.with_columns(pl.Series("id", list(ids), dtype=pl.Int64))


def _slices(rows: pl.DataFrame) -> Iterable[tuple[int, pl.DataFrame]]:
    for start in range(0, rows.height, storing.SLICE):
        yield start, rows.slice(start, storing.SLICE)


def _defaults(bound: Ledger, given: set[str], count: int) -> dict[str, Iterable[Any]]:
    """Columns that no cell fills still need their default, which Django keeps in Python."""
    missing = [f for f in bound.model._meta.concrete_fields if f.column not in given and not f.null]
    filled = [f for f in missing if f.has_default() or f.empty_strings_allowed]
    return {str(f.column): repeat(f.get_default(), count) for f in filled}


def _update(bound: Ledger, rows: pl.DataFrame, seals: list[bytes | None]) -> pl.DataFrame:
    for start, part in _slices(rows):
        columns: dict[str, list[Any]] = {"secret": list(seals[start : start + part.height])} if seals else {}
        columns |= storing.stored_columns(bound, part)
        update_rows(bound.table, list(columns), zip(*columns.values(), part["id"].to_list(), strict=True))
    return rows


def _record(bound: Ledger, rows: pl.DataFrame, verb: str, arrival: Arrival) -> range:
    """One event a row: who, when, which row of which file. Returns their ids in the order of the rows."""
    actor = arrival.actor
    ids = reserve_ids(Event, rows.height) if rows.height else range(0)
    now = clock.now()
    at = now if is_postgres() else now.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")
    prefix = f'{{"batch": "{arrival.batch.hex}", "row": '
    for start, part in _slices(rows):
        count = part.height
        same = (actor.account_id, actor.name, actor.address, actor.request_id, bound.table)
        columns: list[Iterable[Any]] = [
            ids[start : start + count],
            *(repeat(value, count) for value in (at, f"{bound.code_noun}.{verb}", int(Outcome.DONE), *same)),
            part["id"].to_list(),
            _people(bound, part) or repeat(None, count),
            areas_of(bound, part),
            repeat("", count),
            [f"{prefix}{number}}}" for number in part["row_no"].to_list()],
        ]
        insert_rows(Event._meta.db_table, EVENT_COLUMNS, zip(*columns, strict=True))
    return ids


def _people(bound: Ledger, rows: pl.DataFrame) -> list[int] | None:
    return rows[bound.person].to_list() if bound.person else None


def areas_of(bound: Ledger, rows: pl.DataFrame) -> list[str]:
    """The owning division of each row, looked up through the reference where the ledger says so."""
    head, _, rest = bound.area.partition("__")
    if not rest:
        return rows[head].fill_null("").to_list()
    link = bound.model._meta.get_field(head)
    related: Any = link.related_model
    ids = rows[f"{head}_id"].drop_nulls().unique().to_list()
    found: dict[int, str] = {}
    for start in range(0, len(ids), 800):
        found.update(related._base_manager.filter(pk__in=ids[start : start + 800]).values_list("pk", rest))
    return [found.get(row_id, "") for row_id in rows[f"{head}_id"]]
