"""Stored rows back to cells: the texts of an export, and the fingerprint of what a row says now.

Codes are written as their names, dates as 2024-03-05, money in yuan with two decimals: what the import reads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils import timezone

from yizhou.core import crypto
from yizhou.core.fen import format_yuan
from yizhou.core.keys import keyring
from yizhou.core.rows import seal_context
from yizhou.ledgers.columns import Column, code_table
from yizhou.ledgers.ledger import LEDGERS, Ledger

CHUNK = 2000
NAMES = ("name", "title", "project_name", "class_name")
"""Columns by which a row is known, the first that its ledger has."""


def stored_rows(
    bound: Ledger, rows: models.QuerySet[Any], said: Mapping[str, Mapping[int, str]] = MappingProxyType({})
) -> Iterator[dict[str, Any]]:
    """Values by field with ``id`` and ``uid``, sealed ones opened and references turned back into what was written.

    ``rows`` must have passed its scope already. ``said`` is what the caller knows to stand in references, by field
    and inner id: those are not looked up again.
    """
    wanted = [c.stored for c in bound.plain_columns()] + [link.column for link in bound.links.values()]
    sealing = ["secret"] if bound.sealed else []
    batch: list[dict[str, Any]] = []
    for row in rows.values("id", "uid", *wanted, *sealing).iterator(chunk_size=CHUNK):
        batch.append(row)
        if len(batch) == CHUNK:
            yield from _completed(bound, batch, said)
            batch = []
    yield from _completed(bound, batch, said)


def _completed(
    bound: Ledger, batch: Sequence[dict[str, Any]], said: Mapping[str, Mapping[int, str]]
) -> Iterator[dict[str, Any]]:
    keys = keyring()
    renamed = [(c.field, c.stored) for c in bound.plain_columns() if c.stored != c.field]
    texts = {name: said.get(name) or _link_texts(bound, name, batch) for name in bound.links}
    for row in batch:
        if bound.sealed and row["secret"]:
            context = seal_context(bound.table, row["uid"])
            row.update(crypto.unpack(keys, context, bytes(row["secret"])))
        for name, stored in renamed:
            row[name] = row[stored]
        for name, link in bound.links.items():
            row[name] = texts[name].get(row[link.column])
        yield row


def _link_texts(bound: Ledger, name: str, batch: Sequence[dict[str, Any]]) -> dict[int, str]:
    """What stood in the cell of a reference, by inner id of the row it points to."""
    link = bound.links[name]
    target = LEDGERS[link.ledger]
    field = bound.layout[name].argument.partition(".")[2]
    ids = {row[link.column] for row in batch if row[link.column] is not None}
    manager = target.model._base_manager.filter(pk__in=ids)
    if field not in target.sealed:
        return dict(manager.values_list("pk", field))
    keys = keyring()
    return {
        row_id: crypto.unpack(keys, seal_context(target.table, uid), bytes(secret)).get(field, "")
        for row_id, uid, secret in manager.values_list("pk", "uid", "secret")
    }


def known_by(bound: Ledger) -> str:
    """The column by which a row of the ledger is known; empty when it has none."""
    plain = {column.field for column in bound.plain_columns()}
    return next((name for name in NAMES if name in plain), "")


def names_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> dict[str, dict[str, str]]:
    """What the rows are called that these columns refer to, by field and what is written there."""
    found: dict[str, dict[str, str]] = {}
    for column in columns:
        name, _, field = column.argument.partition(".")
        texts = {str(row[column.field]) for row in rows if row.get(column.field)}
        # Divisions are shown by their names as it is.
        if column.kind == "ref" and name != "areas" and texts and (known := known_by(LEDGERS[name])):
            found[column.field] = _names(LEDGERS[name], field, known, texts)
    return found


def _names(target: Ledger, field: str, known: str, texts: Iterable[str]) -> dict[str, str]:
    is_sealed = field in target.indexed
    texts_of = {crypto.blind_index(keyring(), text) if is_sealed else text: text for text in texts}
    stored = target.indexed.get(field, field)
    rows = target.model._base_manager.filter(**{f"{stored}__in": list(texts_of)}).values_list(stored, known)
    return {texts_of[bytes(key) if is_sealed else key]: name for key, name in rows}


def cell(column: Column, value: Any) -> str:
    """A value as a cell of the template."""
    if value is None or value == "":
        return ""
    if column.kind == "code":
        return code_table(column.argument).names.get(str(value), str(value))
    if column.multi:
        names = code_table(column.multi).names
        return ";".join(names.get(code, code) for code in str(value).split(";"))
    if column.kind == "money_yuan":
        return format_yuan(int(value)).replace(",", "")
    return plain_text(value)


def plain_text(value: Any) -> str:
    """Dates, times, booleans and numbers in the spelling of a template."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def canonical(bound: Ledger, row: Mapping[str, Any]) -> str:
    """The row's content as one text, equal to what checking makes of the same content in a file."""
    return "\x1f".join(_canonical_value(row.get(column.field)) for column in bound.layout.columns)


def _canonical_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value).strftime("%Y-%m-%d %H:%M:%S.000000")
    return str(value)


def digest_of(bound: Ledger, row: Mapping[str, Any]) -> bytes:
    """The fingerprint of what a row says."""
    return crypto.row_digest_many(keyring(), [canonical(bound, row)])[0]


def digests_of(bound: Ledger, ids: Iterable[int]) -> dict[int, bytes]:
    """Fingerprints of what the rows say now, for rows that an action changed since their import."""
    wanted = list(ids)
    found: dict[int, bytes] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = bound.model._base_manager.filter(pk__in=wanted[start : start + CHUNK])
        texts = [(row["id"], canonical(bound, row)) for row in stored_rows(bound, rows)]
        digests = crypto.row_digest_many(keyring(), [text for _, text in texts])
        found.update(zip((row_id for row_id, _ in texts), digests, strict=True))
    return found
