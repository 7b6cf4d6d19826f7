"""Cases on the dashboard: how departments keep their time, and what calls for attention, each with its list."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from yizhou.cases.models import Case, CaseQuerySet, Rating, is_partner
from yizhou.cases.queries.facts import department_name
from yizhou.cases.queries.ratings import stale
from yizhou.cases.queries.times import Times, finished_between, lit, times_by_department
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.scope import prefix_of
from yizhou.core.workdays import Light
from yizhou.dashboards.queries.asking import FEW, Asked
from yizhou.dashboards.queries.kept import kept
from yizhou.events.models import Event
from yizhou.indicators.measures import percentage
from yizhou.indicators.report.guarding import SMALL
from yizhou.indicators.scope import Scope, start_of
from yizhou.indicators.wording import grouped, percent
from yizhou.ledgers.browsing import address

Reader = tuple[tuple[str, ...], tuple[str, ...], str]
"""Roles, areas and department of whoever reads."""
LIST_CASES, LIST_RATINGS, READ_LOG = "cases.list_cases", "cases.list_ratings", "events.read_log"
ALARM = "person.reveal_alarm"
ALARM_DAYS = 30
COLUMNS = {"办结": False, "按原承诺": True, "扣除挂起": True, "在办超期": False}
"""Columns of the table of departments, and whether they are drawn."""


@kept
def department_times(reader: Reader, scope: Scope) -> Sequence[Times]:
    """How the cases finished in the scope kept their time."""
    return times_by_department(finished_between(_cases(reader, scope.area), scope.first, scope.last))


@kept
def lights(reader: Reader, area: str, today: dt.date) -> Mapping[tuple[str, Light], int]:
    """How many open cases of a department have a clock of that colour, red or amber."""
    return Counter((one.department, one.light) for one in lit(_cases(reader, area), today))


def _cases(reader: Reader, area: str) -> CaseQuerySet:
    roles, areas, department = reader
    return Case.objects.visible_to(Actor(None, "", frozenset(roles), areas, department)).in_area(area)


def _reader(actor: Actor, area: str) -> Reader:
    """What decides which cases of the area an actor sees: all who see the same share what was counted.

    The area lies inside the actor's own, so that for staff it alone decides.
    """
    areas = (prefix_of(area),) if area else actor.areas
    return (("CO_DEPT",), areas, actor.department) if is_partner(actor) else ((), areas, "")


def on_time(asked: Asked) -> dict[str, Any] | None:
    """Finished cases by department and how they kept their time; None for posts that see no cases."""
    if not asked.actor.may(LIST_CASES):
        return None
    scope = asked.scope
    reader = _reader(asked.actor, scope.area)
    lit_now = lights(reader, scope.area, clock.today())
    late = Counter({department: n for (department, light), n in lit_now.items() if light is Light.RED})
    times = list(department_times(reader, scope))
    whole = Times("", sum(t.finished for t in times), sum(t.raw for t in times), sum(t.net for t in times))
    idle = [Times(department) for department in sorted(late.keys() - {t.department for t in times})]
    lines = [(whole, sum(late.values())), *((one, late[one.department]) for one in [*times, *idle])]
    if asked.is_public:
        # Without the sum nobody can work out a hidden department from the others.
        lines = lines[1:]
    return {
        "title": "办件按时情况",
        "kind": "bar",
        "unit": "%",
        "heading": "承办单位",
        "labels": [{"text": _name(one.department), "url": ""} for one, _ in lines],
        "series": _columns(lines, asked),
    }


def _name(department: str) -> str:
    return department_name(department, short=True) if department else "全部单位"


def _columns(lines: Sequence[tuple[Times, int]], asked: Asked) -> list[dict[str, Any]]:
    """The columns of the table: how many finished, both shares, how many open ones are late."""
    columns: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS}
    for times, late in lines:
        link = _list_of(asked, times.department)
        done = link(done_from=asked.scope.first, done_to=asked.scope.last)
        cells = (
            _count(times.finished, done, asked),
            _share(times.raw, times.finished, done, asked),
            _share(times.net, times.finished, done, asked, beside=times.raw),
            _count(late, link(light="late"), asked),
        )
        for name, cell in zip(COLUMNS, cells, strict=True):
            columns[name].append(cell)
    return [{"name": name, "drawn": drawn, "points": columns[name]} for name, drawn in COLUMNS.items()]


def _count(count: int, url: str, asked: Asked) -> dict[str, Any]:
    is_few = asked.is_public and 0 < count < SMALL
    return {"text": FEW if is_few else grouped(count), "value": None if is_few else count, "url": url}


def _share(kept: int, finished: int, url: str, asked: Asked, beside: int = 0) -> dict[str, Any]:
    """A share next to how many finished; ``beside`` kept their time by the share told before it."""
    # With the number of the finished, a share tells who kept the time and who did not, two tell who lies between.
    told = (kept, finished - kept, kept - beside)
    is_few = asked.is_public and (finished < SMALL or any(0 < abs(count) < SMALL for count in told))
    value = None if is_few else percentage(kept, finished)
    return {"text": FEW if is_few else "—" if value is None else percent(value), "value": value, "url": url}


def _list_of(asked: Asked, department: str) -> Any:
    if asked.is_public:
        return lambda **_: ""
    return address(reverse("cases:list"), {"area": asked.scope.area, "department": department})


def alerts(asked: Asked) -> list[dict[str, Any]]:
    """What calls for attention today, each opening its list; only what the actor's post may open."""
    actor, area = asked.actor, asked.scope.area
    found = []
    if actor.may(LIST_CASES):
        colours = Counter[Light]()
        for (_, light), count in lights(_reader(actor, area), area, clock.today()).items():
            colours[light] += count
        link = _list_of(asked, "")
        found += [
            _alert("超期未办结的办件", colours[Light.RED], link(light="late"), "late", "红灯"),
            _alert("临近到期的办件", colours[Light.AMBER], link(light="soon"), "warn", "黄灯"),
        ]
    if actor.may(LIST_RATINGS):
        rows = stale(Rating.objects.visible_to(actor).in_area(area), clock.today())
        url = address(reverse("cases:ratings"), {"state": "late", "area": area})()
        found.append(_alert("差评逾期未回访、未整改", rows.count(), url, "late", "逾期"))
    if actor.may(READ_LOG):
        since = clock.today() - dt.timedelta(days=ALARM_DAYS)
        alarms = Event.objects.visible_to(actor).filter(kind=ALARM, at__gte=start_of(since))
        url = address(reverse("events:log"), {"kind": ALARM, "since": since})()
        title = f"近 {ALARM_DAYS} 天频繁查看敏感信息的报警"
        found.append(_alert(title, alarms.count(), url, "late", "报警"))
    return found


def _alert(title: str, count: int, url: str, state: str, word: str) -> dict[str, Any]:
    return {
        "title": title,
        "url": url,
        "tag": f"{word} {grouped(count)}" if count else "0",
        "state": state if count else "ok",
    }
