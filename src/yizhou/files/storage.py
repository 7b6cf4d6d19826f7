"""Bytes on disk: written under a name nobody chose, complete or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from yizhou.core.crypto import sm3_of
from yizhou.core.durable import make_folder, replace_file

CHUNK = 1 << 20


def place_of(uid: uuid.UUID, suffix: str) -> Path:
    """Where the bytes of a file are."""
    return Path(settings.FILES_DIR) / uid.hex[:2] / f"{uid.hex}{suffix}"


def write(uid: uuid.UUID, suffix: str, chunks: Iterable[bytes]) -> bytes:
    """Write a new file, on disk before this returns; answers its SM3 fingerprint."""
    target = place_of(uid, suffix)
    make_folder(target.parent)
    replace_file(target, chunks)
    return fingerprint(target)


def fingerprint(path: Path) -> bytes:
    """SM3 of a file's bytes. Raises ``FileNotFoundError``."""
    with path.open("rb") as source:
        return sm3_of(iter(lambda: source.read(CHUNK), b""))


def written_between(start: float, end: float) -> Iterator[Path]:
    """Files on disk, drafts too, last written between two moments (seconds since 1970)."""
    for path in Path(settings.FILES_DIR).glob("??/*"):
        try:
            written = path.stat().st_mtime
        except FileNotFoundError:
            continue  # a draft that has just got its name
        if start <= written < end:
            yield path
