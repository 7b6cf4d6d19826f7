"""Tables that are only ever added to: the database itself refuses UPDATE and DELETE. For migrations."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.migrations import RunPython

VERBS = ("UPDATE", "DELETE")


def append_only(*tables: str) -> RunPython:
    """The operation that protects tables; on PostgreSQL after 0002 of the events, which brings the function."""
    return RunPython(partial(_protect, tables), partial(_release, tables))


def _protect(tables: tuple[str, ...], _apps: Any, schema_editor: Any) -> None:
    for table in tables:
        for verb in VERBS:
            schema_editor.execute(guard(schema_editor.connection.vendor, table, verb), params=None)


def guard(vendor: str, table: str, verb: str) -> str:
    """The statement that makes the trigger of a table for one verb."""
    name = f"{table}_no_{verb.lower()}"
    if vendor == "postgresql":
        return (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION yizhou_append_only()"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} may not be changed'); END"
    )


def _release(tables: tuple[str, ...], _apps: Any, schema_editor: Any) -> None:
    on = schema_editor.connection.vendor == "postgresql"
    for table in tables:
        for verb in VERBS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}" + (f" ON {table}" if on else ""))
