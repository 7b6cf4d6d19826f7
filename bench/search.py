"""Search among a city's people through the page's own query, as a clerk of the county and as one of a town.

Every kind of text is asked with ever new texts drawn from stored people, beside the raw look-up by number and the
usual ``name__contains``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.harness import FULL, Answer, Bench, Ratio, child, interleaved

KINDS = {
    "one character": "1 character of the name",
    "two characters": "2 characters of the name",
    "three characters": "3 characters of the name",
    "initials": "pinyin initials",
    "pinyin": "full pinyin",
    "number": "ID number",
    "tail": "last four of the phone",
}
COUNTY, TOWN = ("339901",), ("339901003",)
SHOWN = 20
MILLISECONDS = 8
USUAL_CALLS = 20


def measure(bench: Bench) -> Iterator[Ratio]:
    """All rows of the search: p95 in milliseconds by clerk and kind, medians of the rounds."""
    calls = 200 if bench.rows >= FULL else 40
    places = {kind: bench.city(kind) for kind in bench.kinds}
    heard = interleaved(
        bench.rounds,
        {
            kind: partial(child, "bench.steps.search", "ask", str(calls), place=place)
            for kind, place in places.items()
        },
    )
    for kind in bench.kinds:
        yield from _rows(kind, heard[kind])


def _rows(kind: str, heard: Answer) -> Iterator[Ratio]:
    raw = heard["raw"]["p95"]
    for clerk in ("county", "town"):
        for shape, title in KINDS.items():
            figures = heard[clerk][shape]
            detail = f"p50 {figures['p50']:.2f}, p95 of CPU {figures['cpu']:.2f}, raw look-up p95 {raw:.2f}; {figures['hits']:.1f} hits"
            yield Ratio(f"search, {kind}, {clerk}: {title}, p95 ms", figures["p95"], MILLISECONDS, detail)
    usual = heard["usual"]["p50"] / heard["county"]["two characters"]["p50"]
    detail = f"name__contains p50 {heard['usual']['p50']:.1f} ms, 2 characters"
    yield Ratio(f"search, {kind}: name__contains / ours", usual, 5, detail, at_most=False)
