"""What the benchmark of the list asks of the product: accounts, its own server, the queries of a person's page."""

from __future__ import annotations

import datetime as dt
import time
from importlib import import_module
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.harness import Answer, percentile
from bench.lists import AREA, HISTORY, PAGE
from yizhou.config.supervisor import listen
from yizhou.config.web import Site
from yizhou.core import clock
from yizhou.events.recording import Concern, record
from yizhou.orgs.actions import appoint, create_account
from yizhou.orgs.models import Account
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person
from yizhou.visits.models import Visit


def accounts() -> Answer:
    """A signed-in clerk of the county, and the addresses of page 1 and of page 1,000 (or the last full one)."""
    people = Person.objects.everywhere("where page 1,000 begins").order_by("household_area", "id")
    pages = min(1000, people.count() // PAGE)
    before = (pages - 1) * PAGE
    area, row_id = people.values_list("household_area", "id")[before - 1]
    far = f"/people/?after={quote(area)}.{row_id}&n={before + 1}"
    return {"cookie": signed_in("CENTER_STAFF", "clerk"), "first": "/people/", "far": far, "pages": pages}


def signed_in(role: str, username: str, area: str = AREA) -> str:
    """The cookies of a new account, of the county unless another division is named."""
    account = create_account(username, "测试员", "Bench-mark-2026")
    Account.objects.filter(pk=account.pk).update(must_change_password=False)
    appoint(account, role, area, since=clock.today())
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "yizhou.orgs.backends.AccountBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    # A browser that has signed in holds the token of the form as well.
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"


def serve() -> None:
    """The product's web process on a free port, which is printed."""
    listener = listen("127.0.0.1", 0)
    print(listener.getsockname()[1], flush=True)
    Site(listener.fileno()).run()


CALLS = 20
"""Times that the page with a long history is asked for."""


def person_page() -> Answer:
    """Queries of a person's page with no history and with a long one, and how long the long one takes."""
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
    taken = [_milliseconds(client, person.get_absolute_url() + "?all=1") for _ in range(CALLS)]
    return {
        "empty": counts[0],
        "long": counts[1],
        "p95": percentile(taken, 0.95),
        "bytes": len(answer.content),
    }


def _milliseconds(client: Client, address: str) -> float:
    began = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - began) * 1000


def write_history(person_id: int, entries: int) -> None:
    """Events of a person, half of them visits."""
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
