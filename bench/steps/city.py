"""Two years of a city: files of every ledger written, taken in, counted, and every number opened."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from http.cookies import SimpleCookie
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bench.harness import Answer
from bench.measured import peak_mb, timed
from bench.steps.lists import signed_in
from yizhou.demo.filling import Wish, files
from yizhou.indicators.facts import facts
from yizhou.indicators.queries import compute, scope_for
from yizhou.indicators.remembering import remembered_figures
from yizhou.ledgers.importing import Request, import_file
from yizhou.orgs.models import Division
from yizhou.orgs.queries import console_actor

YEAR, SEED = 2025, 1
FIRST, LAST = dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)


def write(folder: str, people: str) -> Answer:
    """A database without a row, and in ``folder`` the files of every ledger; which, in the order of their import."""
    call_command("migrate", verbosity=0)
    kept: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory(dir=folder) as draft:
        for _, written, _ in files(Wish(int(people), YEAR, SEED), Path(draft), lambda _title, _share: None):
            for ledger, path in written:
                kept.append((ledger, f"{len(kept):03}-{ledger}.csv"))
                (Path(folder) / kept[-1][1]).write_bytes(path.read_bytes())
    return {"files": kept}


def take_in(*pairs: str) -> Answer:
    """Import files, each named by its ledger and its path."""
    stored = rejected = 0
    for ledger, file in zip(pairs[::2], pairs[1::2], strict=True):
        report = import_file(Request(ledger, Path(file)), actor=console_actor())
        stored, rejected = stored + report.created, rejected + report.rejected
    return {"peak_mb": peak_mb(), "stored": stored, "rejected": rejected}


def count() -> Answer:
    """All indicators of the city in a process that knows nothing yet, and again as its pages do."""
    scope = scope_for(console_actor(), "", FIRST, LAST)
    cold = timed(lambda: compute(None, scope))
    remembered_figures(facts(), scope)
    warm = timed(lambda: remembered_figures(facts(), scope))
    return {"cold": cold, "warm": warm, "measured": len(facts())}


def open_all() -> Answer:
    """The first page of every number, as somebody of the bureau for the whole city; milliseconds by code."""
    top = Division.objects.filter(parent_code="").values_list("area_code", flat=True)[0]
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies = SimpleCookie(signed_in("BUREAU_STAFF", "opener", top))
    query = f"?from={FIRST}&to={LAST}&area={top}"
    spent = {}
    client.get(reverse("indicators:list"))
    for code in facts():
        began = time.perf_counter()
        answer = client.get(reverse("indicators:rows", args=[code]) + query)
        spent[code] = 1000 * (time.perf_counter() - began)
        assert answer.status_code == 200, (code, answer.status_code)
    return {"spent": spent}
