"""Requests that wait for the side that holds the file."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.moves.queries import DECIDE, to_answer
from yizhou.orgs.queries import full_division_name
from yizhou.portal.tasks import WORKLISTS, Task, Worklist


def tasks(actor: Actor, limit: int) -> Sequence[Task]:
    """One line each, the most urgent first; what is overdue says so."""
    today = clock.today()
    return [
        Task(
            title="答复迁出申请",
            url=move.get_absolute_url(),
            note=f"迁往 {full_division_name(move.to_area)}",
            person=move.person.name,
            step=f"应于 {move.answer_by} 前答复{'，已逾期' if move.is_late(today) else ''}",
            action="答复",
            due_key=f"{move.answer_by}",
        )
        for move in to_answer(actor).select_related("person")[:limit]
    ]


WORKLISTS.add(
    "moves",
    Worklist(
        "moves",
        "待答复的迁出申请",
        DECIDE,
        "/moves/?way=out&state=REQUESTED",
        lambda actor: to_answer(actor).count(),
        tasks,
    ),
)
