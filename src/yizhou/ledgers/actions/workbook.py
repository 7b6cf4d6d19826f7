"""A workbook with a sheet for each ledger: every sheet a batch of its own, taken in and confirmed together."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused, refuse
from yizhou.events.actions import action
from yizhou.ledgers.actions.decide import CANCELLABLE, cancel_import, confirm_import
from yizhou.ledgers.actions.upload import kept_upload, queued
from yizhou.ledgers.editing import UPLOAD, may_import
from yizhou.ledgers.ledger import Ledger, in_order
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.ledgers.reading import STAFF, UnreadableFile, outline_isolated
from yizhou.ledgers.writing.workbook import MASKED, OURS

SUFFIX = ".xlsx"


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in."""

    file: IO[bytes]
    name: str
    size: int


def upload_workbook(upload: Upload, *, actor: Actor) -> uuid.UUID:
    """Keep a workbook and queue each of its sheets that holds rows; returns what its batches have in common.

    Which sheets there are is found out by a process with limits of its own, before the transaction. Raises ``Refused``
    for a file that is none, for sheets that nobody knows and for ledgers that the actor may not import.
    """
    refuse(_blockers_of_file(upload))
    workbook = uuid.uuid4()
    if not actor.may(UPLOAD):
        return _queue_sheets(workbook, upload, "", {}, actor=actor)
    path, is_queued = kept_upload(workbook, upload.file, SUFFIX), False
    try:
        sheets = outline_isolated(path, STAFF)
        _queue_sheets(workbook, upload, path.name, sheets, actor=actor)
        is_queued = True
    except UnreadableFile as problem:
        raise Refused([Blocker("UNREADABLE", problem.message, problem.remedy)]) from problem
    finally:
        if not is_queued:
            path.unlink(missing_ok=True)
    return workbook


def _blockers_of_file(upload: Upload) -> list[Blocker]:
    if Path(upload.name).suffix.lower() != SUFFIX:
        return [Blocker("SUFFIX", "整本导入要用 Excel 工作簿（.xlsx）", "下载整本模板填写，另存为 .xlsx")]
    if upload.size == 0:
        return [Blocker("EMPTY", "文件是空的", "请选择填好的文件")]
    if upload.size > STAFF.file_bytes:
        return [Blocker("SIZE", f"文件超过 {STAFF.file_bytes >> 20} MB", "分成几本再传")]
    return []


@action(UPLOAD)
def _queue_sheets(
    workbook: uuid.UUID, upload: Upload, path: str, sheets: Mapping[str, int], *, actor: Actor
) -> uuid.UUID:
    """One batch a sheet, in the order in which ledgers are imported: people before what refers to them."""
    filled = [bound for bound in in_order() if sheets.get(bound.title[:31])]
    refuse(_blockers_of_sheets(sheets, filled, actor))
    for bound in filled:
        batch = ImportBatch(ledger=bound.name, file_name=upload.name, path=path)
        batch.sheet, batch.workbook = bound.title[:31], workbook
        queued(batch, upload.size, actor)
    return workbook


def _blockers_of_sheets(sheets: Mapping[str, int], filled: Sequence[Ledger], actor: Actor) -> list[Blocker]:
    if MASKED in sheets:
        words = "这是登记导出的文件，证件号等已掩码，不能再导入"
        return [Blocker("MASKED", words, "下载空白整本模板，填写后导入")]
    known = {bound.title[:31] for bound in in_order()} | OURS
    found = [
        Blocker("SHEET", f"没有名为“{name}”的台账", "表名照模板，不要改；不导入的表请删去")
        for name in sheets
        if name not in known
    ]
    found += [
        Blocker("FORBIDDEN", f"您的岗位不能导入“{bound.title}”", "删去这张表再传，或请县中心导入")
        for bound in filled
        if not may_import(bound, actor)
    ]
    if not found and not filled:
        found = [Blocker("NOTHING", "各张表都还没有填", "在各表的表头下面逐行填写，再导入")]
    return found


@action("ledgers.confirm_import")
def confirm_workbook(batches: Sequence[ImportBatch], *, hold: bool = False, actor: Actor) -> int:
    """Have every checked sheet stored that brings something, drop those that bring nothing; returns how many are stored.

    Each sheet is all or nothing, as a file of its own would be.
    """
    checked = [batch for batch in batches if batch.status == BatchStatus.CHECKED]
    brings = [b for b in checked if b.created + b.updated + (b.can_wait if hold else 0)]
    if not brings:
        raise Refused([Blocker("NOTHING", "没有可写入的行", "按错误文件改好后重新上传")])
    for batch in brings:
        confirm_import(batch, hold=hold and bool(batch.can_wait), actor=actor)
    for batch in checked:
        if batch not in brings:
            cancel_import(batch, actor=actor)
    return len(brings)


@action("ledgers.cancel_import")
def cancel_workbook(batches: Sequence[ImportBatch], *, actor: Actor) -> int:
    """Drop every sheet that has not been stored; returns how many."""
    open_still = [batch for batch in batches if batch.status in CANCELLABLE]
    for batch in open_still:
        cancel_import(batch, actor=actor)
    return len(open_still)
