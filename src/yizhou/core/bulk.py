"""Set-wise writing on both databases: one executemany on SQLite, COPY on PostgreSQL (ADR 0009)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models


def is_postgres() -> bool:
    """True when the default database is PostgreSQL."""
    return connection.vendor == "postgresql"


ROOMY_KIBIBYTES = 131_072


@contextmanager
def roomy_cache() -> Iterator[None]:
    """More page cache on SQLite while a large set is written.

    Indexes over random keys touch pages all over the file: with the everyday cache each is written to the log
    many times over; with this one a city's people are stored in half the time.
    """
    if is_postgres():
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{ROOMY_KIBIBYTES}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {int(usual)}")


FIRST_LOAD = 20_000
"""Rows from which indexes are better put up afterwards."""


@contextmanager
def indexes_afterwards(model: type[models.Model], count: int) -> Iterator[None]:
    """Fill an empty table with its indexes put up at the end: sorting once is cheaper than a search a row.

    Inside the writing transaction, so that a table without its indexes is never seen. Tables with rows, and
    small sets, keep theirs: those rows are being looked up.
    """
    if count < FIRST_LOAD or model._base_manager.exists():
        yield
        return
    editor = connection.schema_editor()
    # What its "with" would set; on SQLite that wants foreign keys unchecked, which indexes do not need.
    editor.deferred_sql = []
    for index in model._meta.indexes:
        editor.execute(str(index.remove_sql(model, editor)))
    yield
    if is_postgres():
        # Foreign keys are looked at before the commit; PostgreSQL indexes no table that still waits for it.
        connection.check_constraints()
    for index in model._meta.indexes:
        editor.execute(str(index.create_sql(model, editor)))


def reserve_ids(model: type[models.Model], count: int) -> range:
    """Inner ids for ``count`` new rows. Call it inside the writing transaction.

    On SQLite the transaction already holds the only write lock, so the next ids are simply the next numbers; on
    PostgreSQL the sequence is advanced in one step under a lock of its own, so that the block has no gaps.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if is_postgres():
            sequence = f"{table}_id_seq"
            # Whoever has drawn an id must be seen as a writer until it commits (events.sealing).
            cursor.execute(f'LOCK TABLE "{table}" IN ROW EXCLUSIVE MODE')
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [sequence])
            cursor.execute("SELECT setval(%s, nextval(%s) + %s - 1)", [sequence, sequence, count])
            last = int(cursor.fetchone()[0])
            return range(last - count + 1, last + 1)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (int(row[0]) if row else 0) + 1
        return range(first, first + count)


def new_uids(count: int) -> list[bytes]:
    """Random public ids (UUID version 4) as their 16 bytes: objects for a whole city would cost a second."""
    pool = bytearray(os.urandom(16 * count))
    pool[6::16] = bytes(octet & 0x0F | 0x40 for octet in pool[6::16])
    pool[8::16] = bytes(octet & 0x3F | 0x80 for octet in pool[8::16])
    whole = bytes(pool)
    # Handed out in ascending order, a batch is appended to the index instead of being scattered over it.
    return sorted(whole[start : start + 16] for start in range(0, len(whole), 16))


def stored_uids(values: Sequence[bytes]) -> list[str]:
    """Public ids as the database's driver wants them in raw statements: 32 hex signs, which PostgreSQL reads too."""
    return [value.hex() for value in values]


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert ready rows. ``rows`` yields one sequence per row in the order of ``columns``."""
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if is_postgres():
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(columns))
        # The raw sqlite3 cursor: Django's wrapper would rewrite the marks and walk every parameter.
        statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608  # names come from models
        cursor.connection.cursor().executemany(statement, rows)


def update_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Update rows by inner id. Each row holds the values of ``columns``, then the id."""
    sets = ", ".join(f'"{name}" = ?' for name in columns)
    with connection.cursor() as cursor:
        if not is_postgres():
            statement = f'UPDATE "{table}" SET {sets} WHERE id = ?'  # noqa: S608  # names come from models
            cursor.connection.cursor().executemany(statement, rows)
            return
        names = ", ".join(f'"{name}"' for name in columns)
        changes = ", ".join(f'"{name}" = fresh."{name}"' for name in columns)
        cursor.execute(
            f'CREATE TEMP TABLE fresh ON COMMIT DROP AS SELECT {names}, id FROM "{table}" WHERE false'  # noqa: S608  # names come from models
        )
        with cursor.cursor.copy(f"COPY fresh ({names}, id) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f'UPDATE "{table}" SET {changes} FROM fresh WHERE "{table}".id = fresh.id')  # noqa: S608  # names come from models
        cursor.execute("DROP TABLE fresh")


def swap_rows(table: str, columns: Sequence[str], guard: str, rows: Sequence[Sequence[Any]]) -> int:
    """As ``update_rows``, but only where ``guard`` still holds what was read: each row ends with the id and that value.

    Answers how many rows were updated; fewer than asked for means that somebody else was quicker.
    """
    with connection.cursor() as cursor:
        if not is_postgres():
            sets = ", ".join(f'"{name}" = ?' for name in columns)
            statement = f'UPDATE "{table}" SET {sets} WHERE id = ? AND "{guard}" IS ?'  # noqa: S608  # names come from models
            done = cursor.connection.cursor().executemany(statement, rows)
            return int(done.rowcount)
        names = ", ".join(f'"{name}"' for name in columns)
        changes = ", ".join(f'"{name}" = fresh."{name}"' for name in columns)
        cursor.execute(
            f'CREATE TEMP TABLE fresh ON COMMIT DROP AS SELECT {names}, id, "{guard}" AS was FROM "{table}" WHERE false'  # noqa: S608  # names come from models
        )
        with cursor.cursor.copy(f"COPY fresh ({names}, id, was) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        where = f'"{table}".id = fresh.id AND "{table}"."{guard}" IS NOT DISTINCT FROM fresh.was'
        cursor.execute(f'UPDATE "{table}" SET {changes} FROM fresh WHERE {where}')  # noqa: S608  # names come from models
        count = int(cursor.rowcount)
        cursor.execute("DROP TABLE fresh")
        return count
