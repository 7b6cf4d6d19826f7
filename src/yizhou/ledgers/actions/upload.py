"""Taking an uploaded file in: stored under a name of our own, judged later by the worker, never here."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers.jobs import run_import
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.ledgers.reading import STAFF

SUFFIXES = (".xlsx", ".csv")
CHUNK = 1 << 20


def blockers_to_upload(ledger: str, file_name: str, size: int, actor: Actor) -> list[Blocker]:
    """Why this file cannot be uploaded as that ledger."""
    bound = LEDGERS.get(ledger)
    if bound is None:
        return [Blocker("LEDGER", "请选择是哪一种台账", "在“哪一种台账”里选一项")]
    if not actor.may(bound.import_permission):
        return [Blocker("FORBIDDEN", f"您的岗位不能导入“{bound.title}”", "请交由县中心导入")]
    if Path(file_name).suffix.lower() not in SUFFIXES:
        return [Blocker("SUFFIX", "只能导入 Excel（.xlsx）或 CSV 文件", "在 Excel 或 WPS 中另存为 .xlsx")]
    if size == 0:
        return [Blocker("EMPTY", "文件是空的", "请选择填好的文件")]
    if size > STAFF.file_bytes:
        limit = STAFF.file_bytes >> 20
        return [Blocker("SIZE", f"文件超过 {limit} MB", "分成几个文件再传，或请系统管理员用命令行导入")]
    return []


@action("ledgers.upload_file")
def upload_file(ledger: str, file: IO[bytes], file_name: str, size: int, *, actor: Actor) -> ImportBatch:
    """Keep the file and queue it for checking. Raises ``Refused`` for what is clear without opening it.

    The stored name is the batch's public id: nothing of the name given outside reaches the disk.
    """
    if blockers := blockers_to_upload(ledger, file_name, size, actor):
        raise Refused(blockers)
    uid = uuid.uuid4()
    path = kept_upload(uid, file, Path(file_name).suffix.lower())
    return queued(ImportBatch(uid=uid, ledger=ledger, file_name=file_name, path=path.name), size, actor)


def kept_upload(uid: uuid.UUID, file: IO[bytes], suffix: str) -> Path:
    """The bytes in the imports folder, under a name of our own."""
    path = Path(settings.IMPORTS_DIR) / f"{uid.hex}{suffix}"
    with path.open("xb") as out:
        while chunk := file.read(CHUNK):
            out.write(chunk)
    return path


def queued(batch: ImportBatch, size: int, actor: Actor) -> ImportBatch:
    """Store a batch for whoever brought it, queue its check, and tell of it."""
    batch.file_name = Path(batch.file_name).name[-200:]
    batch.account_id, batch.actor, batch.areas = actor.account_id, actor.name, list(actor.areas)
    batch.area = actor.areas[0].ljust(12, "0") if actor.areas and actor.areas[0] else ""
    batch.status = BatchStatus.UPLOADED
    batch.save(force_insert=True)
    run_import.enqueue(batch.pk)
    told: dict[str, Any] = {"ledger": batch.ledger, "file": batch.file_name, "bytes": size}
    record(actor, "import.uploaded", batch, concern=Concern(area=batch.area), **told)
    return batch
