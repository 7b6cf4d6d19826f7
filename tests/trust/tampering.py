"""Ways to tamper with the log past the product: each changes the database and says what must be reported.

A tamperer with the database in hand first takes the triggers away and puts them back afterwards.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from django.db import connection, transaction

from yizhou.core import crypto
from yizhou.events.append_only import guard
from yizhou.events.models import Event, Seal
from yizhou.events.sealing import FIELDS, GENESIS, GUARDS, LEAF, head_of, leaf

Tampering = Callable[[Random], int | None]
"""Changes the log; returns the number of the row that verification must name, None when any will do."""


@contextmanager
def behind_the_back() -> Iterator[None]:
    """Inside the block the log can be changed; everything is undone at its end."""
    with transaction.atomic():
        drop(GUARDS)
        yield
        transaction.set_rollback(True)


def drop(names: tuple[str, ...]) -> None:
    """Take triggers away."""
    for name in names:
        on = f" ON {name.partition('_no_')[0]}" if connection.vendor == "postgresql" else ""
        run(f"DROP TRIGGER {name}{on}")


def put_back() -> None:
    """Restore the triggers as the migration made them."""
    for name in GUARDS:
        table, _, verb = name.partition("_no_")
        run(guard(connection.vendor, table, verb.upper()))


def run(statement: str, *values: object) -> None:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values) or None)


def sealed_ids() -> list[int]:
    """Numbers of the sealed rows."""
    last = Seal.objects.order_by("-last_id").values_list("last_id", flat=True)[0]
    rows = Event.objects.everywhere("test").filter(id__lte=last).order_by("id")
    return list(rows.values_list("id", flat=True))


def seals() -> list[Seal]:
    """The chain, first link first."""
    return list(Seal.objects.order_by("last_id"))


def edit(chance: Random) -> int:
    """Another value in one column of one row."""
    row = chance.choice(sealed_ids())
    column, value = chance.choice(
        [
            ("actor", "别人"),
            ("kind", "case.decided"),
            ("outcome", 3),
            ("account_id", 999),
            ("address", "10.0.0.9"),
            ("request_id", "f" * 32),
            ("about", "people_person"),
            ("about_id", 77),
            ("person_id", 78),
            ("area", "339999000000"),
            ("reason", "改过的理由"),
            ("data", '{"n": -1}'),
            ("at", dt.datetime(2031, 1, 1, tzinfo=dt.UTC)),
        ]
    )
    run(f"UPDATE events_event SET {column} = %s WHERE id = %s", value, row)
    return row


def delete(chance: Random) -> int:
    """A row taken out."""
    row = chance.choice(sealed_ids())
    run("DELETE FROM events_event WHERE id = %s", row)
    return row


def insert(chance: Random) -> int:
    """A row slipped in: into a gap of the numbers, or before the first."""
    taken = sealed_ids()
    gaps = sorted(set(range(-3, taken[-1])) - set(taken))
    row = chance.choice(gaps)
    copy(chance.choice(taken), row)
    return row


def copy(source: int, target: int) -> None:
    """A row again under another number."""
    rest = ", ".join(FIELDS[1:])
    run(
        f"INSERT INTO events_event (id, {rest}) SELECT %s, {rest} FROM events_event WHERE id = %s",
        target,
        source,
    )


def swap(chance: Random) -> int:
    """Two rows change places."""
    first, second = sorted(chance.sample(sealed_ids(), 2))
    for old, new in ((first, -900), (second, first), (-900, second)):
        run("UPDATE events_event SET id = %s WHERE id = %s", new, old)
    return first


def replace(chance: Random) -> int:
    """A row written over by an insertion, past triggers on UPDATE and DELETE."""
    row = chance.choice(sealed_ids())
    source = chance.choice([other for other in sealed_ids() if other != row])
    if connection.vendor == "postgresql":
        run("DELETE FROM events_event WHERE id = %s", row)
        copy(source, row)
    else:
        rest = ", ".join(FIELDS[1:])
        put_back()
        run(
            f"INSERT OR REPLACE INTO events_event (id, {rest}) SELECT %s, {rest} FROM events_event WHERE id = %s",
            row,
            source,
        )
        drop(GUARDS)
    return row


def cut_tail(chance: Random) -> int:
    """The newest sealed rows deleted; their seals stay."""
    taken = sealed_ids()
    first = taken[-chance.randint(1, 9)]
    run("DELETE FROM events_event WHERE id >= %s", first)
    return first


def roll_back(chance: Random) -> int:
    """An older state of the whole database: rows and seals after some link are gone."""
    chain = seals()
    kept = chain[chance.randint(0, len(chain) - 2)]
    run("DELETE FROM events_event WHERE id > %s", kept.last_id)
    run("DELETE FROM events_seal WHERE last_id > %s", kept.last_id)
    return kept.last_id


def rewrite(chance: Random) -> int:
    """A row changed and the whole chain after it made anew, without the key."""
    edit(chance)
    key, previous, first = os.urandom(32), GENESIS, 0
    for seal in seals():
        rows = Event.objects.everywhere("test").filter(id__gte=seal.first_id, id__lte=seal.last_id)
        fresh = b"".join(leaf(row) for row in rows.order_by("id").values_list(*FIELDS))
        changed = fresh != bytes(seal.leaves) or previous != bytes(seal.previous)
        seal.leaves, seal.previous = fresh, previous
        head = head_of(seal, previous)
        if changed:
            first = first or seal.first_id
            run(
                "UPDATE events_seal SET leaves = %s, previous = %s, head = %s, signature = %s WHERE id = %s",
                fresh,
                previous,
                head,
                crypto.hmac_sm3(key, head),
                seal.pk,
            )
        previous = head
    return first


def edit_seal(chance: Random) -> int:
    """Another value in a seal."""
    seal = chance.choice(seals())
    column = chance.choice(["leaves", "previous", "head", "signature", "first_id", "sealed_at"])
    value: object = os.urandom(LEAF if column == "leaves" else 32)
    if column == "first_id":
        value = seal.first_id - 1
    if column == "sealed_at":
        value = seal.sealed_at + dt.timedelta(seconds=1)
    run(f"UPDATE events_seal SET {column} = %s WHERE id = %s", value, seal.pk)
    return seal.first_id - (column == "first_id")


def delete_seal(chance: Random) -> int:
    """A link taken out of the middle of the chain."""
    chain = seals()
    n = chance.randint(0, len(chain) - 2)
    run("DELETE FROM events_seal WHERE id = %s", chain[n].pk)
    return chain[n + 1].first_id


def drop_guard(chance: Random) -> None:
    """A trigger taken away and not put back."""
    put_back()
    drop((chance.choice(GUARDS),))


KINDS: list[Tampering] = [
    edit,
    delete,
    insert,
    swap,
    replace,
    cut_tail,
    roll_back,
    rewrite,
    edit_seal,
    delete_seal,
    drop_guard,
]
