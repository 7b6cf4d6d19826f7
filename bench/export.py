"""All people with all columns out as a workbook, against the bare writer with the same cells; memory must stay flat."""

from __future__ import annotations

from collections.abc import Iterator

from bench.harness import Bench, Ratio, child, interleaved

STEPS = "bench.steps.export"
TIMES, PEAK_MB = 3, 300


def measure(bench: Bench) -> Iterator[Ratio]:
    """Once for each database."""
    for kind in bench.kinds:
        place = bench.city(kind)
        heard = interleaved(
            bench.rounds,
            {
                "ours": lambda place=place: child(STEPS, "ours", place=place),
                "bare": lambda place=place: child(STEPS, "bare", place=place),
            },
        )
        ours, bare = heard["ours"], heard["bare"]
        told = f"CPU {ours['cpu']:.1f} / {bare['cpu']:.1f} s; {ours['seconds']:.1f} s by the clock; {ours['rows']:,.0f} rows × {ours['columns']:.0f}"
        yield Ratio(f"export, {kind}: ours / bare writer", ours["cpu"] / bare["cpu"], TIMES, told)
        yield Ratio(f"export, {kind}: peak memory, MB", ours["peak_mb"], PEAK_MB, "", slack=1)
