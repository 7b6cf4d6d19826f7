"""Looking referenced rows up: the cell of ``ref:people.id_number`` becomes the inner id of the person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
from django.db import models

from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.ledgers.columns import Column
from yizhou.ledgers.ledger import LEDGERS

CHUNK = 800
WHOLE = 20_000
"""From so many values on the column is read through once instead of asked for in chunks."""


def resolve(column: Column, values: pl.Series) -> dict[str, object]:
    """Which of ``values`` exist in the referenced ledger, with the inner id of a row that holds each."""
    name, _, target_field = column.argument.partition(".")
    target = LEDGERS[name]
    asked: list[str] = values.to_list()
    if target_field in target.indexed:
        stored = crypto.blind_index_many(keyring(), asked)
        found = lookup(target.model, target.indexed[target_field], [key for key in stored if key is not None])
        return {text: found[key] for text, key in zip(asked, stored, strict=True) if key in found}
    found = lookup(target.model, target_field, asked)
    return {text: found[text] for text in asked if text in found}


def lookup(model: type[models.Model], column: str, values: list[Any]) -> dict[Any, int]:
    """Inner ids by value of one column."""
    manager = model._base_manager.all()
    if len(values) >= WHOLE:
        wanted = set(values)
        pairs = manager.values_list(column, "id").iterator(chunk_size=20_000)
        return {key: row_id for key, row_id in _plain(pairs) if key in wanted}
    found: dict[Any, int] = {}
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK]
        found.update(_plain(manager.filter(**{f"{column}__in": chunk}).values_list(column, "id")))
    return found


def _plain(pairs: Iterable[tuple[Any, int]]) -> Iterable[tuple[Any, int]]:
    """PostgreSQL hands binary values over as memoryviews."""
    for key, row_id in pairs:
        yield (bytes(key) if isinstance(key, memoryview) else key), row_id
