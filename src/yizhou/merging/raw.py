"""Stored rows as they are, byte for byte: read, put back, compared. Values never pass through fields of a model.

SQLite hands out what it holds; PostgreSQL is asked for each column as text, which it reads back to the same value.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from django.db import connection, models

from yizhou.core import crypto
from yizhou.core.bulk import is_postgres

Stored = dict[str, Any]
"""A row by column: None, number or text; bytes stand as ``{"b": base64}``."""
CHUNK = 500


def columns_of(model: type[models.Model]) -> list[str]:
    """Names of the columns of a table."""
    return [str(field.column) for field in model._meta.concrete_fields]


def key_of(model: type[models.Model]) -> str:
    """The column of the primary key."""
    return str(model._meta.pk.column)


def read(model: type[models.Model], column: str, values: Sequence[Any]) -> list[Stored]:
    """All rows whose column holds one of the values, in the order of their keys."""
    names = columns_of(model)
    # A bare column would be converted by its declared type; an expression is handed out as it is stored.
    shown = ", ".join(f'"{name}"::text' if is_postgres() else f'+"{name}"' for name in names)
    found: list[Stored] = []
    with connection.cursor() as cursor:
        for start in range(0, len(values), CHUNK):
            some = values[start : start + CHUNK]
            marks = ", ".join(["%s"] * len(some))
            statement = (
                f'SELECT {shown} FROM "{model._meta.db_table}" WHERE "{column}" IN ({marks})'  # noqa: S608  # names come from models
                f' ORDER BY "{key_of(model)}"'
            )
            cursor.execute(statement, list(some))
            found += [
                {name: _packed(value) for name, value in zip(names, row, strict=True)}
                for row in cursor.fetchall()
            ]
    return found


def insert(model: type[models.Model], row: Stored) -> None:
    """Put a row back as it was."""
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608  # names come from models
    with connection.cursor() as cursor:
        cursor.execute(statement, [_unpacked(value) for value in row.values()])


def update(model: type[models.Model], keys: Iterable[Any], values: Mapping[str, Any]) -> int:
    """Write columns of the rows with these keys; returns how many there were."""
    wanted, sets, done = list(keys), ", ".join(f'"{name}" = %s' for name in values), 0
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            marks = ", ".join(["%s"] * len(some))
            statement = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "{key_of(model)}" IN ({marks})'  # noqa: S608  # names come from models
            cursor.execute(statement, [*(_unpacked(value) for value in values.values()), *some])
            done += cursor.rowcount
    return done


def delete(model: type[models.Model], key: Any) -> None:
    """Take one row out of its table; nothing that refers to it is touched."""
    statement = f'DELETE FROM "{model._meta.db_table}" WHERE "{key_of(model)}" = %s'  # noqa: S608  # names come from models
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])


def print_of(row: Stored) -> str:
    """A fingerprint of a row: equal for rows that are the same in every byte."""
    return crypto.sm3(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hex()


def _packed(value: Any) -> Any:
    return {"b": base64.b64encode(bytes(value)).decode()} if isinstance(value, bytes | memoryview) else value


def _unpacked(value: Any) -> Any:
    return base64.b64decode(value["b"]) if isinstance(value, dict) else value


def plain(value: Any) -> bytes:
    """The bytes of a column of bytes as it was read."""
    return bytes.fromhex(value[2:]) if isinstance(value, str) else bytes(_unpacked(value))
