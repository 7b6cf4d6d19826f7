"""Any filters with any sort, first page and page 1,000, beside the raw SQL of the same page.

Every filter stands at least once, and so does every sort; pairs and triples, everybody and next to nobody, a county and a
village. What is timed is all that the page does for its rows; the control asks the database for the same rows by SQL
that was written beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.harness import Answer, Bench, Ratio, child

STEPS = "bench.steps.filters"
FIRST, FAR = "page 1", "page 1,000"
LIMIT = 150
"""Milliseconds within which 95 of 100 pages have to be there."""
TIMES = 5
"""The pages may cost so many times what their raw SQL costs, 95 of 100 beside 95 of 100."""
LEAST = 1.0
"""Milliseconds below which a single control says more about the clock than about the database."""
SORTS = ("area", "name", "birth", "newest")
SINGLE = (
    "category=V11", "category=S01", "group=VET", "group=CARE", "age=0-17", "age=18-59", "age=60-69", "age=70-79",
    "age=80-", "age=60-", "contact=KEY", "contact=FOCUS", "contact=GENERAL", "complete=full", "complete=missing",
    "state=registered", "state=gone", "archive=yes", "archive=no", "archive=electronic", "doubt=yes", "doubt=no",
    "fresh=stale", "fresh=fresh", "sex=1", "sex=2", "placement=SELF_EMPLOYMENT", "employment=1", "war=yes", "war=no",
    "enlisted=1970-1979", "enlisted=1900-1949", "discharged=1990-1999", "discharged=2020-2099", "politics=01",
    "disability=01", "special=1",
)  # fmt: skip
"""Every filter, often and rare values of it."""
TOGETHER = (
    "sex=2&age=80-", "contact=KEY&state=registered", "category=V11&complete=full", "category=D01&war=yes",
    "group=CARE&archive=no", "fresh=stale&contact=KEY", "doubt=yes&sex=2", "enlisted=1970-1979&sex=1",
    "discharged=1990-1999&war=yes", "age=60-69&complete=missing", "politics=01&age=60-", "employment=1&sex=2",
    "category=V11&sex=1&age=60-69", "group=VET&state=registered&complete=full", "contact=GENERAL&archive=yes&sex=1",
    "category=S01&sex=2&age=80-", "war=yes&enlisted=1970-1979&state=registered", "fresh=fresh&doubt=no&group=VET",
    "category=F01&sex=1&age=0-17", "category=V01&war=yes&special=1", "state=gone&age=0-17&contact=KEY",
)  # fmt: skip
"""Pairs and triples; the last ones fit next to nobody."""
VILLAGE, TOWN = "339901001200", "339901001000"
NARROW = (
    "",
    "sex=2",
    "category=V11",
    "age=60-69&sex=1",
    "contact=KEY&state=registered",
    "category=S01&age=0-17",
)
"""What is asked within a town and within a village."""


def combinations() -> list[str]:
    """Addresses: every filter with some sort, every sort by itself, together, in narrow areas, each in its turn."""
    asked = [*SINGLE, *TOGETHER]
    asked += [f"area={area}&{query}".rstrip("&") for area in (TOWN, VILLAGE) for query in NARROW]
    turned = [f"{query}&sort={SORTS[n % len(SORTS)]}" for n, query in enumerate(asked)]
    return [*(f"sort={sort}" for sort in SORTS), *turned, *(f"{query}&sort=name" for query in TOGETHER)]


def measure(bench: Bench) -> Iterator[Ratio]:
    """Both databases, both pages."""
    for kind in bench.kinds:
        heard = child(STEPS, "time_pages", str(bench.rounds), place=bench.city(kind))
        for place in (FIRST, FAR):
            yield from _rows(kind, place, heard[place])


def _rows(kind: str, place: str, heard: Answer) -> Iterator[Ratio]:
    slowest = f"slowest {heard['slowest']} ({heard['slowest_p95']:.1f} ms)"
    shown = (
        f"{heard['count']} combinations, {heard['empty']} of them empty; p50 {heard['p50']:.1f} ms; {slowest}"
    )
    yield Ratio(f"filters, {kind}: {place}, p95 ms", heard["p95"], LIMIT, shown)
    dearest = f"dearest {heard['dearest']}: {heard['dearest_ours']:.1f} / {heard['dearest_raw']:.1f} ms; median {heard['median_times']:.1f}"
    both = f"p95 {heard['p95']:.1f} / {heard['raw_p95']:.1f} ms"
    yield Ratio(f"filters, {kind}: {place}, p95 / raw SQL", heard["p95"] / heard["raw_p95"], TIMES, both)
    each = f"95 of 100 combinations cost at most so many times their own; {dearest}"
    yield Ratio(f"filters, {kind}: {place}, own raw SQL", heard["p95_times"], TIMES, each)
