"""One index by area instead of two on PostgreSQL, known to the model and so put up last on a first load."""

from typing import Any

from django.db import migrations, models

DROP = "DROP INDEX person_area_name"
CREATE = "CREATE INDEX person_area_name ON people_person (household_area, id) INCLUDE (name)"


def take_down(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(DROP)


def put_up(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(CREATE)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_family_members")]
    operations = [
        migrations.RunPython(take_down, put_up),
        migrations.RemoveIndex("person", "person_area"),
        migrations.AddIndex(
            "person",
            models.Index(fields=["household_area", "id"], include=["name"], name="person_area"),
        ),
    ]
