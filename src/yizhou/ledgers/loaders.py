"""What the worker writes about a batch: the moves of a batch: taken, checked, stored, failed. Each is a compare-and-set on the status."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from yizhou.core import clock
from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.importing import Report
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import BatchStatus, ImportBatch

ABANDONED = "处理中断，没有写入任何一行。请点重试"
QUOTED = re.compile("“[^”]*”")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the worker does with a batch: from what it is taken, as what it runs, what it becomes."""

    waiting: BatchStatus
    running: BatchStatus
    done: BatchStatus
    stores: bool


CHECK = Step(BatchStatus.UPLOADED, BatchStatus.CHECKING, BatchStatus.CHECKED, stores=False)
STORE = Step(BatchStatus.CONFIRMED, BatchStatus.LOADING, BatchStatus.DONE, stores=True)
STEPS = (STORE, CHECK)


def _batches() -> ScopedQuerySet[ImportBatch]:
    return ImportBatch.objects.everywhere("the worker serves everybody")


def take(batch_id: int) -> tuple[ImportBatch, Step] | None:
    """The batch, now under way, and what to do with it; None when nothing waits to be done with it.

    One that is under way already was left behind by a worker that vanished: storing is one transaction, so it is
    simply begun again.
    """
    for step in STEPS:
        mine = _batches().filter(pk=batch_id, status__in=[step.waiting, step.running])
        if mine.update(status=step.running, attempted_at=clock.now(), progress=0) == 1:
            return _batches().get(pk=batch_id), step
    return None


def finish(batch: ImportBatch, step: Step, report: Report, errors_path: str) -> bool:
    """Note what the run found; False when the batch was cancelled meanwhile."""
    values: dict[str, Any] = {
        "status": step.done,
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "warnings": report.warnings,
        "can_wait": report.can_wait,
        "waiting": report.waiting or 0,
        "guarded": report.guarded,
        "changes": list(report.changes),
        "seconds": report.seconds,
        "sample": [_told(batch, problem) for problem in report.sample],
        "errors_path": errors_path if report.rejected or report.warnings else "",
        "progress": 100,
        "processed_at": clock.now(),
        "error": "",
    }
    return _batches().filter(pk=batch.pk, status=step.running).update(**values) == 1


def fail(batch: ImportBatch, step: Step, reason: str) -> None:
    """Note why it did not work; the uploader sees it on the batch and in the list of waiting work."""
    mine = _batches().filter(pk=batch.pk, status=step.running)
    mine.update(status=BatchStatus.FAILED, error=reason[:500], processed_at=clock.now())


def fail_abandoned(before: dt.datetime) -> int:
    """Give up what has been under way since before a moment: its worker is gone and nobody begins it again."""
    lost = _batches().filter(status__in=[step.running for step in STEPS], attempted_at__lt=before)
    return lost.update(status=BatchStatus.FAILED, error=ABANDONED, processed_at=clock.now())


def forget_files(batches: list[ImportBatch]) -> None:
    """Note that the files of these batches are gone; those that nobody decided on are cancelled."""
    ids = [batch.pk for batch in batches]
    _batches().filter(pk__in=ids).update(path="", errors_path="")
    open_still = (BatchStatus.UPLOADED, BatchStatus.CHECKED, BatchStatus.FAILED)
    _batches().filter(pk__in=ids, status__in=open_still).update(
        status=BatchStatus.CANCELLED, error="超过保存期限，文件已删除"
    )


def _told(batch: ImportBatch, problem: dict[str, object]) -> dict[str, object]:
    """A problem for the preview; what was quoted from a sealed column stays in the errors file."""
    bound = LEDGERS[batch.ledger]
    sealed = {
        c.header for c in bound.layout.columns if c.field in bound.sealed or c.kind in ("id_number", "phone")
    }
    if problem["header"] in sealed:
        return {**problem, "message": QUOTED.sub("“…”", str(problem["message"]))}
    return problem
