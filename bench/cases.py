"""Eight clerks at once file a 13-leg bundle and drive it to its end, on SQLite, through the real actions.

Each clerk is a process of its own that files, signs, decides, makes certificates and hands over without a pause.
Every verb is timed from the call to the committed answer; the wait for the turn to write is timed apart.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator

from bench.harness import FULL, ROOT, Answer, Bench, Place, Ratio, child, environment, interleaved, percentile
from tests.support import step

STEPS = "bench.steps.cases"
CLERKS = 8
VERB_MS, WAIT_MS = 150, 500
START = 2.0
"""Seconds for each clerk to start and to warm up with one bundle; then all begin together."""


def all_clerks(bench: Bench, clerks: int, bundles: int, stock: str) -> Answer:
    """All clerks at once on a fresh database; figures over all of them."""
    place = bench.place()
    child(STEPS, "prepare", str(clerks), str(bundles), place=place, BENCH_STOCK_SQLITE=stock)
    starts = str(time.time() + START * clerks)
    running = [_start(place, number, bundles, starts, stock) for number in range(clerks)]
    heard = []
    for process in running:
        said, complaint = process.communicate()
        if process.returncode:
            raise RuntimeError(complaint[-3000:])
        heard.append(json.loads(said.strip().splitlines()[-1]))
    bench.drop(place)
    return _figures(heard)


def _start(place: Place, number: int, bundles: int, starts: str, stock: str) -> subprocess.Popen[str]:
    command = step.command(STEPS, "clerk", str(number), str(bundles), starts)
    variables = environment(place, BENCH_STOCK_SQLITE=stock)
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=variables, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


def _figures(heard: list[Answer]) -> Answer:
    spent: dict[str, list[float]] = defaultdict(list)
    for answer in heard:
        for verb, times in answer["spent"].items():
            spent[verb] += times
    legs = {count for answer in heard for count in answer["legs"]}
    assert legs == {13}, legs
    seconds = max(answer["seconds"] for answer in heard)
    total = sum(len(times) for times in spent.values())
    return {
        "p95": {verb: percentile(times, 0.95) for verb, times in spent.items()},
        "p50": {verb: percentile(times, 0.5) for verb, times in spent.items()},
        "worst": max(max(times) for times in spent.values()),
        "wait": max(max(answer["waits"]) for answer in heard),
        "verbs": total / seconds,
    }


def measure(bench: Bench) -> Iterator[Ratio]:
    """All rows of the cases; the stock backend's figures stand beside ours."""
    clerks, bundles = (CLERKS, 3) if bench.rows >= FULL else (2, 1)
    heard = interleaved(
        bench.rounds,
        {
            "ours": lambda: all_clerks(bench, clerks, bundles, ""),
            "stock": lambda: all_clerks(bench, clerks, bundles, "1"),
        },
    )
    ours, stock = heard["ours"], heard["stock"]
    for verb in ours["p95"]:
        beside = f"stock backend p95 {stock['p95'][verb]:.0f}"
        detail = (
            f"p50 {ours['p50'][verb]:.0f}; {beside}; {ours['verbs']:.0f} verbs/s, stock {stock['verbs']:.0f}"
        )
        yield Ratio(f"cases, {clerks} clerks: {verb}, p95 ms", ours["p95"][verb], VERB_MS, detail)
    beside = f"stock backend {stock['wait']:.0f}"
    detail = f"{beside}; slowest verb {ours['worst']:.0f}, stock backend {stock['worst']:.0f}"
    yield Ratio(f"cases, {clerks} clerks: longest wait to write, ms", ours["wait"], WAIT_MS, detail)
