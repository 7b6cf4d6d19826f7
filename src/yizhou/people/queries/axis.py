"""The life axis: what the file, the log and the packages above know of one life, newest first, by stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils import timezone

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.kinds import KINDS
from yizhou.events.queries import events_of_person
from yizhou.people.models import Person
from yizhou.people.plugs import AXIS, AxisEntry, Ring
from yizhou.people.queries.ledger_axis import entries_of_ledgers
from yizhou.people.sensitive import hidden

SHOWN = 60
"""Entries on the first view; the whole life is one click away."""
RECENT_DAYS = 366
"""What happened within a year stands in the present stage, which has no heading."""
MILESTONES: tuple[tuple[str, str, Ring, str], ...] = (
    ("enlisted_on", "参军入伍", "axis", "month"),
    ("party_joined_on", "加入中国共产党", "party", "month"),
    ("discharged_on", "退出现役", "axis", "month"),
    ("collected_on", "信息采集", "smart", "day"),
    ("archived_on", "建档立卡", "smart", "day"),
    ("e_archive_on", "电子档案建成", "smart", "day"),
    ("moved_out_on", "户籍迁出", "axis", "day"),
    ("deregistered_on", "档案注销", "axis", "day"),
    ("died_on", "去世", "axis", "day"),
)
"""Dates of the file that are stations of a life: field, words, ring, how much of the date is known."""


def axis_entries(person: Person, actor: Actor) -> list[AxisEntry]:
    """Everything on the axis that the actor may see, newest first."""
    sources = [s for s in AXIS.values() if actor.may(s.permission)]
    entries = [*_milestones(person, actor), *_events(person, actor), *entries_of_ledgers(person, actor)]
    for source in sources:
        entries.extend(source.entries(person, actor))
    # Of two things on one day the later station of life stands above.
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _milestones(person: Person, actor: Actor) -> Iterable[AxisEntry]:
    for field, title, ring, precision in reversed(MILESTONES):
        on = getattr(person, field)
        if on is not None and not hidden(field, actor):
            yield AxisEntry(on, title, _milestone_text(person, field), ring, precision=precision)  # type: ignore[arg-type]  # a literal of the table


def _milestone_text(person: Person, field: str) -> str:
    if field == "discharged_on" and person.enlisted_on:
        return f"服役 {service_length(person.enlisted_on, person.discharged_on)}"
    return ""


def _events(person: Person, actor: Actor) -> Iterable[AxisEntry]:
    """Events whose kind is declared to stand on the axis; those of packages with an own source do not."""
    kinds = {code: kind for code, kind in KINDS.items() if kind.on_axis}
    for event in events_of_person(person.pk, actor, list(kinds)):
        kind = kinds[event.kind]
        note = f"{event.actor}{'：' + event.reason if event.reason else ''}"
        yield AxisEntry(timezone.localdate(event.at), kind.label, note, kind.ring)  # type: ignore[arg-type]  # rings of kinds are the same names


def service_length(first: dt.date, last: dt.date | None) -> str:
    """Whole years and months of service in words: ``4 年 1 个月``."""
    if last is None:
        return ""
    months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
    years, months = divmod(max(months, 0), 12)
    words = [f"{years} 年" if years else "", f"{months} 个月" if months else ""]
    return " ".join(filter(None, words)) or "不满 1 个月"


def stage_of(person: Person, entry: AxisEntry, today: dt.date) -> str:
    """Heading under which an entry stands; the present has none."""
    if entry.stage:
        return entry.stage
    if (today - entry.on).days <= RECENT_DAYS:
        return ""
    enlisted, discharged = person.enlisted_on, person.discharged_on
    if enlisted and entry.on < enlisted:
        return "入伍之前"
    if enlisted and (discharged is None or entry.on < discharged):
        return "参军入伍"
    if discharged and entry.on <= discharged + dt.timedelta(days=RECENT_DAYS):
        return "退役返乡"
    return "返乡以来" if discharged else "从前"


def axis_panel(person: Person, actor: Actor, *, everything: bool, url: str) -> dict[str, Any]:
    """The open tab 生命轴 as the page template wants it."""
    entries, today = axis_entries(person, actor), clock.today()
    shown = entries if everything else entries[:SHOWN]
    stages: list[dict[str, Any]] = []
    for title, group in groupby(shown, key=lambda entry: stage_of(person, entry, today)):
        stages.append({"title": title, "entries": [_line(entry, today) for entry in group]})
    return {
        "kind": "axis",
        "title": "生命轴",
        "note": f"全部 {len(entries)} 件",
        "stages": stages,
        "more_url": f"{url}?all=1" if len(entries) > len(shown) else "",
    }


def _line(entry: AxisEntry, today: dt.date) -> dict[str, Any]:
    return {
        "ring": entry.ring,
        "on": date_words(entry, today),
        "title": entry.title,
        "url": entry.url,
        "text": entry.text,
        "tag": entry.tag,
        "state": entry.tag_state,
        "now": entry.now,
    }


def date_words(entry: AxisEntry, today: dt.date) -> str:
    """``11-18`` within this year, else ``1983.12`` or ``1996`` by what is known."""
    if entry.precision == "year":
        return str(entry.on.year)
    if entry.precision == "day" and entry.on.year == today.year:
        return f"{entry.on:%m-%d}"
    return f"{entry.on.year}.{entry.on:%m}"
