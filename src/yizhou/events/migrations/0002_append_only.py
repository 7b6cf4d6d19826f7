"""The log and its seals are append-only in the database itself: triggers refuse UPDATE and DELETE."""

from django.db import migrations

from yizhou.events.append_only import append_only


def make_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION yizhou_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only: %% may not be changed', TG_TABLE_NAME; END $$",
            params=[],
        )


def drop_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION yizhou_append_only()")


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [
        migrations.RunPython(make_function, drop_function),
        append_only("events_event", "events_seal"),
    ]
