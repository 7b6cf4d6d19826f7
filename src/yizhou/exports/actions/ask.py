"""Asking for a file: a few rows are written at once, more wait for a second person, and so do many few in one day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Forbidden, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.exports.limits import free_rows, free_rows_a_day
from yizhou.exports.models import OPEN, Export, ExportStatus
from yizhou.exports.rules import blockers_to_ask, why_it_waits
from yizhou.exports.sources import SOURCES, Asked, Source
from yizhou.orgs.models import Account

MOST = 1_000_000
"""Rows that one sheet of Excel holds, with room for its header and its note."""


@action("exports.ask_export")
def ask_export(name: str, query: Mapping[str, str], purpose: str, form: str, *, actor: Actor) -> Export:
    """Enter an export into the register. Raises ``Refused`` without a purpose, for nothing, and for what waits already.

    The choice is kept as the source reads it, so that what is approved is what will be written.
    """
    source = SOURCES[name]
    if not actor.may(source.permission):
        raise Forbidden(source.permission)
    asked = source.asked(query, actor)
    rows = source.count(asked.query, actor, MOST + 1)
    waiting = _same(source, asked, form, actor)
    refuse(blockers_to_ask(purpose, form, rows=rows, most=MOST, waiting=waiting))
    export = _entered(source, asked, actor, rows)
    export.purpose, export.form = purpose.strip(), form
    export.save(force_insert=True)
    concern = Concern(area=export.area)
    told: dict[str, Any] = {
        "number": export.number,
        "list": name,
        "asked": asked.query,
        "columns": len(export.columns),
        "waits": export.why,
    }
    record(actor, "export.asked", export, concern=concern, reason=export.purpose, rows=rows, **told)
    return export


def _same(source: Source, asked: Asked, form: str, actor: Actor) -> bool:
    mine = Export.objects.visible_to(actor).filter(account_id=actor.account_id, source=source.name, form=form)
    open_ones = mine.filter(status__in=OPEN).values_list("query", flat=True)
    return any(query == asked.query for query in open_ones)


def _out_today(actor: Actor) -> int:
    """Rows that went out to this account today without a second person."""
    if actor.account_id is None:
        return 0
    # Two requests at the same moment must not both be told the old sum: on PostgreSQL the second waits here, SQLite
    # has one writer at a time anyway.
    Account.objects.select_for_update().filter(pk=actor.account_id).values_list("pk", flat=True).first()
    began = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time.min))
    mine = Export.objects.everywhere("one's own exports, in whatever post").filter(
        account_id=actor.account_id, asked_at__gte=began
    )
    return int(mine.gone_out_alone().aggregate(sum=Sum("rows"))["sum"] or 0)


def _entered(source: Source, asked: Asked, actor: Actor, rows: int) -> Export:
    uid = uuid.uuid4()
    out_today = _out_today(actor) if rows <= free_rows() else 0
    why = why_it_waits(rows, free_rows(), out_today=out_today, a_day=free_rows_a_day())
    return Export(
        uid=uid,
        number=f"DC{clock.today():%Y%m%d}-{uid.hex[:8].upper()}",
        source=source.name,
        title=source.title,
        query=asked.query,
        words=asked.words[:600],
        columns=list(source.headers(asked.query, actor)),
        rows=rows,
        status=ExportStatus.WAITING if why else ExportStatus.QUEUED,
        why=why,
        account_id=actor.account_id,
        actor=actor.name,
        unit=actor.area_label,
        area=next((area.ljust(12, "0") for area in actor.areas if area), ""),
        areas=list(actor.areas),
        asked_at=clock.now(),
    )
