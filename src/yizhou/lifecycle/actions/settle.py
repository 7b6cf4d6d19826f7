"""Settling the tasks of an event: done with words, or left out for a listed reason."""

from __future__ import annotations

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.lifecycle.models import LifeEvent, LifeTask, TaskState
from yizhou.lifecycle.templates_of import templates


@action("lifecycle.settle_task")
def settle_task(task: LifeTask, note: str, *, actor: Actor) -> LifeEvent:
    """办结 with words of what was done."""
    if not note.strip():
        raise Refused([Blocker("NOTE", "没有写办理情况", "写明做了什么、结果怎样")])
    return _settle(task, actor, "life_task.done", TaskState.DONE, note=note.strip()[:200])


@action("lifecycle.skip_task")
def skip_task(task: LifeTask, reason: str, note: str = "", *, actor: Actor) -> LifeEvent:
    """跳过 for one of the reasons that the task lists, and no other."""
    template = templates().get(task.event.kind)
    listed = template.task(task.code) if template else None
    if listed is None or reason not in listed.skip:
        raise Refused([Blocker("REASON", "没有选可以跳过的原因", "只能选所列的原因；其他情况应办理")])
    return _settle(
        task, actor, "life_task.skipped", TaskState.SKIPPED, reason=reason, note=note.strip()[:200]
    )


def _settle(task: LifeTask, actor: Actor, kind: str, to: TaskState, **written: str) -> LifeEvent:
    """Compare-and-set; whoever comes second gets ``Conflict``."""
    mine = LifeTask.objects.visible_to(actor).filter(pk=task.pk, state=TaskState.OPEN)
    if mine.update(state=to, settled_by=actor.name, settled_on=clock.today(), **written) != 1:
        raise Conflict("这项任务已办结，或事实已更正")
    event = task.event
    concern = Concern(event.person_id, event.person.household_area)
    told = "：".join(filter(None, (written.get("reason", ""), written["note"])))
    record(actor, kind, task, concern=concern, reason=told, task=task.title)
    return event
