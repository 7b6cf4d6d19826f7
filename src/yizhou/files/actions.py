"""Keeping and opening files; both leave a trace."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.files.models import StoredFile
from yizhou.files.queries import is_whole, unknown
from yizhou.files.rules import HEAD, Kind, blockers_to_store, kind_of
from yizhou.files.storage import place_of, write, written_between

DAY = 24 * 3600
DAYS_LOOKED_AT = 8


@dataclass(frozen=True)
class Keeping:
    """What is to be kept: the upload, what it is, whom and where it concerns, which row of which ledger."""

    upload: UploadedFile[bytes] = field(repr=False, compare=False)
    title: str
    person_id: int | None
    area: str
    about: str = ""
    about_uid: uuid.UUID | None = None

    def head(self) -> bytes:
        """The first bytes of the upload."""
        self.upload.seek(0)
        head: bytes = self.upload.read(HEAD)
        return head


@dataclass(frozen=True)
class Written:
    """Bytes on disk: their fingerprint, which is what counts, and the name they happened to get."""

    checksum: bytes
    uid: uuid.UUID = field(compare=False)
    kind: Kind


def store_file(keeping: Keeping, *, actor: Actor) -> StoredFile:
    """Keep a file. Refused for an unknown kind, an empty or too large file, one without a title, or another area.

    The bytes are written before the transaction, which others may wait for, and taken away again when it fails.
    """
    with bytes_kept([keeping], actor) as [written]:
        return _store_file(keeping, written, actor=actor)


@contextmanager
def bytes_kept(keepings: Sequence[Keeping], actor: Actor) -> Iterator[list[Written | None]]:
    """The bytes of files on disk before the transaction that keeps their rows, gone again when that fails.

    None for what will not be taken: ``stored_rows`` says why.
    """
    found: list[Written | None] = []
    places: list[Path] = []
    try:
        for keeping in keepings:
            kind = kind_of(keeping.head())
            if kind is None or _blockers(keeping, actor):
                found.append(None)
                continue
            uid = uuid.uuid4()
            places.append(place_of(uid, kind.suffix))
            found.append(Written(write(uid, kind.suffix, keeping.upload.chunks()), uid, kind))
        yield found
    except BaseException:
        for place in places:
            place.unlink(missing_ok=True)
        raise


def _blockers(keeping: Keeping, actor: Actor) -> list[Blocker]:
    found = blockers_to_store(keeping.title, keeping.upload.size or 0, keeping.head())
    return found if actor.covers(keeping.area) else [*found, Blocker("OUTSIDE", "不在您的服务区划内")]


@action("files.store_file")
def _store_file(keeping: Keeping, written: Written | None, *, actor: Actor) -> StoredFile:
    [stored] = stored_rows([keeping], [written], actor)
    concern = Concern(keeping.person_id, keeping.area)
    record(actor, "file.stored", stored, concern=concern, title=stored.title, size=stored.size)
    return stored


def stored_rows(
    keepings: Sequence[Keeping], written: Sequence[Written | None], actor: Actor
) -> list[StoredFile]:
    """The rows of files whose bytes are kept, for an action that records by itself what it keeps. Raises ``Refused``."""
    refuse([blocker for keeping in keepings for blocker in _blockers(keeping, actor)])
    return [_row(keeping, it, actor) for keeping, it in zip(keepings, written, strict=True) if it]


def _row(keeping: Keeping, written: Written, actor: Actor) -> StoredFile:
    return StoredFile.objects.create(
        uid=written.uid,
        title=keeping.title.strip()[:80],
        name=Path(keeping.upload.name or "").name[-120:],
        suffix=written.kind.suffix,
        media_type=written.kind.media_type,
        size=keeping.upload.size or 0,
        checksum=written.checksum,
        person_id=keeping.person_id,
        about=keeping.about,
        about_uid=keeping.about_uid,
        area=keeping.area,
        account_id=actor.account_id,
        actor=actor.name,
        stored_at=clock.now(),
    )


@action("files.open_file")
def open_file(stored: StoredFile, *, actor: Actor) -> Path:
    """Where the bytes are; the look is logged. Refused when they are not what was stored."""
    if not is_whole(stored):
        raise Refused([Blocker("DAMAGED", "这份附件已损坏或丢失", "请系统管理员从备份恢复")])
    record(actor, "file.opened", stored, concern=Concern(stored.person_id, stored.area), title=stored.title)
    return place_of(stored.uid, stored.suffix)


def move_files(moves: Iterable[tuple[StoredFile, int | None, str]]) -> None:
    """Have files concern another person and lie in another area, inside the transaction that moved what they are about."""
    moved = []
    for stored, person_id, area in moves:
        stored.person_id, stored.area = person_id, area
        moved.append(stored)
    rows = StoredFile.objects.everywhere("files of rows that have moved")
    rows.bulk_update(moved, ["person_id", "area"], batch_size=500)


def clean() -> int:
    """Remove what a killed process left on disk without a row; returns how many files.

    Only of the last days: files that a mistaken or restored database does not know are not thrown away for that.
    """
    now = time.time()
    forgotten = unknown(written_between(now - DAYS_LOOKED_AT * DAY, now - DAY))
    for path in forgotten:
        path.unlink(missing_ok=True)
    return len(forgotten)
