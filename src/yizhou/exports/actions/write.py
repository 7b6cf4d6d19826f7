"""Writing the file in the background, and removing it when its time is over.

The register's row is the job (trust.md D9). Beginning again after the worker was killed does no harm: the file is
written under another name first.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from pathlib import Path
from typing import Any

from django_tasks import task

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor, worker_actor
from yizhou.events.recording import Concern, record
from yizhou.exports.limits import keep_days
from yizhou.exports.models import Export, ExportStatus
from yizhou.exports.sources import SOURCES
from yizhou.exports.watermark import Mark, write_marked, write_marked_sheets
from yizhou.ledgers.writing import CellTooLong
from yizhou.orgs.queries import holder_of

WHY = "the worker serves everybody"
BLOCK = 1 << 20
logger = logging.getLogger("yizhou")


@task()
def run_export(export_id: int) -> None:
    """The queued job."""
    write_export(export_id)


def write_export(export_id: int) -> Export | None:
    """Write the file of an export whose turn it is; None when nothing waited to be written.

    Whatever happens, the export gets an end that its requester sees.
    """
    taken = Export.objects.everywhere(WHY).filter(
        pk=export_id, status__in=(ExportStatus.QUEUED, ExportStatus.WRITING)
    )
    if not taken.update(status=ExportStatus.WRITING):
        return None
    export = Export.objects.everywhere(WHY).get(pk=export_id)
    may = SOURCES[export.source].permission
    actor = holder_of(export.account_id, export.areas, may, clock.today()) if export.account_id else None
    if actor is None:
        return _failed(export, "申请人已没有可以导出它的任职，请由现任人员重新申请")
    try:
        return _written(export, actor)
    except CellTooLong as problem:
        return _failed(export, str(problem))
    except Exception:
        logger.exception("export %s failed", export.number)
        return _failed(export, f"系统出错，没有生成文件。请把登记号 {export.number} 告诉管理员，再重新申请")


def _written(export: Export, actor: Actor) -> Export:
    began = time.perf_counter()
    source = SOURCES[export.source]
    export.written_at = clock.now()
    draft = export.file.with_suffix(f".draft.{export.form}")
    mark = Mark(export.number, export.actor, export.unit, clock.minute_of(export.written_at), export.purpose)
    try:
        if source.sheets:
            export.written_rows = write_marked_sheets(draft, source.sheets(export.query, actor), mark)
        else:
            rows = source.rows(export.query, actor)
            export.written_rows = write_marked(draft, export.columns, rows, mark)
        export.digest = _fingerprint(export, draft)
        draft.replace(export.file)
    finally:
        draft.unlink(missing_ok=True)
    export.seconds = round(time.perf_counter() - began, 2)
    export.expires_at = clock.now() + dt.timedelta(days=keep_days())
    export.status = ExportStatus.READY
    export.save()
    told: dict[str, Any] = {"number": export.number, "digest": export.digest, "bytes": export.size}
    concern = Concern(area=export.area)
    record(worker_actor(), "export.written", export, concern=concern, rows=export.written_rows, **told)
    return export


def _fingerprint(export: Export, draft: Path) -> str:
    """SM3 of the file as it will be handed out, and its size along the way."""
    export.size = draft.stat().st_size
    with draft.open("rb") as file:
        return crypto.sm3_of(iter(lambda: file.read(BLOCK), b"")).hex()


def _failed(export: Export, error: str) -> Export:
    export.status, export.error = ExportStatus.FAILED, error[:300]
    export.save()
    concern = Concern(area=export.area)
    record(
        worker_actor(), "export.failed", export, concern=concern, reason=export.error, number=export.number
    )
    return export


def clean() -> int:
    """Remove files past their time, and those that no row speaks of any more; returns how many exports expired."""
    past = Export.objects.everywhere(WHY).filter(status=ExportStatus.READY, expires_at__lte=clock.now())
    count = 0
    for export in past:
        export.file.unlink(missing_ok=True)
        Export.objects.everywhere(WHY).filter(pk=export.pk).update(status=ExportStatus.EXPIRED)
        concern = Concern(area=export.area)
        record(worker_actor(), "export.expired", export, concern=concern, number=export.number)
        count += 1
    return count
