"""What the page of a workbook shows: its sheets side by side, what is wrong with them, what can be done with all."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.ledgers.actions.decide import CANCELLABLE
from yizhou.ledgers.batch_files import noted
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.ledgers.problems import ERROR
from yizhou.ledgers.queries import RUNNING, STATES, batches, title_of
from yizhou.ledgers.writing.workbook import Rejected, write_workbook_errors

SHOWN = 50
LABELS = {
    "created": "新增",
    "updated": "更改",
    "unchanged": "不变",
    "rejected": "拒收",
    "warnings": "提醒",
    "waiting": "存着等",
}


def workbook_or_404(workbook: uuid.UUID, actor: Actor) -> list[ImportBatch]:
    """The batches of a workbook in sight, in the order of their import. Raises ``Http404``."""
    found = list(batches(actor).filter(workbook=workbook).order_by("id"))
    if not found:
        raise Http404
    return found


def workbook_page(
    found: Sequence[ImportBatch], actor: Actor, refused: Sequence[Blocker] = ()
) -> dict[str, Any]:
    """Context of ``imports/workbook.html``."""
    first = found[0]
    mine, checked = first.account_id == actor.account_id, _of(found, BatchStatus.CHECKED)
    writable = sum(batch.created + batch.updated for batch in checked)
    can_wait = sum(batch.can_wait for batch in checked)
    args = [first.workbook]
    return {
        "title": f"整本导入：{first.file_name}",
        "note": f"{first.actor} · {clock.minute_of(first.submitted_at)} · {len(found)} 张表，逐表检查；有错的行不写入，改好再传",
        "rows": [_row(batch) for batch in found],
        "totals": {name: sum(getattr(batch, name) for batch in found) for name in LABELS},
        "problems": _problems(found),
        "job": job(found) if any(batch.status in RUNNING for batch in found) else None,
        "guarded": sum(batch.guarded for batch in checked),
        "writable": writable,
        "can_wait": can_wait,
        "confirm_url": reverse("ledgers:confirm_workbook", args=args) if mine and writable + can_wait else "",
        "cancel_url": reverse("ledgers:cancel_workbook", args=args)
        if mine and any(batch.status in CANCELLABLE for batch in found)
        else "",
        "errors_url": reverse("ledgers:workbook_errors", args=args)
        if mine and any(batch.errors_path for batch in found)
        else "",
        "refused": list(refused),
    }


def job(found: Sequence[ImportBatch]) -> dict[str, Any]:
    """How far the worker is with all of them, as progress.html wants it."""
    open_still = [batch for batch in found if batch.status in RUNNING]
    done = len(found) - len(open_still)
    now = next((b for b in open_still if b.status in (BatchStatus.CHECKING, BatchStatus.LOADING)), None)
    words = f"{title_of(now)}：{noted(now)[0] or '正在准备'}" if now else "排队等候后台处理"
    url = reverse("ledgers:workbook_job", args=[found[0].workbook])
    return {
        "url": url,
        "finished": not open_still,
        "percent": 100 * done // len(found),
        "label": f"已处理 {done} 张表，共 {len(found)} 张。{words}" if open_still else "各表都处理完了",
        "detail": "",
        "next_url": page_url(found[0].workbook),
    }


def page_url(workbook: uuid.UUID | None) -> str:
    """The page of a workbook."""
    return reverse("ledgers:workbook", args=[workbook])


def errors_of(found: Sequence[ImportBatch], actor: Actor) -> IO[bytes]:
    """One errors file of all sheets, for the uploader alone, open for reading and already gone. Raises ``Http404``."""
    folder = Path(settings.IMPORTS_DIR)
    there = [
        Rejected(batch.sheet, folder / batch.errors_path)
        for batch in found
        if batch.errors_path
        and batch.account_id == actor.account_id
        and (folder / batch.errors_path).exists()
    ]
    if not there:
        raise Http404
    with tempfile.TemporaryDirectory(dir=folder) as draft:
        path = Path(draft) / "errors.xlsx"
        write_workbook_errors(path, there)
        return path.open("rb")


def _of(found: Sequence[ImportBatch], status: BatchStatus) -> list[ImportBatch]:
    return [batch for batch in found if batch.status == status]


def _row(batch: ImportBatch) -> dict[str, Any]:
    return {
        "rows": batch.rows,
        "told": "，".join(f"{label} {n:,}" for name, label in LABELS.items() if (n := getattr(batch, name))),
        "title": batch.sheet,
        "url": batch.get_absolute_url(),
        "state": batch.get_status_display(),
        "tag": STATES.get(BatchStatus(batch.status), "info"),
        "error": batch.error,
    }


def _problems(found: Sequence[ImportBatch]) -> list[dict[str, Any]]:
    """The first problems of all sheets, the rejected rows of a sheet before its doubts."""
    told = [
        {
            "sheet": batch.sheet,
            "row": problem["row_no"],
            "column": problem["header"],
            "reason": problem["message"],
            "remedy": problem["remedy"],
            "level": "error" if problem["level"] == ERROR else "warning",
        }
        for batch in found
        for problem in sorted(batch.sample, key=lambda problem: problem["level"] != ERROR)
    ]
    return told[:SHOWN]
