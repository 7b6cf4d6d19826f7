"""Measures of plans that are due, and plans that wait for their evaluation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.portal.tasks import WORKLISTS, Task, Worklist
from yizhou.visits.models import PlanMeasure, PlanMeasureQuerySet

AHEAD = dt.timedelta(days=7)
"""A measure stands on the list a week before its day."""


def due(actor: Actor) -> PlanMeasureQuerySet:
    """Measures due within the week or late."""
    return PlanMeasure.objects.visible_to(actor).due(clock.today() + AHEAD)


def tasks(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a measure, the earliest first."""
    found = due(actor).select_related("plan__person").order_by("due_on", "id")[:limit]
    return [
        Task(
            title=measure.text,
            url=measure.plan.get_absolute_url(),
            note=f"责任人 {measure.owner}",
            person=measure.plan.person.name,
            step=f"{measure.due_on} {'已逾期' if measure.due_on < clock.today() else '到期'}",
            action="登记落实",
            due_key=measure.due_on.isoformat(),
        )
        for measure in found
    ]


WORKLISTS.add(
    "visits.measures",
    Worklist(
        "visits.measures",
        "到期的服务方案措施",
        "visits.settle_measure",
        "/visits/plans/?due=late",
        lambda actor: due(actor).count(),
        tasks,
    ),
)
