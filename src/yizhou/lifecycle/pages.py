"""The list of tasks, the page of one event, and the tab of the person page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404
from django.urls import reverse

from yizhou.cases.queries.lists import Wanted, chip, sliced
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.scope import is_code
from yizhou.ledgers.columns import code_name
from yizhou.lifecycle.models import EventState, LifeEvent, LifeTask, TaskState
from yizhou.lifecycle.seams import seam_of
from yizhou.lifecycle.signal_pages import hints_about
from yizhou.lifecycle.templates_of import LEVELS, event_name, templates
from yizhou.orgs.models import StaffPost
from yizhou.orgs.queries import child_names, division_names, full_division_name
from yizhou.people.models import Person
from yizhou.visits.assigning import posts_of

LISTED = ("area", "kind", "level", "state")
STATES = (("late", "已逾期"), *TaskState.choices)
TAGS = {TaskState.DONE: "ok", TaskState.SKIPPED: "paused", TaskState.REVOKED: "paused"}
DOUBT = "DEATH_SIGNALS"
BELOW = {6: 9, 9: 12}
"""Digits of the divisions below a county, and below a town."""


def list_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``lifecycle/list.html``: tasks, and how many are open and late in each division below."""
    wanted = Wanted.of(query, LISTED)
    tasks = narrowed(LifeTask.objects.visible_to(actor), wanted)
    part = sliced(tasks.select_related("event__person"), wanted)
    below = [one for code in actor.areas for one in child_names(code)]
    area = wanted.filters.get("area", "")
    area_chip = chip(wanted, "area", "区域", below)
    if is_code(area):
        area_chip["value"] = division_names([area]).get(area, area)
    return {
        "title": "生命周期事件",
        "note": "到阶段自动生成的任务：一朝参军入伍，终身为您服务",
        "filters": [
            area_chip,
            chip(wanted, "kind", "事件", [(one.code, one.name) for one in templates().values()]),
            chip(wanted, "level", "责任站点", LEVELS.items()),
            chip(wanted, "state", "进度", STATES),
        ],
        "clear_url": reverse("lifecycle:list"),
        "signals_url": reverse("lifecycle:signals"),
        "page": part.page,
        "rows": [task_row(task, actor) for task in part.rows],
        "areas": _areas(wanted, actor),
    }


def narrowed(tasks: Any, wanted: Wanted) -> Any:
    """The tasks asked for."""
    asked = wanted.filters
    if is_code(area := asked.get("area", "")):
        tasks = tasks.in_area(area)
    if asked.get("kind"):
        tasks = tasks.filter(event__kind=asked["kind"])
    if asked.get("level") in LEVELS:
        tasks = tasks.filter(level=asked["level"])
    if asked.get("state") == "late":
        return tasks.overdue(clock.today())
    return tasks.filter(state=asked["state"]) if asked.get("state") in TaskState.values else tasks


def _areas(wanted: Wanted, actor: Actor) -> list[dict[str, Any]]:
    """Open and late tasks of the kind asked for by the divisions below the actor's own, the latest first."""
    digits = next((BELOW[len(area)] for area in actor.areas if len(area) in BELOW), 0)
    if not digits:
        return []
    asked = Wanted({name: code for name, code in wanted.filters.items() if name in ("kind", "level")})
    tasks: QuerySet[LifeTask] = narrowed(LifeTask.objects.visible_to(actor).open(), asked)
    counted = (
        tasks.annotate(below=Substr("event__person__household_area", 1, digits))
        .values("below")
        .annotate(open=Count("id"), late=Count("id", filter=Q(due_on__lt=clock.today())))
        .order_by("-late", "below")
    )
    rows = [(row["below"].ljust(12, "0"), row["open"], row["late"]) for row in counted]
    names = division_names([code for code, _, _ in rows])
    return [
        {
            "name": names.get(code, code),
            "open": whole,
            "late": late,
            "url": wanted.url(area=code, state=TaskState.OPEN),
            "late_url": wanted.url(area=code, state="late"),
        }
        for code, whole, late in rows
    ]


