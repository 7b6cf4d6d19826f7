"""The log and its seals are append-only in the database itself: triggers refuse UPDATE and DELETE."""

from django.db import migrations

TABLES = ("events_event", "events_seal")


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION yizhou_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only: %% may not be changed', TG_TABLE_NAME; END $$",
            params=[],
        )
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
    if on:
        schema_editor.execute("DROP FUNCTION yizhou_append_only()")


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
