"""Pages of the list for combinations of filters and sorts, timed one by one beside their raw SQL."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any
from urllib.parse import parse_qsl

from django.db import connection

from bench.filters import FAR, FIRST, LEAST, combinations
from bench.harness import Answer, percentile
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.remembered import forget_all
from yizhou.orgs.permissions import granted_to
from yizhou.people.models import Person
from yizhou.people.queries.filters import SORTS, Wanted, narrowed
from yizhou.people.queries.listing import PAGE, list_page

CALLS = 5
"""Calls of each candidate a round."""
DEPTH = 999
"""Pages before the far one; where there are fewer, the last full one is taken."""
SHOWN = ("id", "uid", "name", "sex", "birth_on", "secret", "category", "category_mask", "contact_class",
         "missing_count", "archived_on", "household_area", "pinyin_full")  # fmt: skip


def clerk() -> Actor:
    """A clerk of the county whose post may use every filter."""
    permissions = frozenset(granted_to("BUREAU_STAFF"))
    return Actor(1, "clerk", frozenset({"BUREAU_STAFF"}), ("339901",), permissions=permissions)


def time_pages(rounds: str) -> Answer:
    """p50 and p95 over all combinations, and how many times the raw SQL the dearest costs, for both pages."""
    actor = clerk()
    timed: dict[str, list[Answer]] = {FIRST: [], FAR: []}
    for text in combinations():
        query = dict(parse_qsl(text))
        wanted = Wanted.read(query, actor)
        assert dict(wanted.pairs()).keys() >= query.keys() - {"sort"}, (
            f"{text}: a code that the tables do not hold"
        )
        for place, after in ((FIRST, ""), (FAR, _far(wanted, actor))):
            asked = {**query, **({"after": after} if after else {})}
            timed[place].append({"query": text, **_timed(asked, wanted, actor, int(rounds))})
    return {place: _summed(rows) for place, rows in timed.items()}


def _far(wanted: Wanted, actor: Actor) -> str:
    """The place behind which page 1,000 begins, or the last full page."""
    column, runs_down = SORTS[wanted.sort]
    people = narrowed(Person.objects.visible_to(actor), wanted, clock.today())
    pages = min(DEPTH, max(people.count() // PAGE - 1, 0))
    if not pages:
        return ""
    order = [f"{'-' if runs_down else ''}{name}" for name in dict.fromkeys((column, "id"))]
    value, row_id = people.order_by(*order).values_list(column, "id")[pages * PAGE - 1]
    return f"{value}.{row_id}"


def _timed(asked: dict[str, str], wanted: Wanted, actor: Actor, rounds: int) -> Answer:
    raw = _raw(asked, wanted, actor)
    ours: list[float] = []
    control: list[float] = []
    shown = len(list_page(asked, actor)["rows"])
    same = len(raw())
    assert min(same, PAGE) == shown, (asked, same, shown)
    for _ in range(rounds):
        control += _seconds(raw)
        ours += _seconds(lambda: list_page(asked, actor))
    return {"ours": ours, "control": control, "raw": median(control), "shown": shown}


def _seconds(run: Callable[[], Any]) -> list[float]:
    taken = []
    for _ in range(CALLS):
        # What is kept for a minute is asked anew each time: whoever combines filters is the first to do so.
        forget_all()
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _raw(asked: dict[str, str], wanted: Wanted, actor: Actor) -> Callable[[], list[Any]]:
    """The page as one plain statement by whoever has the filters and the place: composed once, outside the clock."""
    column, runs_down = SORTS[wanted.sort]
    people = narrowed(Person.objects.visible_to(actor), wanted, clock.today())
    order = [f"{'-' if runs_down else ''}{name}" for name in dict.fromkeys((column, "id"))]
    if after := asked.get("after"):
        value, _, row_id = after.rpartition(".")
        people = people.filter(**_behind(column, value, int(row_id)))
        if column != "id":
            people = people.exclude(**{column: value, "id__lte": int(row_id)})
    sql, params = people.order_by(*order).values_list(*SHOWN)[: PAGE + 1].query.sql_with_params()

    def run() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall())

    return run


def _behind(column: str, value: str, row_id: int) -> dict[str, Any]:
    return {"id__lt": row_id} if column == "id" else {f"{column}__gte": value}


def _summed(rows: list[Answer]) -> Answer:
    everything = [taken for row in rows for taken in row["ours"]]
    slowest = max(rows, key=lambda row: percentile(row["ours"], 0.95))
    times = [(median(row["ours"]) / max(row["raw"], LEAST), row) for row in rows]
    dearest = max(times, key=lambda pair: pair[0])
    return {
        "count": len(rows),
        "empty": sum(not row["shown"] for row in rows),
        "p50": percentile(everything, 0.5),
        "p95": percentile(everything, 0.95),
        "raw_p95": percentile([taken for row in rows for taken in row["control"]], 0.95),
        "slowest": slowest["query"],
        "slowest_p95": percentile(slowest["ours"], 0.95),
        "dearest": dearest[1]["query"],
        "dearest_ours": median(dearest[1]["ours"]),
        "dearest_raw": dearest[1]["raw"],
        "median_times": median(value for value, _ in times),
        "p95_times": percentile([value for value, _ in times], 0.95),
    }
