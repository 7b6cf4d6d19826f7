"""Files: taken by what they are, kept whole, opened with a trace, invisible outside one's area."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from yizhou.core.actor import Actor
from yizhou.core.refusal import Forbidden, Refused
from yizhou.events.models import Event
from yizhou.files.actions import Keeping, clean, open_file, store_file
from yizhou.files.models import StoredFile
from yizhou.files.queries import damaged, files_of, titles_kept
from yizhou.files.rules import LARGEST, blockers_to_store
from yizhou.files.storage import place_of, write
from yizhou.orgs.permissions import granted_to

TOWN, OTHER = "339902101001", "339921101001"
PDF = b"%PDF-1.7\n" + bytes(70_000)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


def staff(role: str = "TOWN_STATION", area: str = "339902101") -> Actor:
    return Actor(5, "站员", frozenset({role}), (area,), permissions=granted_to(role))


def keeping(content: bytes = PDF, name: str = "扫描.pdf", title: str = "退役证", area: str = TOWN) -> Keeping:
    return Keeping(SimpleUploadedFile(name, content), title, 77, area)


def done(kind: str) -> int:
    return Event.objects.everywhere("test").filter(kind=kind, outcome=1, person_id=77).count()


def test_a_file_is_kept_whole_under_a_name_nobody_chose(db: None, folder: Path) -> None:
    stored = store_file(keeping(name="../../etc/退役证.pdf"), actor=staff())
    path = place_of(stored.uid, ".pdf")
    assert path.read_bytes() == PDF
    assert (path.stat().st_mode & 0o777, stored.name, stored.size) == (0o600, "退役证.pdf", len(PDF))
    assert [one for one in folder.rglob("*") if one.is_file()] == [path]
    assert done("file.stored") == 1


@pytest.mark.parametrize(
    ("content", "title", "code"),
    [
        (b"MZ\x90\x00 a program called scan.pdf", "退役证", "KIND"),
        (b"<svg onload=alert(1)>", "退役证", "KIND"),
        (b"", "退役证", "EMPTY"),
        (PDF, "  ", "NO_TITLE"),
    ],
)
def test_what_is_not_taken_leaves_nothing(
    db: None, folder: Path, content: bytes, title: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        store_file(keeping(content, title=title), actor=staff())
    assert [blocker.code for blocker in refusal.value.blockers] == [code]
    assert (list(folder.rglob("*")), StoredFile.objects.everywhere("test").count()) == ([], 0)


def test_too_large_is_said() -> None:
    codes = [blocker.code for blocker in blockers_to_store("退役证", LARGEST + 1, PDF[:16])]
    assert codes == ["TOO_LARGE"]
    assert blockers_to_store("退役证", LARGEST, PDF[:16]) == []


def test_only_inside_ones_area_and_with_the_right(db: None) -> None:
    with pytest.raises(Refused) as refusal:
        store_file(keeping(area=OTHER), actor=staff())
    assert [blocker.code for blocker in refusal.value.blockers] == ["OUTSIDE"]
    with pytest.raises(Forbidden):
        store_file(keeping(), actor=staff("AUDITOR", ""))
    stored = store_file(keeping(), actor=staff())
    assert files_of(77, staff()) == [stored]
    assert files_of(77, staff(area="339921")) == []
    assert titles_kept(77, ["退役证", "户口簿"], staff()) == {"退役证"}


def test_opening_is_logged_and_a_changed_file_is_not_handed_out(db: None) -> None:
    stored = store_file(keeping(), actor=staff())
    assert open_file(stored, actor=staff()).read_bytes() == PDF
    assert (done("file.opened"), damaged()) == (1, [])
    path = place_of(stored.uid, stored.suffix)
    path.write_bytes(PDF[:-1] + b"x")
    with pytest.raises(Refused) as refusal:
        open_file(stored, actor=staff())
    assert [blocker.code for blocker in refusal.value.blockers] == ["DAMAGED"]
    assert (done("file.opened"), damaged()) == (1, [stored])
    path.unlink()
    assert damaged() == [stored]


def on_disk(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def test_the_bytes_are_there_before_the_transaction_and_go_with_it(
    db: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depth = len(connection.savepoint_ids)

    def seen(*arguments: object, **named: object) -> None:
        assert len(on_disk(folder)) == 1
        raise LookupError

    def written(*arguments: Any) -> bytes:
        assert len(connection.savepoint_ids) == depth
        return write(*arguments)

    monkeypatch.setattr("yizhou.files.actions.write", written)
    monkeypatch.setattr("yizhou.files.actions.record", seen)
    with pytest.raises(LookupError):
        store_file(keeping(), actor=staff())
    assert (on_disk(folder), StoredFile.objects.everywhere("test").count()) == ([], 0)


def test_the_name_of_a_file_is_on_disk_too(db: None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    monkeypatch.setattr("os.fsync", watched)
    path = place_of(store_file(keeping(), actor=staff()).uid, ".pdf")
    assert [synced[0], synced[2]] == [str(folder), str(path.parent)]
    assert Path(synced[1]).name.startswith(f".{path.name}.")


def test_what_a_killed_process_left_is_removed_after_a_day(db: None, folder: Path) -> None:
    stored = store_file(keeping(), actor=staff())
    kept = place_of(stored.uid, stored.suffix)
    orphan, draft, older = (
        kept.with_name(name) for name in (f"{'0' * 32}.pdf", f".{'0' * 32}.pdf.x.new", "a")
    )
    for path in (orphan, draft, older):
        path.write_bytes(PDF)
    assert clean() == 0, "somebody may be about to write its row"
    for path, days in ((kept, 2), (orphan, 2), (draft, 2), (older, 30)):
        os.utime(path, (time.time() - days * 86400,) * 2)
    assert clean() == 2
    assert sorted(on_disk(folder)) == sorted([kept, older])


def test_a_failed_action_keeps_no_row(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*arguments: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("yizhou.files.actions.write", no_space)
    with pytest.raises(OSError, match="No space"):
        store_file(keeping(), actor=staff())
    assert (StoredFile.objects.everywhere("test").count(), done("file.stored")) == (0, 0)
