"""Taking in a list of another office: one hint for each of those on file, in one transaction."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record, record_many
from yizhou.lifecycle.listed import Compared, Hit, compare
from yizhou.lifecycle.models import LifeSignal, SignalKind, SignalList

BATCH = 500
FAULTS = 500
"""Rows told of at the most."""


def take_in_list(path: Path, kind: str, title: str, noted_on: dt.date | None, *, actor: Actor) -> SignalList:
    """Compare a list and keep a hint for everybody on it who is on file. Taken in again it adds nothing.

    The file is read before the transaction, for which others may wait. Raises ``Refused``.
    """
    refuse(blockers_to_take_in(kind, title, noted_on))
    assert noted_on is not None
    found = compare(path, noted_on, actor) if actor.may("lifecycle.take_in_list") else Compared()
    return _take_in(found, kind, title.strip(), noted_on, actor=actor)


def blockers_to_take_in(kind: str, title: str, noted_on: dt.date | None) -> list[Blocker]:
    """What has to be known about a list."""
    found = []
    if kind not in SignalKind.values:
        found.append(Blocker("KIND", "没有选名单来源", "从所列的来源里选一个"))
    if not 2 <= len(title.strip()) <= 100:
        found.append(Blocker("TITLE", "没有写名单的名称", "例：民政局 2 月火化名单"))
    if noted_on is None or noted_on > clock.today():
        found.append(Blocker("DAY", "名单日期没有填对，或在今天之后", "填名单的日期"))
    return found


@action("lifecycle.take_in_list")
def _take_in(found: Compared, kind: str, title: str, noted_on: dt.date, *, actor: Actor) -> SignalList:
    standing = LifeSignal.objects.everywhere("hints of the people found").filter(kind=kind, withdrawn_at=None)
    ids = [hit.person_id for hit in found.hits]
    known = set(standing.filter(person_id__in=ids).values_list("person_id", "noted_on"))
    fresh = [hit for hit in found.hits if (hit.person_id, hit.noted_on) not in known]
    listed = SignalList(
        area=actor.areas[0].ljust(12, "0") if actor.areas and actor.areas[0] else "",
        areas=list(actor.areas),
        kind=kind,
        title=title,
        noted_on=noted_on,
        rows=found.rows,
        matched=len(fresh),
        known=len(found.hits) - len(fresh),
        absent=found.absent,
        faults=found.faults[:FAULTS],
        account_id=actor.account_id,
        actor=actor.name,
        noted_at=clock.now(),
    )
    listed.save(force_insert=True)
    signals = [_signal(hit, listed) for hit in fresh]
    LifeSignal.objects.bulk_create(signals, batch_size=BATCH)
    told = {"source": kind, "rows": found.rows, "matched": len(fresh), "absent": found.absent}
    record(actor, "life_signal.listed", listed, concern=Concern(area=listed.area), reason=title, **told)
    rows = [
        (signal, Concern(hit.person_id, hit.area), {"source": kind})
        for signal, hit in zip(signals, fresh, strict=True)
    ]
    record_many(actor, "life_signal.noted", rows, reason=title)
    return listed


def _signal(hit: Hit, listed: SignalList) -> LifeSignal:
    return LifeSignal(
        person_id=hit.person_id,
        kind=listed.kind,
        noted_on=hit.noted_on,
        words=hit.words,
        listed=listed,
        account_id=listed.account_id,
        actor=listed.actor,
        noted_at=listed.noted_at,
    )
