"""The area of an attachment is that of its person's household today: the database keeps the copy in step.

Otherwise the station that somebody has left would go on opening his papers, and the new one could not.
"""

from django.db import migrations

UPDATE = "UPDATE files_storedfile SET area = NEW.household_area WHERE person_id = NEW.id;"
MOVED = "OLD.household_area <> NEW.household_area"
CATCH_UP = (
    "UPDATE files_storedfile SET area = (SELECT household_area FROM people_person p WHERE p.id = person_id)"
    " WHERE EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id AND p.household_area <> area)"
)


def build(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION files_follow_person() RETURNS trigger AS $$ BEGIN {UPDATE} RETURN NULL; END $$ "
            "LANGUAGE plpgsql"
        )
        schema_editor.execute(
            "CREATE TRIGGER files_follow_person AFTER UPDATE OF household_area ON people_person "
            f"FOR EACH ROW WHEN ({MOVED}) EXECUTE FUNCTION files_follow_person()"
        )
    else:
        schema_editor.execute(
            "CREATE TRIGGER files_follow_person AFTER UPDATE OF household_area ON people_person "
            f"FOR EACH ROW WHEN {MOVED} BEGIN {UPDATE} END"
        )
    schema_editor.execute(CATCH_UP)


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER files_follow_person ON people_person")
        schema_editor.execute("DROP FUNCTION files_follow_person()")
    else:
        schema_editor.execute("DROP TRIGGER files_follow_person")


class Migration(migrations.Migration):
    dependencies = [("people", "0005_reveal_index_of_forms"), ("files", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
