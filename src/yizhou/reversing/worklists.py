"""Batches to take back that wait for a second person, and one's own that wait for a word."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core.actor import Actor
from yizhou.portal.tasks import WORKLISTS, Task, Worklist
from yizhou.reversing.actions.begin import TAKE_BACK
from yizhou.reversing.queries import APPROVE, awaiting, unfinished


def seconding(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a batch, oldest first."""
    return [
        Task(
            title=f"复核整批冲回 {reversal.taken:,} 份",
            url=reversal.get_absolute_url(),
            note=f"{reversal.actor}：{reversal.reason}",
            step=f"{reversal.guarded:,} 份须复核",
            action="复核",
            due_key=f"{reversal.asked_at:%Y-%m-%d}",
        )
        for reversal in awaiting(actor)[:limit]
    ]


def own(actor: Actor, limit: int) -> Sequence[Task]:
    """What was looked through and waits to be confirmed, and what failed."""
    return [
        Task(
            title="整批冲回",
            url=reversal.get_absolute_url(),
            note=reversal.error or reversal.batch.file_name,
            step=reversal.get_status_display(),
            action="查看",
        )
        for reversal in unfinished(actor).select_related("batch")[:limit]
    ]


WORKLISTS.add(
    "reversals",
    Worklist(
        "reversals",
        "待复核的整批冲回",
        APPROVE,
        "/reversing/",
        lambda actor: awaiting(actor).count(),
        seconding,
    ),
)
WORKLISTS.add(
    "reversals_mine",
    Worklist(
        "reversals_mine",
        "我申请的整批冲回",
        TAKE_BACK,
        "/reversing/",
        lambda actor: unfinished(actor).count(),
        own,
    ),
)
