"""Importing outside the web: the background worker runs each batch in a process of its own.

The batch row is the job (trust.md D9): submitted, attempted, processed, error. A job that was under way when its
worker was killed is begun again; storing is one transaction, so that is harmless. The child has a limit on its
memory and dies with its parent.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django_tasks import task

from yizhou.core import clock
from yizhou.ledgers import loaders
from yizhou.ledgers.loaders import Step
from yizhou.ledgers.models import BatchStatus, ImportBatch

KEEP_DAYS = 7
"""How long files of open and failed batches, and errors files, are kept."""
CHILD_SECONDS = 1800
UNDER_WAY = (BatchStatus.CHECKING, BatchStatus.LOADING)

Run = Callable[[ImportBatch, Step], None]


@task()
def run_import(batch_id: int) -> None:
    """The queued job: check or store one batch, whichever it waits for."""
    run_batch(batch_id, run_apart)


def run_batch(batch_id: int, run: Run) -> bool:
    """Take a batch and run it; False when nothing waited to be done with it."""
    taken = loaders.take(batch_id)
    if taken is None:
        return False
    run(*taken)
    return True


def run_apart(batch: ImportBatch, step: Step) -> None:
    """Run a batch in a process of its own; whatever happens to it, the batch gets an end."""
    command = [sys.executable, "-m", "yizhou.ledgers.child", str(batch.pk), str(int(step.stores))]
    try:
        code = subprocess.run(command, timeout=CHILD_SECONDS, check=False).returncode  # noqa: S603  # our own module
    except subprocess.TimeoutExpired:
        loaders.fail(batch, step, "处理超时，已停止，没有写入任何一行。请把文件分成几份再导入")
        return
    if code:
        # The child notes its own failures; one that could not (out of memory, killed) leaves the batch under way.
        loaders.fail(batch, step, "处理时内存不足或进程被终止，没有写入任何一行。请把文件分成几份再导入")


def clean() -> int:
    """Remove files past their time and give up abandoned batches; returns how many batches lost their files."""
    loaders.fail_abandoned(clock.now() - dt.timedelta(seconds=2 * CHILD_SECONDS))
    old = clock.now() - dt.timedelta(days=KEEP_DAYS)
    past = ImportBatch.objects.everywhere("the worker serves everybody").filter(submitted_at__lt=old)
    batches = list(past.exclude(path="", errors_path="").exclude(status__in=UNDER_WAY))
    for batch in batches:
        for name in filter(None, (batch.path, batch.errors_path)):
            (Path(settings.IMPORTS_DIR) / name).unlink(missing_ok=True)
    loaders.forget_files(batches)
    return len(batches)
