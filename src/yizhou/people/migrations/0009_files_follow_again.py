"""The trigger of 0006 once more on SQLite: the table of files was rebuilt meanwhile."""

from django.db import migrations

UPDATE = "UPDATE files_storedfile SET area = NEW.household_area WHERE person_id = NEW.id;"
MOVED = "OLD.household_area <> NEW.household_area"


def build(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS files_follow_person")
        schema_editor.execute(
            "CREATE TRIGGER files_follow_person AFTER UPDATE OF household_area ON people_person "
            f"FOR EACH ROW WHEN {MOVED} BEGIN {UPDATE} END"
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0008_one_index_by_area"), ("files", "0002_about_rows")]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
