"""Keeping and opening files; both leave a trace."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.files.models import StoredFile
from yizhou.files.queries import is_whole
from yizhou.files.rules import HEAD, blockers_to_store, kind_of
from yizhou.files.storage import place_of, write


@dataclass(frozen=True)
class Keeping:
    """What is to be kept: the upload, what it is, whom and where it concerns."""

    upload: UploadedFile[bytes] = field(repr=False)
    title: str
    person_id: int
    area: str


@action("files.store_file")
def store_file(keeping: Keeping, *, actor: Actor) -> StoredFile:
    """Keep a file. Refused for an unknown kind, an empty or too large file, one without a title, or another area."""
    upload, title = keeping.upload, keeping.title.strip()[:80]
    chunks = iter(upload.chunks())
    first = next(chunks, b"")
    refuse(blockers_to_store(title, upload.size or 0, first[:HEAD]))
    if not actor.covers(keeping.area):
        raise Refused([Blocker("OUTSIDE", "不在您的服务区划内")])
    kind, uid = kind_of(first[:HEAD]), uuid.uuid4()
    assert kind is not None
    stored = StoredFile.objects.create(
        uid=uid,
        title=title,
        name=Path(upload.name or "").name[-120:],
        suffix=kind.suffix,
        media_type=kind.media_type,
        size=upload.size or 0,
        checksum=write(uid, kind.suffix, _joined(first, chunks)),
        person_id=keeping.person_id,
        area=keeping.area,
        account_id=actor.account_id,
        actor=actor.name,
        stored_at=clock.now(),
    )
    concern = Concern(keeping.person_id, keeping.area)
    record(actor, "file.stored", stored, concern=concern, title=title, size=stored.size)
    return stored


def _joined(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


@action("files.open_file")
def open_file(stored: StoredFile, *, actor: Actor) -> Path:
    """Where the bytes are; the look is logged. Refused when they are not what was stored."""
    path = place_of(stored.uid, stored.suffix)
    if not is_whole(stored):
        raise Refused([Blocker("DAMAGED", "这份附件已损坏或丢失", "请系统管理员从备份恢复")])
    record(actor, "file.opened", stored, concern=Concern(stored.person_id, stored.area), title=stored.title)
    return path
