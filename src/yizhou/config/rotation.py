"""更换数据密钥: a new key becomes the current one, and every sealed record comes under it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yizhou.core.keys import keyring
from yizhou.core.reseal import Progress, is_pending, reseal_all
from yizhou.events.recording import record
from yizhou.orgs.queries import console_actor


@dataclass(frozen=True)
class Rotation:
    """The key now in use, how many records were sealed anew, and whether this ended an earlier run."""

    current: int
    records: int
    resumed: bool


def rotate(progress: Progress) -> Rotation:
    """Add a key, unless an earlier rotation is unfinished, and bring every record under the current one.

    Running processes take up the key file by themselves. Raises ``KeyFileError``, ``TamperedError`` and, when some
    process keeps writing under an old key, ``RuntimeError``.
    """
    keys = keyring()
    resumed = is_pending(keys)
    if not resumed:
        keys.rotated().save(Path(settings.KEY_FILE))
        keys = keyring()
    records = reseal_all(keys, progress)
    with transaction.atomic():
        record(console_actor(), "keys.rotated", key=keys.current, records=records)
    return Rotation(keys.current, records, resumed)
