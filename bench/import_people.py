"""Import of a city's people: everything we do, against a bare executemany (COPY) of the same stored rows.

Candidates, each in a fresh process on an empty database with the divisions of the file:

    ours   the product's own path from the file to the errors file
    bare   only the insertion of the rows that ours stored, ready in memory
    usual  django-import-export with the same model, on the first rows
    read   only the reading of a workbook
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.harness import Answer, Bench, Place, Ratio, child, interleaved

OURS, USUAL, READ = "bench.steps.import_people", "bench.steps.usual_import", "bench.steps.read_workbook"
SAMPLE = 5_000
PEAK_MB = 1_200


def measure(bench: Bench) -> Iterator[Ratio]:
    """All rows of the import."""
    for kind in bench.kinds:
        yield from _csv_rows(bench, kind)


def _csv_rows(bench: Bench, kind: str) -> list[Ratio]:
    last: list[Place] = []

    def fresh(module: str, *step: str) -> Answer:
        place = bench.place(kind)
        answer = child(module, *step, place=place)
        if step == ("ours", str(bench.file())):
            last.append(place)
        else:
            bench.drop(place)
        return answer

    sample = min(SAMPLE, bench.rows // 10)
    candidates: dict[str, Callable[[], Answer]] = {
        "ours": lambda: fresh(OURS, "ours", str(bench.file())),
        "bare": lambda: fresh(OURS, "bare", str(last[-1].home), last[-1].url),
    }
    if kind == "SQLite":
        candidates |= {
            "usual": lambda: fresh(USUAL, "usual", str(last[-1].home), str(sample)),
            "read": lambda: fresh(READ, "read", str(bench.file(".xlsx"))),
            "xlsx": lambda: fresh(OURS, "ours", str(bench.file(".xlsx"))),
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
