"""The export of all people as the worker writes it, and the bare writer with cells that are ready."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.harness import Answer
from bench.measured import peak_mb, timed
from yizhou.exports.sources import SOURCES
from yizhou.exports.watermark import Mark, write_marked
from yizhou.ledgers.writing.sheets import TextSheet, write_sheets
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

AREAS = ("3399",)
READY = 2_000
"""Rows that the bare writer writes again and again."""


def ours() -> Answer:
    """Scope, opening, masks, codes into words, watermark."""
    source, actor = SOURCES["people"], replace(console_actor(), areas=AREAS)
    headers, mark = source.headers({}, actor), Mark("DC", "测试员", "示范市", "2026-03-02 09:30", "测量")
    counted = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ours.xlsx"
        answer = timed(lambda: counted.append(write_marked(path, headers, source.rows({}, actor), mark)))
    return {**answer, "rows": counted[0], "columns": len(headers), "peak_mb": peak_mb()}


def bare() -> Answer:
    """The writer alone."""
    source, actor = SOURCES["people"], replace(console_actor(), areas=AREAS)
    headers, ready = source.headers({}, actor), list(islice(source.rows({}, actor), READY))
    count = Person.objects.everywhere("how many rows to write").count()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bare.xlsx"
        return timed(lambda: write_sheets(path, [TextSheet("数据", headers, _again(ready, count))]))


def _again(ready: Sequence[list[str]], count: int) -> Iterable[list[str]]:
    return (ready[number % len(ready)] for number in range(count))
