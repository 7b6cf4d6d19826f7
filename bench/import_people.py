"""Import of a city's people: everything we do, against a bare executemany (COPY) of the same stored rows.

``python -m bench.import_people WHICH …`` runs one candidate in a fresh process:

    ours FILE          the product's own path from the file to the errors file
    bare SOURCE        only the insertion of the rows that ours stored, ready in memory, into the same empty tables
    usual SOURCE ROWS  django-import-export with the same model and its plain columns, on the first rows
    read FILE          only the reading of a workbook
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.harness import Answer, Bench, Place, Ratio, child, interleaved
from bench.people_file import area_rows

ROWS = {"people_person": "*", "events_event": "*", "people_search": "rowid, name"}
LEVELS = {"市": "CITY", "县": "COUNTY", "乡镇街道": "TOWN", "村社区": "VILLAGE"}
SAMPLE = 5_000
PEAK_MB = 1_200


def prepare() -> Answer:
    """An empty database with the divisions of the file."""
    from django.core.management import call_command  # noqa: PLC0415  # needs Django

    from yizhou.orgs.models import Division  # noqa: PLC0415  # needs Django

    call_command("migrate", verbosity=0)
    Division.objects.bulk_create(
        Division(area_code=code, name=name, level=LEVELS[level], parent_code=parent)
        for code, name, level, parent in area_rows()
    )
    return {"divisions": Division.objects.count()}


def timed(work: Callable[[], Any]) -> Answer:
    """Seconds by the clock and of this process's CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def peak_mb() -> float:
    """The most memory that this process, or one it started, has held; in megabytes.

    Of this process by the high-water mark of its own memory: what getrusage tells begins with its parent's.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(status.partition("VmHWM:")[2].split()[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024 / 1e6


def ours(file: str) -> Answer:
    """The product's own path: read, check, compare, seal, store, index, errors file."""
    from yizhou.ledgers.importing import Request, import_file  # noqa: PLC0415  # needs Django
    from yizhou.orgs.queries import console_actor  # noqa: PLC0415  # needs Django

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
    from django.db import transaction  # noqa: PLC0415  # needs Django

    from yizhou.core.bulk import insert_rows, roomy_cache  # noqa: PLC0415  # needs Django
    from yizhou.core.memory import without_cycle_search  # noqa: PLC0415  # needs Django

    with without_cycle_search():
        ready = stored_rows(Place(Path(source_home), source_url))

        def work() -> None:
            with roomy_cache(), transaction.atomic():
                for table, (names, rows) in ready.items():
                    insert_rows(table, names, rows)

        return {**timed(work), "rows": sum(len(rows) for _, rows in ready.values())}


def stored_rows(place: Place) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """What another candidate has stored, table by table in order of insertion."""
    connection: Any
    if place.url:
        import psycopg  # noqa: PLC0415  # only where it is asked for

        connection = psycopg.connect(place.url)
    else:
        import sqlite3  # noqa: PLC0415  # as above

        connection = sqlite3.connect(place.home / "yizhou.sqlite3")
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


def usual(source_home: str, source_url: str, count: str) -> Answer:  # noqa: ARG001  # SQLite alone
    """The pick of most projects; see ``bench.usual_import``."""
    from bench import usual_import  # noqa: PLC0415  # needs Django

    text = usual_import.sample(Path(source_home), int(count))
    stored = []
    taken = timed(lambda: stored.append(usual_import.take_in(text)))
    return {**taken, "rows": stored[0]}


def read(file: str) -> Answer:
    """The bare reading of a workbook with every cell as text."""
    import fastexcel  # noqa: PLC0415  # only where it is asked for

    def work() -> None:
        fastexcel.read_excel(file).load_sheet(0, dtypes="string").to_polars()

    return {**timed(work), "peak_mb": peak_mb()}


def measure(bench: Bench) -> Iterator[Ratio]:
    """All rows of the import."""
    for kind in bench.kinds:
        yield from _csv_rows(bench, kind)


