"""Finding people who are filed twice: our masked keys against splink on DuckDB, on the same people with the same truth.

Both get the same columns ready in memory; splink blocks as its guide advises and scores with given weights. It is
measured where it is installed; it is no dependency of the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from bench.harness import Answer, Bench, Ratio, child, interleaved

STEP = "bench.steps.duplicates"
SECONDS = 3


def measure(bench: Bench) -> Iterator[Ratio]:
    """Speed, recall and precision of ours, and how much faster than splink it is."""
    place = bench.place("SQLite")
    names = ["ours", *(["splink"] if find_spec("splink") else [])]
    heard = interleaved(
        bench.rounds,
        {name: lambda name=name: child(STEP, name, str(bench.rows), place=place) for name in names},
    )
    bench.drop(place)
    yield from _ours(heard["ours"])
    if "splink" in heard:
        ours, other = heard["ours"], heard["splink"]
        words = f"{other['seconds']:.1f} s / {ours['seconds']:.2f} s; its recall {other['recall']:.3f}, precision {other['precision']:.3f}"
        yield Ratio("duplicates: splink / ours", other["seconds"] / ours["seconds"], 5, words, at_most=False)


def _ours(found: Answer) -> Iterator[Ratio]:
    words = (
        f"{found['pairs']} pairs, {found['truth']} planted, {found['seconds']:.2f} s (CPU {found['cpu']:.1f})"
    )
    yield Ratio("duplicates: recall", found["recall"], 0.99, words, at_most=False, slack=1)
    yield Ratio("duplicates: precision", found["precision"], 0.995, words, at_most=False, slack=1)
    yield Ratio("duplicates: seconds", found["seconds"], SECONDS, words)
