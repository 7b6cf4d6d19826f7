"""A city's two years: every ledger taken in, every indicator counted, every number opened.

The limits are stated for 340,000 people and 1.5 million rows; the demonstration's city has 5.8 million, so the time
of the imports is told for that many rows. Each file is taken in by a process of its own, as the worker does it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator

from bench.harness import FULL, Answer, Bench, Place, Ratio, child

STEPS = "bench.steps.city"
ROWS, MINUTES, PEAK_MB = 1_500_000, 10, 1_500
COLD_SECONDS, WARM_SECONDS, OPEN_MS = 10, 1, 300


def measure(bench: Bench) -> Iterator[Ratio]:
    """Once for each database, for it takes a while."""
    for kind in bench.kinds:
        place = bench.empty(kind)
        with tempfile.TemporaryDirectory(prefix="yizhou-city-") as folder:
            written = child(STEPS, "write", folder, str(bench.rows), place=place)["files"]
            files = [(ledger, f"{folder}/{name}") for ledger, name in written]
            apart = [[one] for one in files] if bench.rows >= FULL else [files]
            taken = [_taken(several, place) for several in apart]
            yield from _imported(kind, taken)
        bench.settle(place)
        yield from _counted(kind, child(STEPS, "count", place=place))
        yield _opened(kind, place)
        bench.drop(place)


def _taken(files: list[tuple[str, str]], place: Place) -> tuple[str, Answer, float]:
    """Files taken in by one process: the ledger of the first, the answer, and how long it took with the start."""
    began = time.perf_counter()
    answer = child(STEPS, "take_in", *(word for pair in files for word in pair), place=place)
    return files[0][0], answer, time.perf_counter() - began


def _imported(kind: str, taken: list[tuple[str, Answer, float]]) -> Iterator[Ratio]:
    stored = sum(answer["stored"] for _, answer, _ in taken)
    seconds = sum(spent for _, _, spent in taken)
    by_ledger: dict[str, float] = {}
    for ledger, _, spent in taken:
        by_ledger[ledger] = by_ledger.get(ledger, 0.0) + spent
    dearest = sorted(by_ledger.items(), key=lambda one: -one[1])[:4]
    told = ", ".join(f"{ledger} {spent:.0f} s" for ledger, spent in dearest)
    rows = (
        f"{stored:,} rows of {len(taken)} files in {seconds:.0f} s, {stored / seconds:,.0f} a second; {told}"
    )
    minutes = seconds / 60 * min(1.0, ROWS / stored)
    yield Ratio(f"city, {kind}: 1.5 million rows taken in, minutes", minutes, MINUTES, rows)
    ledger, largest, _ = max(taken, key=lambda one: one[1]["peak_mb"])
    yield Ratio(f"city, {kind}: peak memory of an import, MB", largest["peak_mb"], PEAK_MB, ledger, slack=1)


def _counted(kind: str, counted: Answer) -> Iterator[Ratio]:
    detail = f"{counted['measured']} indicators; CPU {counted['cold']['cpu']:.1f} s"
    yield Ratio(f"city, {kind}: all indicators, cold, s", counted["cold"]["seconds"], COLD_SECONDS, detail)
    yield Ratio(f"city, {kind}: all indicators, warm, s", counted["warm"]["seconds"], WARM_SECONDS, "")


def _opened(kind: str, place: Place) -> Ratio:
    spent = child(STEPS, "open_all", place=place)["spent"]
    slowest = sorted(spent.items(), key=lambda one: -one[1])
    over = sum(milliseconds > OPEN_MS for milliseconds in spent.values())
    told = ", ".join(f"{code} {milliseconds:.0f}" for code, milliseconds in slowest[:5])
    return Ratio(
        f"city, {kind}: first page of a number, slowest, ms", slowest[0][1], OPEN_MS, f"{over} over; {told}"
    )
