"""Sealing every record anew under the current data key while the system goes on working (trust.md G22).

Slice by slice in short transactions; each record is replaced only if it is still the one that was read, so a clerk's
change is never undone. Whatever a killed run left is found by the next one: a record says under which key it lies.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from django.apps import apps
from django.db import connection, models, transaction

from yizhou.core import crypto
from yizhou.core.crypto import Keyring
from yizhou.core.rows import SealedRow, seal_context

SLICE = 2_000
SWEEPS = 5
"""Processes that work on take up the new key at their next record; what they wrote meanwhile is found by one more."""

Progress = Callable[[str, int], None]
"""Told the table and how many of its records were looked at."""


def sealed_models() -> list[type[SealedRow]]:
    """Every table with sealed values."""
    found = [model for model in apps.get_models() if issubclass(model, SealedRow) and model._meta.managed]
    return sorted(found, key=lambda model: model._meta.db_table)


def reseal_all(keys: Keyring, progress: Progress) -> int:
    """Bring every record under the current key; returns how many were sealed anew.

    Raises ``crypto.TamperedError`` for a record that does not open, ``RuntimeError`` when records under an old key
    keep coming in.
    """
    done = 0
    for _ in range(SWEEPS):
        swept = sum(reseal(model, keys, progress) for model in sealed_models())
        if not swept:
            return done
        done += swept
    msg = "还有进程在用旧密钥写入：请重启网页和后台服务，再执行一次"
    raise RuntimeError(msg)


def reseal(model: type[SealedRow], keys: Keyring, progress: Progress) -> int:
    """One table, by ascending number; returns how many records were sealed anew."""
    table, last, looked, done = model._meta.db_table, 0, 0, 0
    rows = model._base_manager.filter(secret__isnull=False).order_by("pk")
    while True:
        part = list(rows.filter(pk__gt=last).values_list("pk", "uid", "secret")[:SLICE])
        if not part:
            return done
        last, looked = part[-1][0], looked + len(part)
        sealed = [(pk, uid, bytes(secret)) for pk, uid, secret in part if secret is not None]
        old = [row for row in sealed if row[2][1] != keys.current]
        done += _replace(table, old, keys) if old else 0
        progress(table, looked)


def is_pending(keys: Keyring) -> bool:
    """Whether any record lies under an older key than the current one."""
    return any(_first_old(model, keys) for model in sealed_models())


def _first_old(model: type[SealedRow], keys: Keyring) -> bool:
    head = models.Func(models.F("secret"), 2, 1, function="substr", output_field=models.BinaryField())
    rows = model._base_manager.filter(secret__isnull=False).annotate(key_id=head)
    return rows.exclude(key_id=bytes([keys.current])).exists()


def _replace(table: str, old: Sequence[tuple[int, uuid.UUID, bytes]], keys: Keyring) -> int:
    contexts = [seal_context(table, uid) for _, uid, _ in old]
    opened = crypto.unpack_many(keys, contexts, [secret for _, _, secret in old])
    fresh = crypto.pack_many(keys, contexts, opened)
    changed = 0
    statement = f'UPDATE "{table}" SET secret = %s WHERE id = %s AND secret = %s'  # noqa: S608  # names come from models
    with transaction.atomic(), connection.cursor() as cursor:
        for (pk, _, secret), box in zip(old, fresh, strict=True):
            cursor.execute(statement, [box, pk, secret])
            changed += cursor.rowcount
    return changed
