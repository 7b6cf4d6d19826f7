"""Where this installation keeps what it knows: contracts.md §2."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The data directory, created on first use, readable by its owner only."""
    folder = Path(os.environ.get("YIZHOU_HOME") or "var").resolve()
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
    return folder


def folder(name: str) -> Path:
    """A folder inside the data directory."""
    path = home() / name
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def key_path() -> Path:
    """The key file; ``YIZHOU_SECRET_FILE`` puts it on another disk."""
    configured = os.environ.get("YIZHOU_SECRET_FILE")
    if configured:
        return Path(configured).resolve()
    return folder("keys") / "yizhou.keys"


def secret_key() -> str:
    """Django's signing key, made once and kept beside the other keys."""
    path = key_path().with_name("django.secret")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
