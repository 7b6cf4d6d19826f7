"""Rows of a period that were entered after it ended: a report drawn before them said less (report_outline.md §5, W4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from yizhou.core import clock
from yizhou.core.workdays import ONE_DAY
from yizhou.events.models import Event, Outcome
from yizhou.indicators.facts import facts
from yizhou.indicators.report.build import Report
from yizhou.indicators.scope import Scope, start_of
from yizhou.ledgers.ledger import LEDGERS, Ledger

ENTERED = ("added", "imported")
"""Verbs of the events by which a row comes."""

WHY = "只数期末之后补录的条数，区划已在调用前核对"


def late_entries(report: Report) -> Iterator[tuple[str, int]]:
    """Ledgers behind the report's numbers with how many rows of the period came after it; none before it is over."""
    if report.scope.last >= clock.today():
        return
    for name in dict.fromkeys(name for code in report.codes for name in facts()[code].computed_from):
        if name in LEDGERS and LEDGERS[name].date_field:
            yield LEDGERS[name].layout.title, _late(LEDGERS[name], report.scope)


def _late(bound: Ledger, scope: Scope) -> int:
    manager: Any = bound.model._default_manager
    is_moment = isinstance(bound.model_field(bound.date_field), models.DateTimeField)
    dated = scope.timed(bound.date_field) if is_moment else scope.dated(bound.date_field)
    since = Event.objects.everywhere(WHY).filter(
        about=bound.table,
        kind__in=[f"{bound.code_noun}.{verb}" for verb in ENTERED],
        outcome=Outcome.DONE,
        at__gte=start_of(scope.last + ONE_DAY),
    )
    rows: models.QuerySet[Any] = scope.within(manager.all()).filter(dated, pk__in=since.values("about_id"))
    return rows.count()
