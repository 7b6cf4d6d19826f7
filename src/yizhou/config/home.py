"""Where this installation keeps what it knows: contracts.md §2."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from yizhou.core.durable import make_folder, write_once


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
        make_folder(path.parent)
        write_once(path, secrets.token_urlsafe(48).encode())
    return path.read_text(encoding="ascii")
