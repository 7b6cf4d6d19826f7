"""Writing the file in the background, and removing it when its time is over.

The register's row is the job (trust.md D9). Beginning again after the worker was killed does no harm: the file is
written under another name first.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import time
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django_tasks import task

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor, worker_actor
from yizhou.events.recording import Concern, record
from yizhou.exports.limits import keep_days
from yizhou.exports.models import Export, ExportQuerySet, ExportStatus
from yizhou.exports.sources import SOURCES
from yizhou.exports.watermark import Mark, write_marked, write_marked_sheets
from yizhou.ledgers.writing import CellTooLong
from yizhou.orgs.queries import holder_of

WHY = "the worker serves everybody"
BLOCK = 1 << 20
LOST_AFTER = dt.timedelta(hours=2)
"""Nothing is written for so long within a request: whoever was at it is gone."""
GIVEN_UP_AFTER = dt.timedelta(days=1)
"""A killed job is begun again by the worker; after so long it has given up."""
OURS = re.compile(r"([0-9a-f]{32})(\.draft)?\.(?:xlsx|csv)")
"""Names under which files and drafts lie in the folder."""
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
        # Whatever it is (a full disk, a source's own fault): the row must not stay "being written" for ever, and its
        # requester must hear of it. What it was is in the system's log, with where it happened.
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
    told: dict[str, Any] = {"number": export.number, "digest": export.digest, "bytes": export.size}
    concern = Concern(area=export.area)
    with transaction.atomic():
        export.save()
        record(worker_actor(), "export.written", export, concern=concern, rows=export.written_rows, **told)
    return export


def _fingerprint(export: Export, draft: Path) -> str:
    """SM3 of the file as it will be handed out, and its size along the way."""
    export.size = draft.stat().st_size
    with draft.open("rb") as file:
        return crypto.sm3_of(iter(lambda: file.read(BLOCK), b"")).hex()


def _failed(export: Export, error: str) -> Export:
    export.status, export.error = ExportStatus.FAILED, error[:300]
    concern = Concern(area=export.area)
    told = {"reason": export.error, "number": export.number}
    with transaction.atomic():
        export.save()
        record(worker_actor(), "export.failed", export, concern=concern, **told)
    return export


def clean() -> int:
    """Remove files past their time, and those that no row speaks of any more; returns how many exports expired.

    What was being written when its process was killed gets its end here, unless the worker takes it up again.
    """
    expired = sum(
        _expire(export) for export in _of_status(ExportStatus.READY).filter(expires_at__lte=clock.now())
    )
    for export in _lost():
        _failed(export, "生成时程序中断，没有文件。请重新申请")
    _sweep(Path(settings.EXPORTS_DIR))
    return expired


def _of_status(*statuses: ExportStatus) -> ExportQuerySet:
    return Export.objects.everywhere(WHY).filter(status__in=statuses)


def _expire(export: Export) -> bool:
    export.file.unlink(missing_ok=True)
    concern = Concern(area=export.area)
    with transaction.atomic():
        if not _of_status(ExportStatus.READY).filter(pk=export.pk).update(status=ExportStatus.EXPIRED):
            return False
        record(worker_actor(), "export.expired", export, concern=concern, number=export.number)
    return True


def _lost() -> ExportQuerySet:
    """Exports that were to be written at once, in the request itself, and were not; and those whose job gave up."""
    now = clock.now()
    alone = Q(why="", asked_at__lt=now - LOST_AFTER)
    given_up = Q(status=ExportStatus.WRITING, decided_at__lt=now - GIVEN_UP_AFTER)
    return _of_status(ExportStatus.QUEUED, ExportStatus.WRITING).filter(alone | given_up)


def _sweep(folder: Path) -> None:
    """Remove what lies in the folder under a name of ours without a row that still wants it."""
    # The folder is read before the rows: what is begun meanwhile is not in it yet.
    found = [(path, match) for path in sorted(folder.glob("*")) if (match := OURS.fullmatch(path.name))]
    begun = set(_of_status(ExportStatus.QUEUED, ExportStatus.WRITING).values_list("uid", flat=True))
    ready = set(_of_status(ExportStatus.READY).values_list("uid", flat=True))
    for path, match in found:
        wanted = begun if match[2] else begun | ready
        if uuid.UUID(match[1]) not in wanted:
            path.unlink(missing_ok=True)
