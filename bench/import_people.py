"""Import of a city's people: everything we do, against a bare executemany (COPY) of the same stored rows.

``python -m bench.import_people ours FILE`` and ``… bare FILE`` run one candidate each in a fresh process; the
bare one first imports like ours, reads the stored rows back and then times only their insertion into an empty
copy of the tables with all indexes.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from pathlib import Path

from bench.people_file import area_rows

TABLES = ("people_person", "events_event", "people_search")
LEVELS = {"市": "CITY", "县": "COUNTY", "乡镇街道": "TOWN", "村社区": "VILLAGE"}


def prepare() -> None:
    """An empty database with the divisions of the file."""
    import django  # noqa: PLC0415  # settings come from the environment of this process

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # needs Django

    from yizhou.orgs.models import Division  # noqa: PLC0415  # needs Django

    call_command("migrate", verbosity=0)
    Division.objects.bulk_create(
        Division(area_code=code, name=name, level=LEVELS[level], parent_code=parent)
        for code, name, level, parent in area_rows()
    )


def ours(file: Path) -> dict[str, float]:
    """The product's own path: read, check, compare, seal, store, index, errors file."""
    from yizhou.ledgers.importing import Request, import_file  # noqa: PLC0415  # needs Django
    from yizhou.orgs.queries import console_actor  # noqa: PLC0415  # needs Django

    steps: dict[str, float] = {}
    began = time.perf_counter()

    def note(step: str, _done: float) -> None:
        steps[step] = round(time.perf_counter() - began, 2)

    errors = file.with_suffix(".errors.xlsx")
    report = import_file(Request("people", file, errors=errors), actor=console_actor(), progress=note)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": seconds,
        "peak_mb": peak,
        "created": report.created,
        "rejected": report.rejected,
        **steps,
    }


def bare(file: Path) -> dict[str, float]:
    """Only the insertion of rows that are ready, all tables in one transaction, indexes live."""
    from django.db import connection, transaction  # noqa: PLC0415  # needs Django

    from yizhou.core.bulk import insert_rows, is_postgres, roomy_cache  # noqa: PLC0415  # needs Django

    ours(file)
    ready = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            key = "rowid" if table == "people_search" else "id"
            cursor.execute(f"SELECT {'rowid, name' if key == 'rowid' else '*'} FROM {table} ORDER BY {key}")
            names = ["rowid", "name"] if key == "rowid" else [column[0] for column in cursor.description]
            raw = (
                cursor
                if is_postgres()
                else cursor.connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY {key}")
            )
            ready[table] = (names, raw.fetchall())
    _empty()
    began = time.perf_counter()
    with roomy_cache(), transaction.atomic():
        for table, (names, rows) in ready.items():
            insert_rows(table, names, rows)
    return {"seconds": time.perf_counter() - began, "rows": sum(len(rows) for _, rows in ready.values())}


def _empty() -> None:
    from django.core.management import call_command  # noqa: PLC0415  # needs Django

    for app in ("people", "events"):
        call_command("migrate", app, "zero", verbosity=0)
    call_command("migrate", verbosity=0)


COLUMNS = {
    "姓名": "name",
    "性别": "sex",
    "出生日期": "birth_on",
    "户籍地区划": "household_area",
    "人员类别": "category",
    "采集日期": "collected_on",
    "入伍时间": "enlisted_on",
    "退役时间": "discharged_on",
    "退役军衔": "rank",
}


def usual(file: Path, count: int = 5_000) -> dict[str, float]:
    """django-import-export on the first rows, few columns and none of our rules: the pick of most projects."""
    from import_export import resources  # noqa: PLC0415  # a bench-only dependency
    from tablib import Dataset  # noqa: PLC0415  # as above

    from yizhou.people.models import Person  # noqa: PLC0415  # needs Django

    class PersonResource(resources.ModelResource):
        class Meta:
            model = Person
            fields = ("id", *COLUMNS.values())
            import_id_fields = ("id",)

        def get_queryset(self) -> object:
            return Person._base_manager.all()

        def before_save_instance(self, instance: Person, *_row: object, **_options: object) -> None:
            instance.id_number_index = int(instance.pk).to_bytes(16, "big")

    data = Dataset(headers=["id", *COLUMNS.values()])
    with file.open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            data.append([number, *(row[header] for header in COLUMNS)])
            if number == count:
                break
    began = time.perf_counter()
    result = PersonResource().import_data(data, raise_errors=False, use_transactions=True)
    return {"seconds": time.perf_counter() - began, "rows": count, "stored": result.totals["new"]}


if __name__ == "__main__":
    which, source = sys.argv[1], Path(sys.argv[2])
    prepare()
    print(json.dumps({"ours": ours, "bare": bare, "usual": usual}[which](source), ensure_ascii=False))
