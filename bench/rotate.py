"""Changing the data key of a city's files while clerks go on working: time, what it costs beside the bare arithmetic, faults.

The limit is G22: 340,000 people × 3 sealed fields within ten minutes without downtime.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.harness import FULL, Bench, Ratio, child

MINUTES, OF_BARE, SLOWEST_MS = 10, 4, 2_000


def measure(bench: Bench) -> Iterator[Ratio]:
    """One run a database: a rotation is not repeated on the same records."""
    for kind in bench.kinds:
        place = bench.copy_of(bench.city(kind), kind)
        heard = child("bench.steps.rotate", "rotate", place=place)
        bench.drop(place)
        scale = 340_000 / max(heard["records"], 1) if bench.rows >= FULL else 1
        detail = f"{heard['records']:,} records in {heard['seconds']:.1f} s, opening and sealing alone {heard['bare']:.1f} s"
        minutes = heard["seconds"] * scale / 60
        yield Ratio(f"rotation, {kind}: minutes for 340,000 people", minutes, MINUTES, detail)
        if bench.rows >= FULL:
            yield Ratio(
                f"rotation, {kind}: beside opening and sealing",
                heard["seconds"] / heard["bare"],
                OF_BARE,
                detail,
            )
        worked = f"{heard['reads']:,} searches and {heard['writes']:,} corrections meanwhile"
        tried = heard["reads"] + heard["writes"] + heard["faults"]
        answered = 1 - heard["faults"] / max(tried, 1)
        yield Ratio(
            f"rotation, {kind}: share answered meanwhile", answered, 1, worked, at_most=False, slack=1
        )
        yield Ratio(f"rotation, {kind}: slowest answer meanwhile, ms", heard["slowest"], SLOWEST_MS, worked)
