"""The page of a bundle: its legs side by side, the slowest clock on top, on time counted three ways."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404

from yizhou.cases.models import BundleCase, Case
from yizhou.cases.queries.facts import (
    department_name,
    form_values,
    item_name,
    needs_of,
    running_of,
    version_of,
)
from yizhou.cases.queries.lists import bundle_name, channel_name, moment_of, worst_clock
from yizhou.cases.queries.pages import CasePage, history, pairs_of, person_head
from yizhou.cases.queries.papers import papers_shown
from yizhou.cases.rules.bundles import BUNDLE_LABELS, BundleStatus, is_done
from yizhou.cases.rules.clock import Clock, clock_of, on_time_of_all
from yizhou.cases.rules.states import BEFORE_ACCEPTANCE, LABELS, TAGS, Status
from yizhou.catalogue.rules import Field
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.workdays import WorkCalendar
from yizhou.ledgers.columns import code_name
from yizhou.orgs.queries import work_calendar


def bundle_or_404(uid: uuid.UUID, actor: Actor) -> BundleCase:
    """The bundle of that public id; absent and out of scope are alike."""
    rows = BundleCase.objects.visible_to(actor).select_related("person", "application")
    found: BundleCase | None = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def bundle_page(bundle: BundleCase, actor: Actor) -> CasePage:
    """The page of a bundle: its legs side by side, the slowest clock on top, on-time counted three ways."""
    calendar, today = work_calendar(), clock.today()
    rows = Case.objects.visible_to(actor).filter(bundle=bundle).select_related("bundle")
    legs = list(rows.prefetch_related("pauses").order_by("case_no"))
    for leg in legs:
        leg.bundle = bundle
    statuses = {leg.item: leg.state for leg in legs}
    clocks = {leg.pk: _leg_clock(leg, statuses, calendar, today) for leg in legs}
    status = BundleStatus(bundle.status)
    head = {
        "number": bundle.case_no,
        "item": bundle_name(bundle),
        "status": BUNDLE_LABELS[status],
        "state": {"CLOSED": "ok", "IN_PROGRESS": "info"}.get(status, ""),
        **person_head(bundle, actor),
        "clock": _whole_clock(bundle, legs, clocks),
        "note": f"{channel_name(bundle.channel)}受理 · {len(legs)} 项联办",
        "bundle": "",
        "bundle_url": "",
    }
    papers = bundle.application.materials.order_by("id")
    return CasePage(
        case=head,
        stages=_bundle_stages(bundle, status),
        legs=[_leg(leg, statuses, clocks[leg.pk]) for leg in legs],
        legs_note=_legs_note(legs, calendar),
        form_pairs=_all_pairs(legs, form_values(bundle.application)),
        materials=papers_shown(list(papers), bundle, actor),
        helpers=[],
        events=history(legs, bundle, actor),
        rating=None,
    )


def _leg_clock(leg: Case, statuses: Mapping[str, Status], calendar: WorkCalendar, on: dt.date) -> Clock:
    waiting = "、".join(_waits(leg, statuses))
    return clock_of(running_of(leg, leg.pauses.all(), waiting), on, calendar)


def _waits(leg: Case, statuses: Mapping[str, Status]) -> list[str]:
    if leg.state not in BEFORE_ACCEPTANCE:
        return []
    return [item_name(need) for need in needs_of(leg) if need in statuses and not is_done(statuses[need])]


def _leg(leg: Case, statuses: Mapping[str, Status], leg_clock: Clock) -> dict[str, Any]:
    result = code_name("case_result", leg.result) if leg.completed_at else ""
    waits = _waits(leg, statuses)
    return {
        "name": item_name(leg.item),
        "department": department_name(leg.department, short=True),
        "status": LABELS[leg.state],
        "state": TAGS.get(leg.state, ""),
        "waits": "、".join(waits),
        "clock": None if waits else leg_clock.shown(),
        "result": "：".join(filter(None, (result, leg.result_note))),
        "url": leg.get_absolute_url(),
    }


def _whole_clock(
    bundle: BundleCase, legs: Sequence[Case], clocks: Mapping[int, Clock]
) -> dict[str, object] | None:
    worst = worst_clock(clocks[leg.pk] for leg in legs if leg.completed_at is None)
    if worst is None:
        return None
    shown = worst.shown()
    if shown and bundle.due_on:
        shown["note"] = f"最急一项；全部预计 {bundle.due_on} 前办结"
    return shown


def _legs_note(legs: Sequence[Case], calendar: WorkCalendar) -> str:
    done = sum(leg.completed_at is not None for leg in legs)
    note = f"{len(legs)} 项，已办结 {done} 项"
    count = on_time_of_all(
        [(item_name(leg.item), running_of(leg, leg.pauses.all())) for leg in legs], calendar
    )
    if not count.finished:
        return note
    parts = [f"按时 {count.net}/{count.finished}", f"不计暂停 {count.raw}/{count.finished}"]
    if count.worst:
        parts.append(f"最慢：{count.worst}")
    return f"{note}；{'，'.join(parts)}"


def _bundle_stages(bundle: BundleCase, status: BundleStatus) -> list[dict[str, str]]:
    reached = {BundleStatus.SUBMITTED: 1, BundleStatus.IN_PROGRESS: 2, BundleStatus.CLOSED: 4}[status]
    moments = (bundle.applied_at, bundle.accepted_at, None, bundle.completed_at)
    return [
        {
            "label": label,
            "state": "done" if place < reached else "current" if place == reached else "todo",
            "note": moment_of(moment)[:5] if moment and place <= reached else "",
        }
        for place, (label, moment) in enumerate(
            zip(("收件", "受理并分发", "联动办理", "全部办结"), moments, strict=True)
        )
    ]


def _all_pairs(legs: Sequence[Case], values: Mapping[str, str]) -> list[dict[str, Any]]:
    boxes: dict[str, Field] = {}
    for leg in legs:
        for box in version_of(leg).fields:
            boxes.setdefault(box.name, box)
    return pairs_of([box for box in boxes.values() if box.name in values], values)
