"""Tasks that wait for a station of the actor's own level."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.lifecycle.models import LifeTask, LifeTaskQuerySet
from yizhou.lifecycle.templates_of import event_name
from yizhou.portal.tasks import WORKLISTS, Task, Worklist

LEVEL_OF = {"VILLAGE_STATION": "VILLAGE", "LIAISON": "VILLAGE", "TOWN_STATION": "TOWN"}
COUNTY = "COUNTY"


def waiting(actor: Actor) -> LifeTaskQuerySet:
    """Open tasks of the level on which the actor works."""
    levels = {LEVEL_OF.get(role, COUNTY) for role in actor.roles}
    return LifeTask.objects.visible_to(actor).open().filter(level__in=levels)


def tasks(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a task, the earliest first."""
    found = waiting(actor).select_related("event__person").order_by("due_on", "id")[:limit]
    return [
        Task(
            title=task.title,
            url=task.event.get_absolute_url(),
            note=f"{event_name(task.event.kind)} {task.event.happened_on}",
            person=task.event.person.name,
            step=f"{task.due_on} {'已逾期' if task.due_on < clock.today() else '前办结'}",
            due_key=task.due_on.isoformat(),
        )
        for task in found
    ]


WORKLISTS.add(
    "lifecycle.tasks",
    Worklist(
        "lifecycle.tasks",
        "生命周期任务",
        "lifecycle.settle_task",
        "/lifecycle/?state=OPEN",
        lambda actor: waiting(actor).count(),
        tasks,
    ),
)
