"""Searches of every kind by two clerks, timed one by one on a database that holds the city."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from bench.harness import Answer, percentile
from bench.search import COUNTY, KINDS, SHOWN, TOWN, USUAL_CALLS
from yizhou.core import crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.people.models import Person
from yizhou.people.queries import search_people


def ask(calls: str) -> Answer:
    """p50 and p95 in milliseconds by clerk and kind."""
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
