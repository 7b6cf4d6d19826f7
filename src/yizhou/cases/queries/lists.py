"""Lists of cases: all that a clerk may see, the bundles, and a partner department's inbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from yizhou.cases.models import BundleCase, Case, CaseQuerySet
from yizhou.cases.queries.facts import clocks_of, department_name, item_name
from yizhou.cases.queries.times import LIGHTS, finished_between, with_light
from yizhou.cases.rules.bundles import BUNDLE_LABELS, BundleStatus
from yizhou.cases.rules.clock import Clock
from yizhou.cases.rules.states import FINAL, LABELS, PAUSED, TAGS, Status
from yizhou.catalogue.queries import catalogue
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.scope import is_code
from yizhou.core.workdays import Light
from yizhou.ledgers.browsing import day_of as day_of_text
from yizhou.ledgers.columns import code_name
from yizhou.orgs.queries import division_names, full_division_name, work_calendar
from yizhou.people.categories import category_name
from yizhou.people.models import Person

LISTED = ("status", "item", "department", "person", "light", "area", "done_from", "done_to")
"""What the address of the list may say."""
ROWS = 50
COUNTED = 10_000
GROUPS: Mapping[str, tuple[str, frozenset[Status]]] = {
    "new": ("待受理", frozenset({Status.SUBMITTED})),
    "paused": ("补正与挂起", PAUSED),
    "unsigned": ("待签收", frozenset({Status.ACCEPTED})),
    "open": ("办理中", frozenset({Status.ACCEPTED, Status.IN_PROGRESS, Status.RETURNED})),
    "waiting": ("等待前置", frozenset({Status.WAIT_PREV})),
    "returned": ("已退回", frozenset({Status.RETURNED})),
    "decided": ("已决定待送达", frozenset({Status.DECIDED, Status.CERT_ISSUED})),
    "final": ("已结束", FINAL),
}
"""Choices of the status filter."""
STEPS: Mapping[Status, str] = {
    Status.SUBMITTED: "收件审查",
    Status.WAIT_PREV: "等前置办结",
    Status.CORRECTION_REQUIRED: "等申请人补正",
    Status.ACCEPTED: "待部门签收",
    Status.IN_PROGRESS: "部门办理",
    Status.SUSPENDED: "挂起",
    Status.RETURNED: "受理岗处理",
    Status.DECIDED: "制证、送达",
    Status.CERT_ISSUED: "领证送达",
}
"""What is being done, in the words of the lists."""


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: filters by name and the place to go on from."""

    filters: Mapping[str, str]
    after: str = ""
    before: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], names: Sequence[str]) -> Wanted:
        """From a query string; unknown names are left out."""
        chosen = {name: query[name] for name in names if query.get(name)}
        return cls(chosen, query.get("after", ""), query.get("before", ""))

    def url(self, **changes: str) -> str:
        """The same list with other filters, from its beginning."""
        filters = {name: value for name, value in {**self.filters, **changes}.items() if value}
        return f"?{urlencode(filters)}"


@dataclass(frozen=True)
class Slice:
    """Some rows of a list, newest first, with the ways on."""

    rows: list[Any]
    page: dict[str, Any]


def sliced(rows: QuerySet[Any], wanted: Wanted) -> Slice:
    """Fifty rows after or before a public id; the count stops at ten thousand."""
    total = rows.order_by()[: COUNTED + 1].count()
    back = bool(wanted.before)
    edge = (
        rows.filter(uid=wanted.before or wanted.after).values_list("pk", flat=True).first()
        if (wanted.before or wanted.after)
        else None
    )
    part = rows.order_by("pk" if back else "-pk")
    if edge is not None:
        part = part.filter(pk__gt=edge) if back else part.filter(pk__lt=edge)
    found = list(part[: ROWS + 1])
    more, found = len(found) > ROWS, found[:ROWS]
    if back:
        found.reverse()
    newer = more if back else edge is not None
    older = bool(found) if back else more
    start = 1 if edge is None else 0
    return Slice(
        found,
        {
            "start": start,
            "end": len(found) if start else 0,
            "total": min(total, COUNTED),
            "more_than": total > COUNTED,
            "previous_url": _turn(wanted, before=str(found[0].uid)) if newer and found else "",
            "next_url": _turn(wanted, after=str(found[-1].uid)) if older and found else "",
        },
    )


def _turn(wanted: Wanted, **place: str) -> str:
    return f"?{urlencode({**wanted.filters, **place})}"


