"""Files that must be whole and there after a power cut: written beside their place, on disk, then put there at once.

They are readable by their owner alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

DRAFT = ".new"
"""How the name of a file ends that is still being written."""


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Put these bytes at ``path``; readers see the old file or the new one, never half of one."""
    with _drafted(path, chunks) as draft:
        draft.replace(path)
    _sync_folder(path.parent)


def write_once(path: Path, content: bytes) -> None:
    """Put the content at ``path`` unless somebody else did so first: a hard link never replaces a file."""
    with _drafted(path, [content]) as draft:
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return
    _sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder with those above it, for their owner alone; nothing when it is there."""
    if not path.exists():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(path.parent)


@contextmanager
def _drafted(path: Path, chunks: Iterable[bytes]) -> Iterator[Path]:
    handle, name = mkstemp(prefix=f".{path.name}.", suffix=DRAFT, dir=path.parent)  # with mode 600
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.writelines(chunks)
            out.flush()
            os.fsync(out.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """The name of a file is kept by its folder, which goes to disk by itself."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
