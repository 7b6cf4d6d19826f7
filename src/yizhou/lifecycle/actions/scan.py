"""Reading the facts once more: events that were not known open their tasks, corrected facts take theirs back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.workdays import WorkCalendar
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record_many
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
