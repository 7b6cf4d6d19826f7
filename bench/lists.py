"""The list of people over HTTP, against hello world on the same server and the page as most projects write it.

``python -m bench.lists WHAT`` runs one step in a fresh process: ``accounts`` signs a clerk in and looks up
where page 1,000 begins, ``serve`` is the product's own server, ``queries`` counts the queries of a person's page.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from urllib.parse import quote

from bench.client import Heard, Server, pressed
from bench.harness import FULL, ROOT, Answer, Bench, Place, Ratio, child, environment

PAGE = 50
CONNECTIONS = 32
HISTORY = 500
AREA = "339901000000"


def accounts() -> Answer:
    """A signed-in clerk of the county, and the addresses of page 1 and of page 1,000 (or the last full one)."""
    from yizhou.people.models import Person  # noqa: PLC0415  # needs Django

    people = Person.objects.everywhere("where page 1,000 begins").order_by("household_area", "id")
    pages = min(1000, people.count() // PAGE)
    before = (pages - 1) * PAGE
    area, row_id = people.values_list("household_area", "id")[before - 1]
    far = f"/people/?after={quote(area)}.{row_id}&n={before + 1}"
    return {"cookie": signed_in("CENTER_STAFF", "clerk"), "first": "/people/", "far": far, "pages": pages}


def signed_in(role: str, username: str) -> str:
    """The cookies of a new account of the county."""
    from importlib import import_module  # noqa: PLC0415  # needed here alone

    from django.conf import settings  # noqa: PLC0415  # needs Django
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from yizhou.core import clock  # noqa: PLC0415  # needs Django
    from yizhou.orgs.actions import appoint, create_account  # noqa: PLC0415  # needs Django
    from yizhou.orgs.models import Account  # noqa: PLC0415  # needs Django

    account = create_account(username, "测试员", "Bench-mark-2026")
    Account.objects.filter(pk=account.pk).update(must_change_password=False)
    appoint(account, role, AREA, since=clock.today())
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    # A browser that has signed in holds the token of the form as well.
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"


def serve() -> None:
    """The product's web process on a free port, which is printed."""
    from yizhou.config.supervisor import listen  # noqa: PLC0415  # needs Django
    from yizhou.config.web import Site  # noqa: PLC0415  # needs Django

    listener = listen("127.0.0.1", 0)
    print(listener.getsockname()[1], flush=True)
    Site(listener.fileno()).run()


@contextmanager
def server(place: Place) -> Iterator[Server]:
    """A running server."""
    command = [sys.executable, "-m", "bench.lists", "serve"]
    running = subprocess.Popen(command, env=environment(place), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout
        yield Server(int(running.stdout.readline()), running.pid)
    finally:
        running.terminate()
        running.wait(timeout=40)


def queries() -> Answer:
    """Queries of a person's page with no history and with a long one."""
    from django.db import connection  # noqa: PLC0415  # needs Django
    from django.test import Client  # noqa: PLC0415  # needs Django
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # needs Django

    from yizhou.people.models import Person  # noqa: PLC0415  # needs Django

    client = Client(SERVER_NAME="127.0.0.1", headers={"cookie": signed_in("CENTER_STAFF", "reader")})
    person = Person.objects.everywhere("the page of anybody").order_by("id")[0]
    counts = []
    for entries in (0, HISTORY):
        write_history(person.pk, entries)
        client.get(person.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(person.get_absolute_url() + "?all=1")
        assert answer.status_code == 200, answer.status_code
        counts.append(len(captured))
    return {"empty": counts[0], "long": counts[1], "bytes": len(answer.content)}


def write_history(person_id: int, entries: int) -> None:
    """Events of a person, half of them visits."""
    from yizhou.core import clock  # noqa: PLC0415  # needs Django
    from yizhou.events.recording import Concern, record  # noqa: PLC0415  # needs Django
    from yizhou.orgs.queries import console_actor  # noqa: PLC0415  # needs Django
    from yizhou.people.models import Person  # noqa: PLC0415  # needs Django
    from yizhou.visits.models import Visit  # noqa: PLC0415  # needs Django

    person = Person.objects.everywhere("about whom it is written").get(pk=person_id)
    concern = Concern(person_id, person.household_area)
    for _ in range(entries // 2):
        record(console_actor(), "person.archive_received", person, concern=concern)
    Visit.objects.bulk_create(
        Visit(
            person=person,
            visited_at=clock.now() - dt.timedelta(days=number),
            staff_index=bytes(16),
            purpose="CONSOLATION",
            method="HOME",
            completed=True,
        )
        for number in range(entries - entries // 2)
    )


def measure(bench: Bench) -> Iterator[Ratio]:
    """All rows of the list and the person's page."""
    for kind in bench.kinds:
        yield from _list_rows(bench, kind)
    # The last to look at the city, because it writes a long history into it.
    counts = child("bench.lists", "queries", place=bench.city("SQLite"))
    for history, name in ((0, "empty"), (HISTORY, "long")):
        detail = f"the whole page with {history} entries on its axis"
        yield Ratio(f"person page: queries, history {history}", counts[name], 25, detail, slack=1)


def _list_rows(bench: Bench, kind: str) -> list[Ratio]:
    place = bench.city(kind)
    known = child("bench.lists", "accounts", place=place)
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


if __name__ == "__main__":
    import django

    django.setup()
    what = sys.argv[1]
    if what == "serve":
        serve()
    else:
        print(json.dumps({"accounts": accounts, "queries": queries}[what]()))
