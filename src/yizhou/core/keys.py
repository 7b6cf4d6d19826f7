"""The keyring of this installation, read once per process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yizhou.core.crypto import Keyring


@lru_cache(maxsize=4)
def _load(path: Path) -> Keyring:
    return Keyring.load_or_create(path)


def keyring() -> Keyring:
    """Keys for sealed fields, blind indexes and the event log; made on first use."""
    return _load(Path(settings.KEY_FILE))
