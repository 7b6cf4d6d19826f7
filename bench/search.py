"""Search among a city's people through the page's own query, as a clerk of the county and as one of a town.

``python -m bench.search CALLS`` times one process on a database that holds the city: every kind of text, asked
with ever new texts drawn from stored people, beside the raw look-up by number and the usual ``name__contains``.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from bench.harness import FULL, Answer, Bench, Ratio, child, interleaved, percentile

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


def ask(calls: str) -> Answer:
    """p50 and p95 in milliseconds by clerk and kind."""
    from yizhou.core.actor import Actor  # noqa: PLC0415  # needs Django
    from yizhou.people.queries import search_people  # noqa: PLC0415  # needs Django

    texts = drawn(int(calls))
    clerks = {"county": Actor(1, "county", areas=COUNTY), "town": Actor(2, "town", areas=TOWN)}
    answer: Answer = {}
    for clerk in clerks.values():
        for kind in KINDS:
            search_people(texts[kind][-1], clerk, SHOWN)
    for name, clerk in clerks.items():
        answer[name] = {}
        for kind in KINDS:
            hits = _Hits(search_people, clerk)
            answer[name][kind] = {**_figures(hits, texts[kind]), "hits": hits.found / len(texts[kind])}
    return {**answer, **_controls(texts, clerks["county"])}


class _Hits:
    """The page's search for one clerk, counting what it finds."""

    def __init__(self, search: Callable[..., list[Any]], clerk: Any) -> None:
        self._search, self._clerk, self.found = search, clerk, 0

    def __call__(self, text: str) -> None:
        self.found += len(self._search(text, self._clerk, SHOWN))


def _controls(texts: dict[str, list[str]], clerk: Any) -> Answer:
    """The least that a look-up can cost, and what most projects write."""
    from django.db import connection  # noqa: PLC0415  # needs Django

    from yizhou.core import crypto  # noqa: PLC0415  # needs Django
    from yizhou.core.keys import keyring  # noqa: PLC0415  # needs Django
    from yizhou.people.models import Person  # noqa: PLC0415  # needs Django

    keys = [crypto.blind_index(keyring(), text) for text in texts["number"]]

    def raw(key: bytes) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name FROM people_person WHERE id_number_index = %s", [key])
            assert cursor.fetchone()

    def contains(text: str) -> None:
        list(Person.objects.visible_to(clerk).filter(name__contains=text).order_by("id")[:SHOWN])

    rare = texts["two characters"][:USUAL_CALLS]
    return {
        "raw": _figures(raw, keys),
        "usual": _figures(contains, rare),
    }


def drawn(calls: int) -> dict[str, list[str]]:
    """Texts of every kind from people drawn at random, so that common names come up as often as in life."""
    from yizhou.people.models import Person  # noqa: PLC0415  # needs Django

    draw = random.Random(11)
    people = Person.objects.everywhere("drawing what to search for")
    last = people.order_by("-id").values_list("id", flat=True)[0]
    some = people.filter(id__in=draw.sample(range(1, last + 1), min(last, calls * 3)))
    chosen = list(some)
    draw.shuffle(chosen)
    long = [person for person in chosen if len(person.name) == 3]
    opened = [person.opened() for person in chosen[:calls]]
    starts = [draw.randrange(2) for _ in long]
    texts = {
        "one character": [draw.choice(person.name) for person in chosen],
        "two characters": [p.name[s : s + 2] for p, s in zip(long, starts, strict=True)],
        "three characters": [person.name for person in long],
        "initials": [person.pinyin_initials for person in chosen],
        "pinyin": [person.pinyin_full for person in chosen],
        "number": [values["id_number"] for values in opened],
        "tail": [values["phone"][-4:] for values in opened if values.get("phone")],
    }
    return {kind: (listed * calls)[:calls] for kind, listed in texts.items()}


def _figures(work: Callable[[Any], object], texts: Sequence[Any]) -> Answer:
    """Milliseconds of a call: by the clock, and of this process's CPU, which a busy machine does not stretch."""
    wall, cpu = [], []
    for text in texts:
        began, spent = time.perf_counter(), time.process_time()
        work(text)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    return {"p50": percentile(wall, 0.5), "p95": percentile(wall, 0.95), "cpu": percentile(cpu, 0.95)}


def measure(bench: Bench) -> Iterator[Ratio]:
    """All rows of the search: p95 in milliseconds by clerk and kind, medians of the rounds."""
    calls = 200 if bench.rows >= FULL else 40
    places = {kind: bench.city(kind) for kind in bench.kinds}
    heard = interleaved(
        bench.rounds,
        {kind: partial(child, "bench.search", str(calls), place=place) for kind, place in places.items()},
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


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(ask(sys.argv[1])))
