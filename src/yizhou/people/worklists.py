"""Imports that wait for their uploader: checked and to be confirmed, or failed (trust.md D9: a failure reaches a name)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from yizhou.core.actor import Actor
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.ledgers.queries import title_of
from yizhou.portal.tasks import WORKLISTS, Task, Worklist


def mine(actor: Actor) -> QuerySet[ImportBatch]:
    """The actor's own batches that wait for a decision."""
    waiting = (BatchStatus.CHECKED, BatchStatus.FAILED)
    found = ImportBatch.objects.visible_to(actor)
    return found.filter(account_id=actor.account_id, status__in=waiting)


def tasks(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a batch, newest first."""
    return [
        Task(
            title=f"导入{title_of(batch)}",
            url=batch.get_absolute_url(),
            note=batch.file_name,
            step="导入失败" if batch.status == BatchStatus.FAILED else "待确认入库",
            action="处理" if batch.status == BatchStatus.FAILED else "核对",
        )
        for batch in mine(actor).order_by("-id")[:limit]
    ]


WORKLISTS.add(
    "imports",
    Worklist(
        "imports",
        "待处理的导入",
        "ledgers.upload_file",
        "/ledgers/",
        lambda actor: mine(actor).count(),
        tasks,
    ),
)
