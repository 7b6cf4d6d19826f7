"""PostgreSQL finds one character in the names of a town without leaving this index; SQLite's own index serves both."""

from typing import Any

from django.db import migrations

CREATE = "CREATE INDEX person_area_name ON people_person (household_area, id) INCLUDE (name)"
DROP = "DROP INDEX person_area_name"


def put_up(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(CREATE)


def take_down(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_reveal_index")]
    operations = [migrations.RunPython(put_up, take_down)]