def _csv_rows(bench: Bench, kind: str) -> list[Ratio]:
    last: list[Place] = []

    def fresh(*arguments: str) -> Answer:
        place = bench.place(kind)
        answer = child("bench.import_people", *arguments, place=place)
        if arguments == ("ours", str(bench.file())):
            last.append(place)
        else:
            bench.drop(place)
        return answer

    def source() -> tuple[str, str]:
        return str(last[-1].home), last[-1].url

    sample = min(SAMPLE, bench.rows // 10)
    candidates: dict[str, Callable[[], Answer]] = {
        "ours": lambda: fresh("ours", str(bench.file())),
        "bare": lambda: fresh("bare", *source()),
    }
    if kind == "SQLite":
        candidates |= {
            "usual": lambda: fresh("usual", *source(), str(sample)),
            "read": lambda: fresh("read", str(bench.file(".xlsx"))),
            "xlsx": lambda: fresh("ours", str(bench.file(".xlsx"))),
        }
    heard = interleaved(bench.rounds, candidates)
    for place in last[:-1]:
        bench.drop(place)
    bench.keep_city(kind, last[-1])
    return _ratios(bench, kind, heard)


def _ratios(bench: Bench, kind: str, heard: dict[str, Answer]) -> list[Ratio]:
    ours, bare = heard["ours"], heard["bare"]
    limit = "executemany" if kind == "SQLite" else "COPY"
    rows = [
        Ratio(
            f"import csv, {kind}: ours / bare {limit}",
            ours["seconds"] / bare["seconds"],
            1.8,
            f"{ours['seconds']:.1f} s (CPU {ours['cpu']:.1f}) / {bare['seconds']:.1f} s (CPU {bare['cpu']:.1f}); "
            f"CPU ratio {ours['cpu'] / bare['cpu']:.2f}; {ours['created']:.0f} stored, {ours['rejected']:.0f} rejected",
        )
    ]
    rows.append(_peak(f"import csv, {kind}: peak memory, MB", ours))
    if kind == "SQLite":
        rows += _against_others(bench, heard)
    return rows


def _against_others(bench: Bench, heard: dict[str, Answer]) -> list[Ratio]:
    ours, bare, usual, read, xlsx = (heard[name] for name in ("ours", "bare", "usual", "read", "xlsx"))
    speed, usual_speed = bench.rows / ours["seconds"], usual["rows"] / usual["seconds"]
    allowed = read["seconds"] + 1.8 * bare["seconds"]
    return [
        Ratio(
            "import csv: rows/s / django-import-export",
            speed / usual_speed,
            50,
            f"{speed:,.0f} / {usual_speed:,.0f} rows/s ({usual['rows']:.0f} rows, CPU {usual['cpu']:.1f} s)",
            at_most=False,
        ),
        Ratio(
            "import xlsx: ours / (bare read + 1.8 bare rows)",
            xlsx["seconds"] / allowed,
            1,
            f"{xlsx['seconds']:.1f} s (CPU {xlsx['cpu']:.1f}) / {allowed:.1f} s; bare read {read['seconds']:.1f} s",
        ),
        _peak("import xlsx: peak memory, MB", xlsx),
    ]


def _peak(name: str, answer: Answer) -> Ratio:
    steps = "; ".join(f"{step} {seconds:.1f}" for step, seconds in answer["steps"].items())
    return Ratio(name, answer["peak_mb"], PEAK_MB, f"steps by second: {steps}", slack=1)


if __name__ == "__main__":
    import django

    django.setup()
    which, *arguments = sys.argv[1:]
    candidates: dict[str, Callable[..., Answer]] = {
        "prepare": prepare,
        "ours": ours,
        "bare": bare,
        "usual": usual,
        "read": read,
    }
    print(json.dumps(candidates[which](*arguments), ensure_ascii=False))
