"""Finding people who are filed twice: our masked keys against splink on DuckDB, on the same people with the same truth.

Both get the same columns ready in memory; splink blocks as its guide advises and scores with given weights. It is
an optional dependency of the product, which asks it for a second opinion where a number is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.harness import Answer, Bench, Ratio, child, interleaved

STEP = "bench.steps.duplicates"
SECONDS = 3
SECOND_SECONDS = 15


def measure(bench: Bench) -> Iterator[Ratio]:
    """Speed, recall and precision of ours, and how much faster than splink it is."""
    place = bench.place("SQLite")
    names = ("ours", "splink", "second")
    heard = interleaved(
        bench.rounds,
        {name: lambda name=name: child(STEP, name, str(bench.rows), place=place) for name in names},
    )
    bench.drop(place)
    yield from _ours(heard["ours"])
    ours, other = heard["ours"], heard["splink"]
    words = f"{other['seconds']:.1f} s / {ours['seconds']:.2f} s; its recall {other['recall']:.3f}, precision {other['precision']:.3f}"
    yield Ratio("duplicates: splink / ours", other["seconds"] / ours["seconds"], 5, words, at_most=False)
    yield from _second(heard["second"])


def _ours(found: Answer) -> Iterator[Ratio]:
    words = (
        f"{found['pairs']} pairs, {found['truth']} planted, {found['seconds']:.2f} s (CPU {found['cpu']:.1f})"
    )
    yield Ratio("duplicates: recall", found["recall"], 0.99, words, at_most=False, slack=1)
    yield Ratio("duplicates: precision", found["precision"], 0.995, words, at_most=False, slack=1)
    yield Ratio("duplicates: seconds", found["seconds"], SECONDS, words)


def _second(found: Answer) -> Iterator[Ratio]:
    """Copies without a number: what our rules find of them, what the second opinion adds, how much of that is right."""
    words = f"{found['truth']} planted without a number; ours alone {found['alone']:.3f}, {found['second']} further pairs"
    yield Ratio("duplicates: second opinion, recall", found["recall"], 0.85, words, at_most=False, slack=1)
    words = f"of the {found['second']} pairs that it adds"
    yield Ratio("duplicates: second opinion, right", found["right"], 0.99, words, at_most=False, slack=1)
    yield Ratio(
        "duplicates: second opinion, seconds",
        found["seconds"],
        SECOND_SECONDS,
        f"{found['seconds']:.1f} s, start included",
    )
