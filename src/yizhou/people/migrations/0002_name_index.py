"""The index behind the search by name: FTS5 on SQLite, a text array with GIN on PostgreSQL (ADR 0010)."""

from django.db import migrations


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE TABLE people_search (rowid bigint PRIMARY KEY, name text[] NOT NULL)")
        schema_editor.execute("CREATE INDEX people_search_name ON people_search USING gin (name)")
    else:
        schema_editor.execute("CREATE VIRTUAL TABLE people_search USING fts5(name, tokenize='unicode61')")


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE people_search")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
