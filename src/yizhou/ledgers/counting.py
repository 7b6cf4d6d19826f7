"""How many rows several ledgers hold for a reader, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from yizhou.core.scope import ScopedQuerySet


def counts(ledgers: Mapping[str, models.QuerySet[Any]], most: int) -> dict[str, int]:
    """Rows by name, none counted beyond ``most``. Raises ``ScopeError`` for rows outside a scope."""
    found, parts, params = dict.fromkeys(ledgers, 0), [], list[Any]()
    for name, rows in ledgers.items():
        if isinstance(rows, ScopedQuerySet):
            rows.guard()
        compiler = rows.order_by().values("pk")[:most].query.get_compiler(connection=connection)
        try:
            statement, values = compiler.as_sql()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT %s, COUNT(*) FROM ({statement}) counted")  # noqa: S608  # the query set's own text
        params += [name, *values]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            found.update(cursor.fetchall())
    return found
