"""Asking for a file: a few rows are written at once, more wait for a second person."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Forbidden, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.exports.limits import free_rows
from yizhou.exports.models import OPEN, Export, ExportStatus
from yizhou.exports.rules import blockers_to_ask
from yizhou.exports.sources import SOURCES, Asked, Source

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
    }
    record(actor, "export.asked", export, concern=concern, reason=export.purpose, rows=rows, **told)
    return export


def _same(source: Source, asked: Asked, form: str, actor: Actor) -> bool:
    mine = Export.objects.visible_to(actor).filter(account_id=actor.account_id, source=source.name, form=form)
    open_ones = mine.filter(status__in=OPEN).values_list("query", flat=True)
    return any(query == asked.query for query in open_ones)


def _entered(source: Source, asked: Asked, actor: Actor, rows: int) -> Export:
    uid = uuid.uuid4()
    at_once = rows <= free_rows()
    return Export(
        uid=uid,
        number=f"DC{clock.today():%Y%m%d}-{uid.hex[:8].upper()}",
        source=source.name,
        title=source.title,
        query=asked.query,
        words=asked.words[:600],
        columns=list(source.headers(asked.query, actor)),
        rows=rows,
        status=ExportStatus.QUEUED if at_once else ExportStatus.WAITING,
        account_id=actor.account_id,
        actor=actor.name,
        unit=actor.area_label,
        area=next((area.ljust(12, "0") for area in actor.areas if area), ""),
        areas=list(actor.areas),
        asked_at=clock.now(),
    )
