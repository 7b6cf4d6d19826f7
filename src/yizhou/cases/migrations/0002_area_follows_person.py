"""The area of a case is that of its person's household today: the database keeps the copy in step.

Whoever moves (by an action or by a ledger import of hundreds of thousands of rows) takes his cases along; a copy
that only actions kept would fall behind and open cases to the wrong town.
"""

from django.db import migrations

TABLES = ("cases_case", "cases_bundlecase")


def build(apps, schema_editor):
    updates = " ".join(
        f"UPDATE {table} SET area = NEW.household_area WHERE person_id = NEW.id;" for table in TABLES
    )
    moved = "OLD.household_area <> NEW.household_area"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION cases_follow_person() RETURNS trigger AS $$ BEGIN {updates} RETURN NULL; END $$ "
            "LANGUAGE plpgsql"
        )
        schema_editor.execute(
            "CREATE TRIGGER cases_follow_person AFTER UPDATE OF household_area ON people_person "
            f"FOR EACH ROW WHEN ({moved}) EXECUTE FUNCTION cases_follow_person()"
        )
    else:
        schema_editor.execute(
            "CREATE TRIGGER cases_follow_person AFTER UPDATE OF household_area ON people_person "
            f"FOR EACH ROW WHEN {moved} BEGIN {updates} END"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER cases_follow_person ON people_person")
        schema_editor.execute("DROP FUNCTION cases_follow_person()")
    else:
        schema_editor.execute("DROP TRIGGER cases_follow_person")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("people", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
