"""Bytes on disk: written under a name nobody chose, complete or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from django.conf import settings


def place_of(uid: uuid.UUID, suffix: str) -> Path:
    """Where the bytes of a file are."""
    return Path(settings.FILES_DIR) / uid.hex[:2] / f"{uid.hex}{suffix}"


def write(uid: uuid.UUID, suffix: str, chunks: Iterable[bytes]) -> bytes:
    """Write a new file, on disk before this returns; answers its SM3 fingerprint."""
    target = place_of(uid, suffix)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashes.Hash(hashes.SM3())
    draft = target.with_name(f"{target.name}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for chunk in chunks:
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(target)
    return digest.finalize()


def fingerprint(path: Path) -> bytes:
    """SM3 of a file's bytes. Raises ``FileNotFoundError``."""
    digest = hashes.Hash(hashes.SM3())
    with path.open("rb") as source:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
    return digest.finalize()
