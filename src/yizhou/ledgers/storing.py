"""From typed rows to what the table stores: indexes, seals, links, derived columns, driver-ready values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.conf import settings

from yizhou.core import crypto
from yizhou.core.bulk import is_postgres
from yizhou.core.keys import keyring
from yizhou.core.rows import seal_context
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.settling import LINK

SLICE = 5_000
"""Rows turned into Python objects at a time; a whole city at once would take a gigabyte."""


def with_stored_columns(bound: Ledger, rows: pl.DataFrame) -> pl.DataFrame:
    """Add blind indexes, foreign keys and the derived columns."""
    keys = keyring()
    extra = [
        pl.Series(column, crypto.blind_index_many(keys, rows[name].to_list()), dtype=pl.Binary)
        for name, column in bound.indexed.items()
    ]
    rows = rows.with_columns(extra)
    rows = rows.with_columns(
        pl.col(LINK + name).cast(pl.Int64).alias(link.column) for name, link in bound.links.items()
    )
    renamed = [c for c in bound.layout.columns if c.stored != c.field]
    rows = rows.with_columns(pl.col(column.field).alias(column.stored) for column in renamed)
    return bound.derive(rows) if bound.derive else rows


def sealed_values(bound: Ledger, rows: pl.DataFrame, uids: Sequence[bytes]) -> list[bytes | None]:
    """One ciphertext per row over its sealed fields; rows without any stay empty. ``[]`` when nothing is sealed."""
    names = [column.field for column in bound.layout.columns if column.field in bound.sealed]
    sealed: list[bytes | None] = []
    texts = rows.select(pl.col(name).cast(pl.String) for name in names)
    for start in range(0, rows.height if names else 0, SLICE):
        part = texts.slice(start, SLICE).iter_rows()
        payloads = [{n: v for n, v in zip(names, values, strict=True) if v is not None} for values in part]
        contexts = [seal_context(bound.table, uid) for uid in uids[start : start + SLICE]]
        packed = crypto.pack_many(keyring(), contexts, payloads)
        sealed.extend(box if payload else None for box, payload in zip(packed, payloads, strict=True))
    return sealed


def stored_columns(bound: Ledger, rows: pl.DataFrame) -> dict[str, list[Any]]:
    """Driver-ready values by database column, without ``id``, ``uid`` and ``secret``."""
    skipped = {"id", "uid", "secret"}
    found = {}
    for field in bound.model._meta.concrete_fields:
        if field.column in skipped or field.column not in rows.columns:
            continue
        found[field.column] = driver_values(
            rows[field.column], filler=None if field.null else field.get_default()
        )
    return found


def driver_values(series: pl.Series, filler: object = None) -> list[Any]:
    """A column as the database driver wants it in raw statements; empty cells become ``filler``."""
    if series.dtype == pl.Datetime:
        series = series.dt.replace_time_zone(settings.TIME_ZONE, ambiguous="earliest", non_existent="null")
        series = series.dt.convert_time_zone("UTC")
        series = series if is_postgres() else series.dt.strftime("%Y-%m-%d %H:%M:%S")
    elif series.dtype == pl.Date and not is_postgres():
        series = series.cast(pl.String)
    values: list[Any] = series.to_list()
    if filler is None or not series.null_count():
        return values
    return [filler if value is None else value for value in values]
