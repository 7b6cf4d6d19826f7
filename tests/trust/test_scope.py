"""A scoped table cannot be read before somebody said for whom; raw SQL stands in few places (trust.md T4)."""

import ast
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Count

from tests.house.tree import ROOT, python_files
from tests.support.staff import account, acting
from tests.trust.world import COUNTIES, Corner
from yizhou.core.scope import ScopedQuerySet, ScopeError
from yizhou.people.models import Person

Read = Callable[[Any], Any]

SCOPED = [model for model in apps.get_models() if isinstance(model._default_manager.all(), ScopedQuerySet)]
UNSCOPED = {
    "orgs.Division": "public knowledge",
    "dashboards.Boundary": "public knowledge, as divisions are",
    "orgs.Account": "read through accounts_of(actor), or for signing in",
    "orgs.Appointment": "read for the account that signs in",
    "orgs.ApiToken": "read for the program that holds it, or through accounts_of(actor)",
    "orgs.WorkCalendarDay": "public knowledge",
    "orgs.WorkCalendarYear": "public knowledge",
    "events.Seal": "the chain over the whole log; holds digests only",
    "events.Submission": "read for the account that submits",
    "merging.FindingRun": "progress of a search over all files; counts only",
    "people.NameIndex": "joined to Person, which is scoped",
    "cases.CaseCounter": "a number, no content",
    "cases.Application": "reached from a case",
    "cases.CaseMaterial": "reached from a case",
    "cases.CasePause": "reached from a case",
    "cases.Supplement": "reached from a case",
    "cases.Urge": "reached from a case",
    "cases.CoTask": "reached from a case",
}
READS: dict[str, Read] = {
    "list": list,
    "len": len,
    "bool": bool,
    "index": lambda rows: rows[0],
    "slice": lambda rows: list(rows[:3]),
    "filtered": lambda rows: list(rows.filter(pk=1).order_by("id")),
    "get": lambda rows: rows.get(pk=1),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(rows.model(pk=1)),
    "aggregate": lambda rows: rows.aggregate(n=Count("pk")),
    "values": lambda rows: list(rows.values("pk")),
    "values_list": lambda rows: list(rows.values_list("pk", flat=True)),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "iterator": lambda rows: list(rows.iterator()),
    "dates of": lambda rows: list(rows.annotate(n=models.Value(1))),
    "update": lambda rows: rows.update(pk=1),
    "delete": lambda rows: rows.delete(),
    "bulk_update": lambda rows: rows.bulk_update([rows.model(pk=1)], [_a_field(rows.model)]),
    "get_or_create": lambda rows: rows.get_or_create(pk=1),
    "update_or_create": lambda rows: rows.update_or_create(pk=1),
    "explain": lambda rows: rows.explain(),
    "raw": lambda rows: list(rows.raw(f'SELECT * FROM "{rows.model._meta.db_table}"')),
    "union": lambda rows: list(rows.everywhere("test").union(rows)),
    "or": lambda rows: list(rows.everywhere("test") | rows),
    "or, turned round": lambda rows: list(rows | rows.everywhere("test")),
    "xor": lambda rows: list(rows.everywhere("test") ^ rows),
}


def _a_field(model: type[models.Model]) -> str:
    return next(f.name for f in model._meta.concrete_fields if not f.primary_key)


def test_every_table_is_scoped_or_says_why_not() -> None:
    ours = [m for m in apps.get_models() if m.__module__.startswith("yizhou.")]
    assert {m._meta.label for m in ours if m not in SCOPED} == UNSCOPED.keys()
    assert len(SCOPED) >= 14


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_no_scoped_table_is_read_outside_a_scope(model: type[models.Model], db: None) -> None:
    let_through = []
    for name, read in READS.items():
        try:
            read(model._default_manager.all())
        except ScopeError:
            continue
        let_through.append(name)
    assert let_through == []


def test_inside_a_scope_the_same_reads_work(corners: list[Corner]) -> None:
    """The control: it is the scope that the reads above lacked."""
    rows = Person.objects.everywhere("test")
    for name in READS.keys() - {"get", "raw", "update", "delete", "get_or_create", "update_or_create"}:
        READS[name](rows.all())
    assert rows.get(pk=corners[0].person.pk) == corners[0].person


def test_related_rows_are_scoped_as_well(corners: list[Corner]) -> None:
    bundle = corners[0].bundle
    with pytest.raises(ScopeError):
        list(bundle.legs.all())
    assert bundle.legs.everywhere("test").count() > 3


def test_every_scoped_row_of_the_world_is_seen_in_its_area_and_nowhere_else(corners: list[Corner]) -> None:
    county = acting(account("CENTER_STAFF", COUNTIES[0]))
    nowhere = acting(account("CENTER_STAFF", "339903000000", name="elsewhere"))
    for thing in ("person", "case", "leg", "bundle", "rating", "batch", "station", "post", "window"):
        _seen(thing, corners, county, nowhere)
    for thing in ("reception", "call", "visit", "card", "plaque", "file", "message"):
        _seen(thing, corners, county, nowhere)


