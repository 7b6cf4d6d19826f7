"""Unusual looks that wait to be settled."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core.actor import Actor
from yizhou.portal.tasks import WORKLISTS, Task, Worklist
from yizhou.watching.actions.settle import SETTLE
from yizhou.watching.queries import to_settle


def tasks(actor: Actor, limit: int) -> Sequence[Task]:
    """One line each, the oldest first."""
    return [
        Task(
            title=f"核实异常查阅：{reading.get_rule_display()}",
            url=reading.get_absolute_url(),
            note=f"{reading.count}，对照 {reading.limit}",
            person=reading.actor,
            step=str(reading.day),
            action="核实",
            due_key=str(reading.day),
        )
        for reading in to_settle(actor).order_by("id")[:limit]
    ]


WORKLISTS.add(
    "readings",
    Worklist(
        "readings",
        "待核实的异常查阅",
        SETTLE,
        "/watching/?state=OPEN",
        lambda actor: to_settle(actor).count(),
        tasks,
    ),
)