def chip(wanted: Wanted, name: str, label: str, options: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """One filter as ``filters.html`` takes it."""
    choices = list(options)
    value = wanted.filters.get(name, "")
    return {
        "label": label,
        "value": dict(choices).get(value, ""),
        "clear_url": wanted.url(**{name: ""}),
        "options": [
            {"label": text, "url": wanted.url(**{name: code}), "count": None, "active": code == value}
            for code, text in choices
        ],
    }


def list_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``cases/list.html``: items on their own and legs of bundles."""
    wanted = Wanted.of(query, LISTED)
    part = sliced(narrowed(Case.objects.visible_to(actor), wanted), wanted)
    items = sorted((code, f"{code} {item.newest.name}") for code, item in catalogue().items.items())
    return {
        "title": "事项办理",
        "note": "单个事项和一件事的各子项",
        "filters": [
            chip(wanted, "status", "状态", [(name, group[0]) for name, group in GROUPS.items()]),
            chip(wanted, "item", "事项", items),
            chip(wanted, "department", "承办单位", _departments()),
            chip(wanted, "light", "时限", [(name, label) for name, (label, _) in LIGHTS.items()]),
            *_brought(wanted),
        ],
        "clear_url": "?",
        "page": part.page,
        "rows": case_rows(part.rows),
    }


def _brought(wanted: Wanted) -> list[dict[str, Any]]:
    """Chips of what only an address brings along, from a figure that opens here: an area, days of completion."""
    area, first, last = (wanted.filters.get(name, "") for name in ("area", "done_from", "done_to"))
    days = {"label": "办结", "value": f"{first} 至 {last}", "clear_url": wanted.url(done_from="", done_to="")}
    found = [area_chip(wanted)] if area else []
    return [*found, {**days, "options": []}] if first and last else found


def asked_area(wanted: Wanted) -> str:
    """The division code that an address names; "" for none and for what is none."""
    area = wanted.filters.get("area", "")
    return area if is_code(area) else ""


def area_chip(wanted: Wanted) -> dict[str, Any]:
    """The chip of the area that an address names."""
    area = wanted.filters["area"]
    return chip(wanted, "area", "区域", [(area, full_division_name(area) or area)])


def narrowed(rows: CaseQuerySet, wanted: Wanted) -> CaseQuerySet:
    """The filters applied."""
    group = GROUPS.get(wanted.filters.get("status", ""))
    if group:
        rows = rows.filter(status__in=group[1])
    for name in ("item", "department"):
        if wanted.filters.get(name):
            rows = rows.filter(**{name: wanted.filters[name]})
    rows = rows.in_area(asked_area(wanted))
    first, last = (day_of_text(wanted.filters.get(name, "")) for name in ("done_from", "done_to"))
    rows = finished_between(rows, first, last) if first and last else rows
    if wanted.filters.get("person"):
        rows = rows.filter(person__uid=wanted.filters["person"])
    if wanted.filters.get("light") in LIGHTS:
        rows = with_light(rows, wanted.filters["light"])
    return rows.select_related("person", "bundle")


def _departments() -> list[tuple[str, str]]:
    leads = {item.newest.lead_dept for item in catalogue().items.values()}
    return [(code, department_name(code, short=True)) for code in catalogue().departments if code in leads]


def case_rows(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Rows of a list of cases."""
    clocks = clocks_of(cases, work_calendar(), clock.today())
    places = places_of(case.person for case in cases)
    return [
        {
            "url": case.get_absolute_url(),
            "item": item_name(case.item),
            "note": _note(case),
            "number": case.case_no,
            "bundle": bundle_name(case.bundle) if case.bundle else "",
            "person": case.person.name,
            "person_note": person_note(case.person, places),
            "step": STEPS.get(case.state, ""),
            "status": LABELS[case.state],
            "state": TAGS.get(case.state, ""),
            "parties": [{"text": department_name(case.department, short=True), "state": ""}],
            "clock": clocks[case.pk].shown(),
            "filed_on": day_of(case.applied_at),
            "referred": moment_of(case.accepted_at),
            "action": "签收" if case.state is Status.ACCEPTED else "办理",
            "sort": clocks[case.pk].sort_key,
        }
        for case in cases
    ]


def _note(case: Case) -> str:
    return f"{case.case_no} · {bundle_name(case.bundle)}" if case.bundle else case.case_no


def bundle_name(bundle: BundleCase) -> str:
    """Name of the bundle; a code no longer in the facts is shown as it stands."""
    found = catalogue().bundles.get(bundle.bundle)
    return found.name if found else bundle.bundle


def places_of(people: Iterable[Person]) -> dict[str, str]:
    """Names of the towns where the people live; one query."""
    return division_names([town_of(person) for person in people])


def town_of(person: Person) -> str:
    """Code of the person's town."""
    return person.household_area[:9].ljust(12, "0")


def person_note(person: Person, places: Mapping[str, str]) -> str:
    """Category and town."""
    return " · ".join(filter(None, (category_name(person.category), places.get(town_of(person), ""))))


def day_of(moment: dt.datetime | None) -> str:
    """Local day of a moment, or nothing."""
    return timezone.localtime(moment).strftime("%Y-%m-%d") if moment else ""


def moment_of(moment: dt.datetime | None) -> str:
    """Local moment, without the year when it is this year's."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return local.strftime("%m-%d %H:%M" if local.year == clock.today().year else "%Y-%m-%d %H:%M")


def bundles_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``cases/list.html``: bundles with their departments and the slowest clock."""
    wanted = Wanted.of(query, ("status",))
    rows = BundleCase.objects.visible_to(actor).select_related("person")
    if wanted.filters.get("status"):
        rows = rows.filter(status=wanted.filters["status"])
    part = sliced(rows, wanted)
    return {
        "title": "一件事联办",
        "note": "一次申请、一窗受理、联动办理、限时办结",
        "filters": [chip(wanted, "status", "状态", [(s.value, BUNDLE_LABELS[s]) for s in BundleStatus])],
        "clear_url": "?",
        "page": part.page,
        "rows": bundle_rows(part.rows, actor),
    }


def bundle_rows(bundles: Sequence[BundleCase], actor: Actor) -> list[dict[str, Any]]:
    """Rows of a list of bundles; the legs of all in one query."""
    legs: dict[int, list[Case]] = {}
    for leg in Case.objects.visible_to(actor).filter(bundle__in=[b.pk for b in bundles]).order_by("case_no"):
        legs.setdefault(leg.bundle_id or 0, []).append(leg)
    clocks = clocks_of((leg for group in legs.values() for leg in group), work_calendar(), clock.today())
    places = places_of(bundle.person for bundle in bundles)
    return [_bundle_row(bundle, legs.get(bundle.pk, []), clocks, places) for bundle in bundles]


def _bundle_row(
    bundle: BundleCase, legs: Sequence[Case], clocks: Mapping[int, Clock], places: Mapping[str, str]
) -> dict[str, Any]:
    status = BundleStatus(bundle.status)
    worst = worst_clock(clocks[leg.pk] for leg in legs if leg.completed_at is None)
    return {
        "url": bundle.get_absolute_url(),
        "item": bundle_name(bundle),
        "note": f"{bundle.case_no} · {len(legs)} 项联办",
        "person": bundle.person.name,
        "person_note": person_note(bundle.person, places),
        "step": f"办结 {sum(leg.completed_at is not None for leg in legs)} / {len(legs)}",
        "status": BUNDLE_LABELS[status],
        "state": {"CLOSED": "ok", "IN_PROGRESS": "info"}.get(status, ""),
        "parties": parties_of(legs, clocks),
        "clock": worst.shown() if worst else None,
        "filed_on": day_of(bundle.applied_at),
        "sort": worst.sort_key if worst else "9999",
    }


def worst_clock(clocks: Iterable[Clock]) -> Clock | None:
    """The most urgent clock that runs."""
    running = [one for one in clocks if one.due_on is not None]
    return min(running, key=lambda one: one.sort_key, default=None)


def parties_of(legs: Sequence[Case], clocks: Mapping[int, Clock]) -> list[dict[str, str]]:
    """Departments of a bundle: ✓ when all theirs is done, the time left where it is short."""
    found: dict[str, list[Case]] = {}
    for leg in legs:
        found.setdefault(leg.department, []).append(leg)
    return [_party(code, group, clocks) for code, group in found.items()]


def _party(code: str, legs: Sequence[Case], clocks: Mapping[int, Clock]) -> dict[str, str]:
    name = department_name(code, short=True)
    if all(leg.completed_at is not None for leg in legs):
        return {"text": f"{name} ✓", "state": "ok"}
    worst = worst_clock(clocks[leg.pk] for leg in legs if leg.completed_at is None)
    if worst is None or worst.light is Light.GREEN:
        return {"text": name, "state": ""}
    if worst.light is Light.RED:
        return {"text": f"{name} 超期 {worst.overdue} 天", "state": "late"}
    return {"text": f"{name} {worst.left} 天", "state": "warn"}


def inbox_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``cases/inbox.html``: a department's own legs, the most urgent first while they are open."""
    wanted = Wanted.of(query, ("status",))
    rows = narrowed(Case.objects.visible_to(actor).filter(department=actor.department), wanted)
    if not wanted.filters:
        rows = rows.filter(status__in=GROUPS["open"][1] | PAUSED)
    part = sliced(rows, wanted)
    names = ("unsigned", "open", "paused", "waiting", "decided", "final")
    return {
        "title": f"{department_name(actor.department)} · 待办",
        "note": "只显示转给本部门的子项",
        "filters": [chip(wanted, "status", "状态", [(name, GROUPS[name][0]) for name in names])],
        "clear_url": "?",
        "page": part.page,
        "rows": sorted(case_rows(part.rows), key=lambda row: row["sort"]),
    }


def channel_name(code: str) -> str:
    """大厅, 网站 …"""
    return code_name("item_channel", code)
