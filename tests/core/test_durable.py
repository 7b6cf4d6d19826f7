"""Files are there whole or not at all, for their owner alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yizhou.core.durable import make_folder, replace_file, write_once


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "head.json"
    replace_file(path, [b"one"])
    replace_file(path, [b"t", b"wo"])
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_what_breaks_off_leaves_the_old_one_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "head.json"
    replace_file(path, [b"one"])

    def broken() -> Iterator[bytes]:
        yield b"t"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        replace_file(path, broken())
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"one", [path])


def test_the_first_stays(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    write_once(path, b"first")
    write_once(path, b"second")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"first", [path])


def test_folders_are_the_owners_alone(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
