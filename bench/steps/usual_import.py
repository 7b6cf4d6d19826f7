"""django-import-export as most projects use it: the same model, the fields' own validation, and what has to stand in
the end (sealed fields, blind indexes, search keys, one event) made row by row. None of our rules, and values that fit.
"""

import csv
import io
import sqlite3
from pathlib import Path

from django.db import connection
from import_export import resources
from tablib import Dataset  # type: ignore[import-untyped]  # has no types

from bench.harness import Answer
from bench.measured import timed
from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.core.pinyin import name_keys
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.recording import Concern, record
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

HIDDEN = {"uid", "secret", "id_number_index", "phone_tail", "row_digest"}
EVERY = [field.name for field in Person._meta.concrete_fields]
PLAIN = [name for name in EVERY if name not in HIDDEN]
ACTOR = console_actor()
TO_INDEX = "INSERT INTO people_search (rowid, name) VALUES (%s, %s)"


class PersonResource(resources.ModelResource):  # type: ignore[misc]  # import_export has no types
    """One row, one instance."""

    class Meta:
        model = Person
        fields = tuple(PLAIN)
        import_id_fields = ("id",)
        clean_model_instances = True

    def get_queryset(self) -> object:
        """Everybody: the model refuses to be asked without a scope."""
        return Person._base_manager.all()

    def import_instance(self, instance: Person, row: object, **options: object) -> None:
        """What stands beside the cells of a row."""
        super().import_instance(instance, row, **options)
        identity, phone = f"{instance.household_area[:6]}19600101{instance.pk:04d}", f"139{instance.pk:08d}"
        instance.seal({"id_number": identity, "phone": phone, "household_address": "和平村八组 12 号"})
        instance.id_number_index = crypto.blind_index(keyring(), identity)
        instance.phone_tail = crypto.tail_index(keyring(), phone[-4:])
        keys = name_keys(instance.name)
        instance.pinyin_full, instance.pinyin_initials = keys.full.split()[0], keys.initials.split()[0]

    def validate_instance(self, instance: Person, *_errors: object, **_options: object) -> None:
        """The model's own validation of the cells that are filled, with the unique ones looked up."""
        instance.full_clean(exclude={name for name in EVERY if not getattr(instance, name)})

    def after_save_instance(self, instance: Person, *_row: object, **_options: object) -> None:
        """The index of names and the log."""
        with connection.cursor() as cursor:
            cursor.execute(TO_INDEX, [instance.pk, instance.name])
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
    # Its validation looks for twins among everybody, which a scoped model refuses to do.
    ScopedQuerySet.guard = lambda _rows: None  # type: ignore[method-assign]  # in this process alone
    data = Dataset().load(text, format="csv")
    result = PersonResource().import_data(data, raise_errors=True, use_transactions=True)
    new: int = result.totals["new"]
    return new


def usual(source_home: str, count: str) -> Answer:
    """The first rows of what ours has stored in ``source_home``, taken in."""
    text = sample(Path(source_home), int(count))
    stored: list[int] = []
    taken = timed(lambda: stored.append(take_in(text)))
    return {**taken, "rows": stored[0]}