def task_row(task: LifeTask, actor: Actor) -> dict[str, Any]:
    """A task with what this reader may do with it."""
    state, event = TaskState(task.state), task.event
    late = state is TaskState.OPEN and task.due_on < clock.today()
    template = templates().get(event.kind)
    told = template.task(task.code) if template else None
    may = state is TaskState.OPEN and actor.may("lifecycle.settle_task")
    file_url = ""
    if may and told and told.item and actor.may("cases.file_case"):
        file_url = f"{reverse('cases:file', args=[told.item])}?person={event.person.uid}"
    return {
        "uid": task.uid,
        "title": task.title,
        "event": event_name(event.kind),
        "happened_on": event.happened_on,
        "url": event.get_absolute_url(),
        "name": event.person.name,
        "area": full_division_name(event.person.household_area),
        "level": LEVELS.get(task.level, task.level),
        "due_on": task.due_on,
        "state": "逾期" if late else state.label,
        "tag": "late" if late else TAGS.get(state, "info"),
        "done": "，".join(
            filter(None, (task.settled_by, f"{task.settled_on or ''}", task.reason, task.note))
        ),
        "basis": told.basis if told else "",
        "skip": [(reason, reason) for reason in told.skip] if told else [],
        "settle_url": reverse("lifecycle:settle", args=[task.uid]) if may else "",
        "skip_url": reverse("lifecycle:skip", args=[task.uid]) if may and told and told.skip else "",
        "file_url": file_url,
    }


def event_page(event: LifeEvent, actor: Actor) -> dict[str, Any]:
    """Context of ``lifecycle/event.html``: the event, its tasks, what was paid around it."""
    template = templates().get(event.kind)
    tasks = LifeTask.objects.visible_to(actor).filter(event=event).select_related("event__person")
    return {
        "title": f"{event_name(event.kind)}：{event.person.name}",
        "note": f"{event.happened_on} · {full_division_name(event.person.household_area)}",
        "person_url": event.person.get_absolute_url(),
        "facts": [
            {"label": "依据的事实", "value": event.told},
            {"label": "发现日期", "value": f"{event.found_on}"},
            {"label": "人员类别", "value": code_name("person_category", event.person.category)},
            {"label": "规定", "value": template.basis if template else ""},
        ],
        "is_revoked": event.state == EventState.REVOKED,
        "is_doubt": event.kind == DOUBT,
        "hints": hints_about(event, actor) if event.kind == DOUBT else [],
        "companion": _companion(event, actor),
        "tasks": [task_row(task, actor) for task in tasks.order_by("due_on", "id")],
        "seam": seam_of(event, actor),
    }


def _companion(event: LifeEvent, actor: Actor) -> dict[str, Any]:
    """Who accompanies the family, and whom this reader may name instead."""
    named = event.companion
    may = event.state == EventState.STANDS and actor.may("lifecycle.accompany_event")
    posts = near_posts(event, actor) if may else []
    return {
        "name": f"{named.name}（{named.station.name}）" if named else "",
        "seen": str(named.uid) if named else "",
        "posts": [(str(post.uid), f"{post.name}（{post.station.name}）") for post in posts],
        "url": reverse("lifecycle:accompany", args=[event.uid]) if may else "",
    }


def near_posts(event: LifeEvent, actor: Actor) -> list[StaffPost]:
    """Staff of the person's village, town and county, the nearest first."""
    area = event.person.household_area
    near = [area, f"{area[:9]}000", f"{area[:6]}000000"]
    found = [post for post in posts_of(actor, clock.today()) if post.station.area in near]
    return sorted(found, key=lambda post: near.index(post.station.area))


def companion_of(event: LifeEvent, text: str, actor: Actor) -> StaffPost | None:
    """The staff member chosen, None for nobody; absent and out of sight are the same 404."""
    if not text:
        return None
    found = next((post for post in near_posts(event, actor) if str(post.uid) == text), None)
    if found is None:
        raise Http404
    return found


def panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of the tab 生命周期."""
    tasks = LifeTask.objects.visible_to(actor).filter(event__person=person).select_related("event__person")
    return {"rows": [task_row(task, actor) for task in tasks.order_by("-event__happened_on", "due_on", "id")]}


def count_open(person: Person, actor: Actor) -> int:
    """The number on the tab."""
    return LifeTask.objects.visible_to(actor).open().filter(event__person=person).count()
