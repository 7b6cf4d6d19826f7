"""What was voided of somebody lies where that person lives today, as attachments do (0006)."""

from django.db import migrations

UPDATE = "UPDATE ledgers_voidedrow SET area = NEW.household_area WHERE person_id = NEW.id;"
MOVED = "OLD.household_area <> NEW.household_area"
CATCH_UP = (
    "UPDATE ledgers_voidedrow SET area = (SELECT household_area FROM people_person p WHERE p.id = person_id)"
    " WHERE EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id AND p.household_area <> area)"
)


def build(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION voided_follow_person() RETURNS trigger AS $$ BEGIN {UPDATE} RETURN NULL; END $$ "
            "LANGUAGE plpgsql"
        )
        schema_editor.execute(
            "CREATE TRIGGER voided_follow_person AFTER UPDATE OF household_area ON people_person "
            f"FOR EACH ROW WHEN ({MOVED}) EXECUTE FUNCTION voided_follow_person()"
        )
    else:
        schema_editor.execute(
            "CREATE TRIGGER voided_follow_person AFTER UPDATE OF household_area ON people_person "
            f"FOR EACH ROW WHEN {MOVED} BEGIN {UPDATE} END"
        )
    schema_editor.execute(CATCH_UP)


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER voided_follow_person ON people_person")
        schema_editor.execute("DROP FUNCTION voided_follow_person()")
    else:
        schema_editor.execute("DROP TRIGGER voided_follow_person")


class Migration(migrations.Migration):
    dependencies = [("people", "0009_files_follow_again"), ("ledgers", "0004_voided_person")]
    operations = [migrations.RunPython(build, drop)]
