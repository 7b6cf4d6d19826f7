"""How the database means to answer a statement."""

from django.db import connection

from yizhou.core.bulk import is_postgres


def explained(sql: str) -> str:
    """The plan, a line a step. On a handful of rows PostgreSQL would rather scan: what matters is what can serve."""
    with connection.cursor() as cursor:
        if is_postgres():
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(("EXPLAIN " if is_postgres() else "EXPLAIN QUERY PLAN ") + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
