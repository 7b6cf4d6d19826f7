"""Reading the facts once more, and settling the tasks that they opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.core.workdays import WorkCalendar
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record, record_many
from yizhou.lifecycle.models import EventState, LifeEvent, LifeTask, TaskState
from yizhou.lifecycle.queries import FLEETING, Found, happened
from yizhou.lifecycle.templates_of import EventTemplate, TaskTemplate, templates
from yizhou.orgs.queries import work_calendar

WHY = "events of all people, kept by the worker"
BATCH = 500


def scan_life_events(*, actor: Actor) -> int:
    """Open what has happened and was not known, revoke what is no longer so, reinstate what is so again.

    Set-wise, and the same however often it runs; returns how many events were opened. The facts of everybody are read
    before the transaction, for which others may wait.
    """
    today, found = clock.today(), {}
    if actor.may("lifecycle.scan_life_events"):
        found = {code: happened(template, today) for code, template in templates().items()}
    return _scan_life_events(today, found, actor=actor)


@action("lifecycle.scan_life_events")
def _scan_life_events(today: dt.date, found: Mapping[str, Found], *, actor: Actor) -> int:
    calendar = work_calendar()
    return sum(_scan(templates()[code], found[code], today, calendar, actor) for code in found)


def _scan(template: EventTemplate, found: Found, today: dt.date, calendar: WorkCalendar, actor: Actor) -> int:
    first = today - dt.timedelta(days=template.reach)
    events = LifeEvent.objects.everywhere(WHY).filter(kind=template.code, happened_on__range=(first, today))
    known = {(event.person_id, event.happened_on): event for event in events.select_related("person")}
    if template.trigger not in FLEETING:
        gone = [
            event for key, event in known.items() if key not in found and event.state == EventState.STANDS
        ]
        _turn(gone, actor, EventState.REVOKED, "life_event.revoked")
    back = [event for key, event in known.items() if key in found and event.state == EventState.REVOKED]
    _turn(back, actor, EventState.STANDS, "life_event.reinstated")
    return _open(template, {key: told for key, told in found.items() if key not in known}, calendar, actor)


def _open(template: EventTemplate, fresh: Found, calendar: WorkCalendar, actor: Actor) -> int:
    today = clock.today()
    rows = [
        LifeEvent(person_id=person, kind=template.code, happened_on=day, found_on=today, told=told)
        for (person, day), told in fresh.items()
    ]
    LifeEvent.objects.bulk_create(rows, batch_size=BATCH)
    LifeTask.objects.bulk_create(
        [
            LifeTask(
                event=row,
                code=task.code,
                title=task.title,
                level=task.level,
                due_on=_due(task, today, calendar),
            )
            for row in rows
            for task in template.tasks
        ],
        batch_size=BATCH,
    )
    _tell(rows, actor, "life_event.found")
    return len(rows)


def _due(task: TaskTemplate, today: dt.date, calendar: WorkCalendar) -> dt.date:
    """The limit runs from the day on which the fact came to light."""
    return (
        calendar.add(today, task.limit) if task.unit == "workday" else today + dt.timedelta(days=task.limit)
    )


def _turn(events: list[LifeEvent], actor: Actor, to: EventState, kind: str) -> None:
    """The fact was corrected away, or stands again; open tasks go and come back with it, settled ones stay."""
    if not events:
        return
    pks = [event.pk for event in events]
    LifeEvent.objects.everywhere(WHY).filter(pk__in=pks).update(state=to)
    before, after = TaskState.OPEN, TaskState.REVOKED
    if to is EventState.STANDS:
        before, after = after, before
    LifeTask.objects.everywhere(WHY).filter(event__in=pks, state=before).update(state=after)
    _tell(events, actor, kind)


def _tell(events: list[LifeEvent], actor: Actor, kind: str) -> None:
    people = LifeEvent.objects.everywhere(WHY).filter(pk__in=[event.pk for event in events])
    areas = dict(people.values_list("person_id", "person__household_area"))
    rows = [
        (
            event,
            Concern(event.person_id, areas[event.person_id]),
            {"event": event.kind, "on": f"{event.happened_on}"},
        )
        for event in events
    ]
    record_many(actor, kind, rows)


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
