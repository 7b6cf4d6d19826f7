"""Which files are taken: by their first bytes, not by their name (trust.md T15, D10). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from yizhou.core.refusal import Blocker

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
HEAD = 16
"""How many first bytes tell the kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it begins, its suffix, its media type."""

    magic: bytes
    suffix: str
    media_type: str


KINDS = (
    Kind(b"%PDF-", ".pdf", "application/pdf"),
    Kind(b"\xff\xd8\xff", ".jpg", "image/jpeg"),
    Kind(b"\x89PNG\r\n\x1a\n", ".png", "image/png"),
)


def kind_of(head: bytes) -> Kind | None:
    """The kind of a file by its first bytes, or None when it is none of ours."""
    return next((kind for kind in KINDS if head.startswith(kind.magic)), None)


def blockers_to_store(title: str, size: int, head: bytes) -> list[Blocker]:
    """Why a file is not taken."""
    found = []
    if not title.strip():
        found.append(Blocker("NO_TITLE", "没有写材料名称", "写明是什么材料，例如 退役证"))
    if not size:
        found.append(Blocker("EMPTY", "文件是空的", "重新扫描或拍照后再传"))
    elif kind_of(head) is None:
        found.append(Blocker("KIND", "只收 PDF、JPG、PNG 文件", "把文件另存为其中一种再传"))
    if size > LARGEST:
        found.append(Blocker("TOO_LARGE", f"文件超过 {LARGEST // 1024 // 1024} MB", "降低扫描分辨率后再传"))
    return found