def _seen(thing: str, corners: list[Corner], county: Any, nowhere: Any) -> None:
    rows = [getattr(corner, thing) for corner in corners]
    door = type(rows[0])._default_manager
    found = [door.visible_to(county).filter(pk=row.pk).exists() for row in rows]
    assert found == [True, True, False, False], thing
    assert not door.visible_to(nowhere).exists(), thing


# Raw SQL: modules where it may stand, each with its reason.
RAW_SQL = {
    "src/yizhou/config/database.py": "reads the list of applied migrations",
    "src/yizhou/config/invariants.py": "counts rows that break an invariant, over all areas, no values",
    "src/yizhou/core/bulk.py": "set-wise statements with names from models, for both databases",
    "src/yizhou/core/sqlite/base.py": "the database wrapper itself",
    "src/yizhou/core/prepared.py": "runs what a query set was composed to, guarded where it is built",
    "src/yizhou/core/sqlite/creation.py": "checkpoint of a test database before it is copied",
    "src/yizhou/events/sealing.py": "asks PostgreSQL for its locks",
    "src/yizhou/people/queries/reveals.py": "one constant condition that lets SQLite use a partial index",
    "src/yizhou/people/queries/listing.py": "names of divisions beside the rows, constant text from models",
    "src/yizhou/ledgers/counting.py": "counts of query sets in one statement, each guarded before it is composed",
    "src/yizhou/core/reseal.py": "replaces a ciphertext only where it is still the one that was read",
    "src/yizhou/watching/queries.py": "one constant condition that lets SQLite use a partial index",
    "src/yizhou/merging/raw.py": "rows as they are stored, byte for byte, which fields of a model would convert",
    "src/yizhou/people/ledgers.py": "writes the index of names, which is no model's table",
}
RAW_CALLS = {"cursor", "raw", "extra", "RawSQL", "executemany", "executescript"}


def raw_sql_in(source: str) -> Iterator[int]:
    """Lines that reach for SQL past the ORM."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in RAW_CALLS:
                yield node.lineno


def test_raw_sql_stands_only_where_it_is_listed() -> None:
    found = {name for name, text in python_files("src/yizhou/") if list(raw_sql_in(text))}
    assert found == RAW_SQL.keys()


def test_each_place_of_raw_sql_says_why() -> None:
    assert [n for n, why in RAW_SQL.items() if not (ROOT / n).exists() or len(why) < 20] == []


@pytest.mark.parametrize(
    "code",
    [
        "with connection.cursor() as c: pass",
        "Person.objects.raw('SELECT 1')",
        "rows.extra(where=['1=1'])",
        "RawSQL('1', [])",
    ],
)
def test_raw_sql_is_found(code: str) -> None:
    assert list(raw_sql_in(code)) == [1]


# The unguarded manager of a model: modules that may reach for it, each with its reason.
PAST_THE_SCOPE = {
    "src/yizhou/balances/names.py": "dates of rows that were found within the reader's scope",
    "src/yizhou/balances/reading.py": "whether a name of a confirmed opening is still anywhere; only how many is told",
    "src/yizhou/core/bulk.py": "whether a table is empty before its first load",
    "src/yizhou/core/reseal.py": "every record comes under the new key; nothing of it is shown",
    "src/yizhou/dossier/queries/beside.py": "facts of persons whose rows are in the file that is checked",
    "src/yizhou/config/commands/ledgers.py": "the console counts all rows",
    "src/yizhou/config/invariants.py": "invariants hold over all areas",
    "src/yizhou/ledgers/importing.py": "owning areas of stored rows, compared with the importer's own",
    "src/yizhou/indicators/changes.py": "rows of a frozen number, which was opened within its area, and their persons",
    "src/yizhou/indicators/fingerprints.py": "fingerprints of the rows behind a number, taken within its area",
    "src/yizhou/indicators/report/tables.py": "cells of rows that were found within the report's area",
    "src/yizhou/ledgers/attached.py": "where rows lie now, so that files about them follow; nothing of it is shown",
    "src/yizhou/ledgers/actions/add.py": "whom the row just stored concerns",
    "src/yizhou/ledgers/holding_on.py": "whoever refers to a row counts, in whatever area; only how many is told",
    "src/yizhou/ledgers/one_row.py": "a key is unique over all areas; values of a row found in its scope",
    "src/yizhou/ledgers/loading.py": "keys are unique over all areas",
    "src/yizhou/ledgers/references.py": "a reference may lead to another area's row; only whether it exists is told",
    "src/yizhou/merging/moving.py": "how many rows hang on a file that was found in its scope, and what refers to them",
    "src/yizhou/ledgers/rendering.py": "what rows in scope refer to, and fingerprints",
}


def test_the_unguarded_manager_is_used_only_where_it_is_listed() -> None:
    found = {name for name, text in python_files("src/yizhou/") if "_base_manager" in text}
    assert found == PAST_THE_SCOPE.keys()
    assert all(len(why) > 20 for why in PAST_THE_SCOPE.values())
