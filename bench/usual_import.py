"""django-import-export as most projects use it: the same model and its plain columns with values that fit, the
fields' own validation and one event a row; none of our rules, nothing sealed, no search keys to compute.
"""

import csv
import io
import sqlite3
from pathlib import Path

from import_export import resources
from tablib import Dataset  # type: ignore[import-untyped]  # has no types

from yizhou.events.recording import Concern, record
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

HIDDEN = {"uid", "secret", "id_number_index", "phone_tail", "row_digest"}
EVERY = [field.name for field in Person._meta.concrete_fields]
PLAIN = [name for name in EVERY if name not in HIDDEN]
ACTOR = console_actor()


class PersonResource(resources.ModelResource):  # type: ignore[misc]  # import_export has no types
    """One row, one instance."""

    class Meta:
        model = Person
        fields = tuple(PLAIN)
        import_id_fields = ("id",)

    def get_queryset(self) -> object:
        """Everybody: the model refuses to be asked without a scope."""
        return Person._base_manager.all()

    def before_save_instance(self, instance: Person, *_row: object, **_options: object) -> None:
        """Validation; uniqueness is left to the database, which would be asked without a scope otherwise."""
        instance.id_number_index = int(instance.pk).to_bytes(16, "big")
        instance.clean_fields(exclude={name for name in EVERY if not getattr(instance, name)})

    def after_save_instance(self, instance: Person, *_row: object, **_options: object) -> None:
        """The log."""
        record(ACTOR, "person.imported", instance, concern=Concern(instance.pk, instance.household_area))


def sample(home: Path, count: int) -> str:
    """The first rows that ours has stored, as csv."""
    source = sqlite3.connect(home / "yizhou.sqlite3")
    rows = source.execute(f"SELECT {', '.join(PLAIN)} FROM people_person ORDER BY id LIMIT {count}")
    text = io.StringIO()
    csv.writer(text).writerows([PLAIN, *rows])
    return text.getvalue()


def take_in(text: str) -> int:
    """Import them; returns how many were new."""
    data = Dataset().load(text, format="csv")
    result = PersonResource().import_data(data, raise_errors=True, use_transactions=True)
    new: int = result.totals["new"]
    return new
