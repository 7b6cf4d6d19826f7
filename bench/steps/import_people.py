"""Candidates of the import: the product's own path, and the bare insertion of what it has stored."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import transaction

from bench.harness import Answer, Place
from bench.measured import peak_mb, timed
from bench.people_file import area_rows
from yizhou.core.bulk import insert_rows, roomy_cache
from yizhou.core.memory import without_cycle_search
from yizhou.ledgers.importing import Request, import_file
from yizhou.orgs.models import Division
from yizhou.orgs.queries import console_actor

ROWS = {"people_person": "*", "events_event": "*", "people_search": "rowid, name"}
LEVELS = {"市": "CITY", "县": "COUNTY", "乡镇街道": "TOWN", "村社区": "VILLAGE"}


def prepare() -> Answer:
    """An empty database with the divisions of the file."""
    call_command("migrate", verbosity=0)
    Division.objects.bulk_create(
        Division(area_code=code, name=name, level=LEVELS[level], parent_code=parent)
        for code, name, level, parent in area_rows()
    )
    return {"divisions": Division.objects.count()}


def ours(file: str) -> Answer:
    """The product's own path: read, check, compare, seal, store, index, errors file."""
    steps: dict[str, float] = {}
    began = time.perf_counter()

    def note(step: str, _done: float) -> None:
        steps[step] = round(time.perf_counter() - began, 2)

    reports = []
    path = Path(file)
    errors = path.with_suffix(".errors.xlsx")

    def work() -> None:
        request = Request("people", path, errors=errors)
        reports.append(import_file(request, actor=console_actor(), progress=note))

    taken = timed(work)
    errors.unlink()
    [report] = reports
    counts = {"created": report.created, "rejected": report.rejected}
    return {**taken, "peak_mb": peak_mb(), **counts, "steps": steps}


def bare(source_home: str, source_url: str) -> Answer:
    """Only the insertion of rows that are ready, all tables in one transaction, indexes live."""
    with without_cycle_search():
        ready = stored_rows(Place(Path(source_home), source_url))

        def work() -> None:
            with roomy_cache(), transaction.atomic():
                for table, (names, rows) in ready.items():
                    insert_rows(table, names, rows)

        return {**timed(work), "rows": sum(len(rows) for _, rows in ready.values())}


def stored_rows(place: Place) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """What another candidate has stored, table by table in order of insertion."""
    stored = place.home / "yizhou.sqlite3"
    connection: Any = psycopg.connect(place.url) if place.url else sqlite3.connect(stored)
    ready = {}
    for table, columns in ROWS.items():
        key = columns.split(",")[0].replace("*", "id")
        cursor = connection.execute(f"SELECT {columns} FROM {table} ORDER BY {key}")
        rows = cursor.fetchall()
        ready[table] = ([column[0] for column in cursor.description], _for_copy(rows) if place.url else rows)
    connection.close()
    return ready


def _for_copy(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Driver objects as text that COPY writes at once: what ours hands over is text too."""
    wanted = {index for index, value in enumerate(rows[0]) if isinstance(value, dict)} if rows else set()
    if not wanted:
        return rows
    return [tuple(json.dumps(v) if i in wanted else v for i, v in enumerate(row)) for row in rows]
