"""A city's two years: every ledger taken in, every indicator counted, every number opened.

The limits are stated for 340,000 people and 1.5 million rows; the demonstration's city has 5.8 million.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from bench.harness import Answer, Bench, Place, Ratio, child

STEPS = "bench.steps.city"
MINUTES, PEAK_MB = 10, 1_500
COLD_SECONDS, WARM_SECONDS, OPEN_MS = 10, 1, 300


def measure(bench: Bench) -> Iterator[Ratio]:
    """Once for each database, for it takes a while."""
    for kind in bench.kinds:
        place = bench.empty(kind)
        with tempfile.TemporaryDirectory(prefix="yizhou-city-") as folder:
            child(STEPS, "write", folder, str(bench.rows), place=place)
            taken = child(STEPS, "take_in", folder, place=place)
        bench.settle(place)
        yield from _imported(kind, taken)
        yield from _counted(kind, child(STEPS, "count", place=place))
        yield _opened(kind, place)
        bench.drop(place)


def _imported(kind: str, taken: Answer) -> Iterator[Ratio]:
    dearest = sorted(taken["spent"].items(), key=lambda one: -one[1])[:4]
    told = ", ".join(f"{ledger} {seconds:.0f}" for ledger, seconds in dearest)
    rows = f"{taken['stored']:,.0f} rows, {taken['stored'] / taken['seconds']:,.0f} a second, {taken['rejected']:.0f} rejected"
    yield Ratio(
        f"city, {kind}: all ledgers taken in, minutes", taken["seconds"] / 60, MINUTES, f"{rows}; {told} s"
    )
    yield Ratio(f"city, {kind}: peak memory of the imports, MB", taken["peak_mb"], PEAK_MB, "", slack=1)


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
