"""The newest signed head of the log's chain, kept outside the database (trust.md T21)."""

from __future__ import annotations

from pathlib import Path

from yizhou.config.home import folder
from yizhou.events.sealing import write_anchor


def anchor_file() -> Path:
    """Where the head is written; mount ``anchors`` on another disk to be safe from whoever owns this one."""
    return folder("anchors") / "head.json"


def write_anchors() -> None:
    """Write the newest head."""
    write_anchor(anchor_file())
