"""The keyring of this installation, read anew when its file was replaced: a rotated key is taken up without a restart."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yizhou.core.crypto import Keyring


@lru_cache(maxsize=4)
def _load(path: str, written: int) -> Keyring:  # noqa: ARG001  # the moment of writing is part of the key
    return Keyring.load_or_create(Path(path))


def keyring() -> Keyring:
    """Keys for sealed fields, blind indexes and the event log; made on first use."""
    path = str(settings.KEY_FILE)
    try:
        written = os.stat(path).st_mtime_ns  # noqa: PTH116  # asked for every record: a Path costs ten times as much
    except FileNotFoundError:
        written = 0
    return _load(path, written)
