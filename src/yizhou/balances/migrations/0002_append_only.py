"""Confirmed balances are append-only in the database itself, as the log is: triggers refuse UPDATE and DELETE."""

from django.db import migrations

TABLES = ("stat_balance",)


def protect(apps, schema_editor):
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(_statement(schema_editor.connection.vendor, table, verb), params=None)


def _statement(vendor, table, verb):
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


def release(apps, schema_editor):
    on = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}" + (f" ON {table}" if on else ""))


class Migration(migrations.Migration):
    dependencies = [("balances", "0001_confirmed"), ("events", "0002_append_only")]
    operations = [migrations.RunPython(protect, release)]
