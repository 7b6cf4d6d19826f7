"""What changed since a period was frozen: rows that came, went or say something else, and who did it, when and why."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.kinds import label_of, looks
from yizhou.events.models import Event, Outcome
from yizhou.indicators.facts import Fact, facts
from yizhou.indicators.fingerprints import Behind, Part, behind
from yizhou.indicators.models import Snapshot
from yizhou.indicators.queries import Figure, compute
from yizhou.indicators.scope import Scope
from yizhou.indicators.snapshots import behind_of, figure_of
from yizhou.ledgers.browsing import area_names, shown
from yizhou.ledgers.exporting import Choice, rows_of
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.models import VoidedRow
from yizhou.ledgers.rendering import stored_rows

PARTS = {"value": "明细", "numerator": "分子", "denominator": "分母"}
WAYS = {"added": "新进入", "gone": "不再计入", "changed": "内容有改"}
MOST = 50
"""Rows told one by one for each number and way."""

NO_EVENT = "记录本身没有变动，因关联记录变动而进出口径"


@dataclass(frozen=True)
class Cause:
    """Who did what to a row, when and why."""

    label: str
    actor: str
    at: str
    reason: str


@dataclass(frozen=True)
class ChangedRow:
    """A row told one by one."""

    way: str
    title: str
    url: str
    cause: Cause | None


@dataclass(frozen=True)
class ChangedPart:
    """One number's rows: how many came, went and changed, and the first of them."""

    part: str
    counts: dict[str, int]
    rows: list[ChangedRow] = field(default_factory=list)


@dataclass(frozen=True)
class Changed:
    """An indicator of which the value or any row is not what it was."""

    fact: Fact
    before: Figure
    now: Figure
    parts: list[ChangedPart]


def changes_since(snapshot: Snapshot, scope: Scope, actor: Actor, *, rows: bool = True) -> list[Changed]:
    """Indicators that changed, in their order; ``rows`` says whether the rows themselves are told."""
    before, now = behind_of(snapshot), behind(scope)
    figures = compute(None, scope)
    found = []
    for code, held in snapshot.values.items():
        if code not in facts():
            continue
        parts = [made for part in PARTS if (made := _part((code, part), before, now))]
        was, is_now = figure_of(code, held), figures[code]
        if parts or was.value != is_now.value:
            told = [_told(part, ways, snapshot, actor) if rows else part for part, ways in parts]
            found.append(Changed(facts()[code], was, is_now, told))
    return found


Ways = tuple[str, dict[str, list[bytes]]]
"""The ledger, and public ids by what became of them."""


def _part(part: Part, before: Behind, now: Behind) -> tuple[ChangedPart, Ways] | None:
    ledger, old = before.parts.get(part, ("", frozenset()))
    later, new = now.parts.get(part, (ledger, frozenset()))
    was, is_now = before.rows.get(ledger, {}), now.rows.get(later, {})
    ways = {
        "added": sorted(new - old),
        "gone": sorted(old - new),
        "changed": sorted(uid for uid in old & new if was[uid] != is_now[uid]),
    }
    counts = {way: len(uids) for way, uids in ways.items()}
    return (ChangedPart(part[1], counts), (later or ledger, ways)) if any(counts.values()) else None


def _told(part: ChangedPart, ways: Ways, snapshot: Snapshot, actor: Actor) -> ChangedPart:
    """The same with the first rows of each way."""
    ledger, uids = ways
    bound = LEDGERS[ledger]
    rows = [row for way in WAYS for row in _rows(bound, way, uids[way][:MOST], snapshot, actor)]
    return ChangedPart(part.part, part.counts, rows)


def _rows(bound: Ledger, way: str, uids: list[bytes], snapshot: Snapshot, actor: Actor) -> list[ChangedRow]:
    wanted = [uuid.UUID(bytes=uid) for uid in uids]
    ids = dict(rows_of(bound, actor, Choice()).filter(uid__in=wanted).values_list("uid", "pk"))
    voided = VoidedRow.objects.visible_to(actor).filter(ledger=bound.name, row_uid__in=wanted)
    taken = {kept.row_uid: kept for kept in voided} if actor.may(bound.browse_permission) else {}
    titles, causes = _titles(bound, list(ids.values())), _causes(bound, list(ids.values()), snapshot, actor)
    found = []
    for uid in wanted:
        if uid in ids:
            url = reverse("ledgers:row", args=[bound.name, uid])
            found.append(ChangedRow(way, titles[ids[uid]], url, causes.get(ids[uid])))
        elif uid in taken:
            kept = taken[uid]
            cause = Cause("作废", kept.actor, clock.minute_of(kept.voided_at), kept.reason)
            found.append(ChangedRow(way, kept.title, "", cause))
        else:
            found.append(ChangedRow(way, "不在您可以查看的范围内", "", None))
    return found


def _titles(bound: Ledger, ids: list[int]) -> dict[int, str]:
    """What each row is called: its natural key, masked."""
    columns = bound.layout.keys
    rows = list(stored_rows(bound, bound.model._base_manager.filter(pk__in=ids)))
    areas = area_names(columns, rows)
    return {row["id"]: " · ".join(shown(column, row, areas) for column in columns) for row in rows}


def _causes(bound: Ledger, ids: list[int], snapshot: Snapshot, actor: Actor) -> dict[int, Cause]:
    """The last thing that was done to each row since it was frozen; else to another record of the same person."""
    tables = {other.table for other in LEDGERS.values() if actor.may(other.browse_permission)}
    since = Event.objects.visible_to(actor).filter(
        outcome=Outcome.DONE, at__gte=snapshot.frozen_at, about__in=tables
    )
    since = since.exclude(kind__in=looks())
    own = since.filter(about=bound.table, about_id__in=ids).order_by("id")
    found = {event.about_id: _cause(event) for event in own if event.about_id is not None}
    persons = _persons(bound, [pk for pk in ids if pk not in found])
    of_person = since.filter(person_id__in=set(persons.values())).order_by("id")
    theirs = {event.person_id: _cause(event) for event in of_person}
    return found | {pk: theirs[person] for pk, person in persons.items() if person in theirs}


def _cause(event: Event) -> Cause:
    return Cause(label_of(event.kind), event.actor, clock.minute_of(event.at), event.reason)


def _persons(bound: Ledger, ids: list[int]) -> dict[int, int]:
    """Whom rows concern, by inner id."""
    if bound.name == "people":
        return {pk: pk for pk in ids}
    if not bound.person:
        return {}
    rows = bound.model._base_manager.filter(pk__in=ids, **{f"{bound.person}__isnull": False})
    return dict(rows.values_list("pk", bound.person))
