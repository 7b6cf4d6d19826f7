"""A process of its own: writers of the log in threads, a sealer beside them.

Its events are committed for good, so it runs on a database that is thrown away.
"""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connections, transaction

from yizhou.events import sealing
from yizhou.events.recording import record
from yizhou.events.sealing import seal_all, seal_once, verify
from yizhou.orgs.queries import console_actor

WRITERS, EACH = 4, 60


def main() -> dict[str, Any]:
    """Race, then the one interleaving that decides, with and without the question to the database."""
    call_command("migrate", verbosity=0, interactive=False)
    return {"race": race(), "overtaken": overtaken(asks=True), "control": overtaken(asks=False)}


def race() -> dict[str, Any]:
    """Writers that are slow, quick, and turn back; the sealer never rests."""
    written: list[int] = []
    busy = [threading.Thread(target=alone, args=(lambda n=n: write(n, written),)) for n in range(WRITERS)]
    ended = threading.Event()
    during: list[int] = []

    def seal() -> None:
        while not ended.is_set():
            during.append(seal_once(limit=7))

    sealer = threading.Thread(target=alone, args=(seal,))
    for thread in (sealer, *busy):
        thread.start()
    for thread in busy:
        thread.join()
    ended.set()
    sealer.join()
    seal_all()
    verdict = verify()
    return {
        "written": len(written),
        "sealed": verdict.events,
        "unsealed": verdict.unsealed,
        "problem": verdict.problem,
        "during": sum(during),
        "seals": verdict.seals,
    }


def alone(work: Callable[[], None]) -> None:
    """Run in a thread with a connection of its own."""
    try:
        work()
    finally:
        connections.close_all()


def write(n: int, written: list[int]) -> None:
    """One clerk's transactions: some linger after drawing their number, some are rolled back."""
    chance = random.Random(n)
    for _ in range(EACH):
        with transaction.atomic():
            event = record(console_actor(), "account.signed_in")
            time.sleep(chance.choice([0, 0, 0.001, 0.004]))
            if chance.random() < 0.2:
                transaction.set_rollback(True)
                continue
        written.append(event.id)
        time.sleep(chance.choice([0, 0.002, 0.006]))


def overtaken(*, asks: bool) -> dict[str, Any]:
    """One writer draws a number and lingers, a second draws the next and commits, then the sealer comes."""
    quiet = sealing._quiet_on_postgres
    if not asks:
        sealing._quiet_on_postgres = lambda: True
    drawn, may_end = threading.Event(), threading.Event()

    def linger() -> None:
        with transaction.atomic():
            record(console_actor(), "account.signed_in", reason="slow")
            drawn.set()
            may_end.wait(10)

    slow = threading.Thread(target=alone, args=(linger,))
    slow.start()
    drawn.wait(10)
    quick = threading.Thread(target=alone, args=(lambda: record(console_actor(), "account.signed_in"),))
    quick.start()
    quick.join(1)  # on SQLite it has to wait for the slow one: there is one writer at a time
    sealed = sealing.seal_once() if not quick.is_alive() else 0
    may_end.set()
    slow.join()
    quick.join()
    sealing._quiet_on_postgres = quiet
    sealing.seal_all()
    return {"sealed": sealed, "problem": sealing.verify().problem}
