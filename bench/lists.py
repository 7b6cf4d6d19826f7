"""The list of people over HTTP, against hello world on the same server and the page as most projects write it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from bench.client import Heard, Server, pressed
from bench.harness import FULL, ROOT, Answer, Bench, Place, Ratio, child, environment
from tests.support import step

STEPS = "bench.steps.lists"
PAGE = 50
CONNECTIONS = 32
HISTORY = 500
PAGE_LIMIT = 300
"""Milliseconds for the page of a person with a long history."""
AREA = "339901000000"


@contextmanager
def server(place: Place) -> Iterator[Server]:
    """A running server."""
    running = subprocess.Popen(
        step.command(STEPS, "serve"), env=environment(place), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout
        yield Server(int(running.stdout.readline()), running.pid)
    finally:
        running.terminate()
        running.wait(timeout=40)


def measure(bench: Bench) -> Iterator[Ratio]:
    """All rows of the list and the person's page."""
    for kind in bench.kinds:
        yield from _list_rows(bench, kind)
    # The last to look at the city, because it writes a long history into it.
    heard = child(STEPS, "person_page", place=bench.city("SQLite"))
    for history, name in ((0, "empty"), (HISTORY, "long")):
        detail = f"the whole page with {history} entries on its axis"
        yield Ratio(f"person page: queries, history {history}", heard[name], 25, detail, slack=1)
    detail = f"{HISTORY} entries, {heard['bytes'] / 1024:,.0f} KB, asked within the process"
    yield Ratio("person page: p95 ms with a long history", heard["p95"], PAGE_LIMIT, detail)


def _list_rows(bench: Bench, kind: str) -> list[Ratio]:
    place = bench.city(kind)
    known = child(STEPS, "accounts", place=place)
    seconds = 3.0 if bench.rows >= FULL else 0.5
    with server(place) as running:
        heard = _rounds(running, known, seconds, bench.rounds)
    hello, signed, ours, usual = (
        median(h.per_second for h in heard[n]) for n in ("hello", "signed", "ours", "usual")
    )
    p50, p95 = (median(h.milliseconds(share) for h in heard["ours"]) for share in (0.5, 0.95))
    cpu = {name: median(h.cpu_milliseconds for h in heard[name]) for name in ("hello", "ours", "usual")}
    near, far = (median(h.milliseconds(0.5) for h in heard[name]) for name in ("near", "far"))
    costs = f"server CPU {cpu['ours']:.1f} / {cpu['hello']:.2f} ms = {100 * cpu['hello'] / cpu['ours']:.1f} %"
    shown = f"{costs}; {ours:,.0f} / {hello:,.0f} requests/s (hello signed in {signed:,.0f}); p50 {p50:.0f}, p95 {p95:.0f} ms at {CONNECTIONS}"
    turned = f"p50 {far:.1f} / {near:.1f} ms, one at a time, page {known['pages']}"
    return [
        Ratio(f"list, {kind}: requests/s, % of hello world", 100 * ours / hello, 15, shown, at_most=False),
        Ratio(f"list, {kind}: ours / instances + Django template", ours / usual, 3, f"{ours:,.0f} / {usual:,.0f} requests/s; CPU {cpu['usual'] / cpu['ours']:.2f}", at_most=False),
        Ratio(f"list, {kind}: page 1,000 / page 1", far / near, 1.5, turned),
    ]  # fmt: skip


def _rounds(running: Server, known: Answer, seconds: float, rounds: int) -> dict[str, list[Heard]]:
    """Candidates in turn, round by round, after one round that only warms the server."""
    cookie = known["cookie"]
    asked = {
        "hello": ("/bench/hello/", "", CONNECTIONS),
        "signed": ("/bench/hello/", cookie, CONNECTIONS),
        "ours": (known["first"], cookie, CONNECTIONS),
        "usual": ("/bench/usual/", cookie, CONNECTIONS),
        "near": (known["first"], cookie, 1),
        "far": (known["far"], cookie, 1),
    }
    heard: dict[str, list[Heard]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        for name, (path, sent, connections) in asked.items():
            result = pressed(running, path, sent, seconds if number else 0.3, connections)
            if number:
                heard[name].append(result)
    return heard
