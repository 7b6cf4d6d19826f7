"""What the benchmark of the rotation asks of the product: the command in a process of its own, a clerk beside it."""

from __future__ import annotations

import random
import subprocess
import sys
import time

from bench.harness import Answer
from yizhou.core import crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Refused
from yizhou.core.reseal import SLICE
from yizhou.core.rows import seal_context
from yizhou.orgs.queries import console_actor
from yizhou.people.actions import correct_person
from yizhou.people.actions.changing import state_of
from yizhou.people.models import Person
from yizhou.people.queries import search_people

COMMAND = "from yizhou.config.cli import main; main(['rotate-keys'])"
TRIES = 2
"""A form that was overtaken is sent again, as its clerk would."""


def rotate() -> Answer:
    """Rotate while a clerk searches without pause and corrects a phone number at every tenth step."""
    bare, actor = _bare(), console_actor()
    ids = list(Person.objects.everywhere("bench").values_list("id", flat=True))
    draw, counts = random.Random(7), {"reads": 0, "writes": 0, "faults": 0}  # a fixed sample
    slowest, began = 0.0, time.perf_counter()
    running = subprocess.Popen([sys.executable, "-c", COMMAND], stdout=subprocess.PIPE)
    while running.poll() is None:
        at = time.perf_counter()
        _step(draw.choice(ids), actor, counts)
        slowest = max(slowest, time.perf_counter() - at)
    seconds = time.perf_counter() - began
    assert running.returncode == 0, running.returncode
    assert keyring().current > 1
    left = sum(bytes(s)[1] != keyring().current for s in _secrets())
    assert not left, f"{left} records under the old key"
    return {"seconds": seconds, "bare": bare, "records": len(ids), "slowest": slowest * 1000, **counts}


def _step(pk: int, actor: Actor, counts: dict[str, int]) -> None:
    try:
        person = Person.objects.everywhere("bench").get(pk=pk)
        number = person.opened()["id_number"]
        assert [hit.id for hit in search_people(number, actor)] == [pk]
        counts["reads"] += 1
        if counts["reads"] % 10 == 0:
            _correct(pk, actor)
            counts["writes"] += 1
    except (crypto.TamperedError, Refused, AssertionError, KeyError):
        counts["faults"] += 1


def _correct(pk: int, actor: Actor) -> None:
    phone = f"139{random.randrange(10**8):08}"  # any number will do
    for attempt in range(TRIES):
        person = Person.objects.everywhere("bench").get(pk=pk)
        try:
            correct_person(
                person, {"phone": phone}, "来电", actor=actor, seen=state_of(person), accept_doubts=True
            )
        except Refused:
            if attempt == TRIES - 1:
                raise
        else:
            return


def _secrets() -> list[bytes]:
    rows = Person.objects.everywhere("bench").values_list("secret", flat=True)
    return [bytes(secret) for secret in rows.iterator(chunk_size=SLICE)]


def _bare() -> float:
    """Opening and sealing all of them in memory."""
    rows = [
        (uid, bytes(secret))
        for uid, secret in Person.objects.everywhere("bench").values_list("uid", "secret")
    ]
    contexts = [seal_context(Person._meta.db_table, uid) for uid, _ in rows]
    keys, began = keyring(), time.perf_counter()
    crypto.pack_many(keys, contexts, crypto.unpack_many(keys, contexts, [secret for _, secret in rows]))
    return time.perf_counter() - began
