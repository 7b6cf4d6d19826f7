"""Taking in rows that waited, when what they refer to has arrived: the same check, as by who brought them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from yizhou.core.actor import Actor
from yizhou.core.refusal import Refused
from yizhou.ledgers.importing import Request, check_frame, store_checked
from yizhou.ledgers.ledger import LEDGERS, Ledger, in_order
from yizhou.ledgers.models import WaitingRow
from yizhou.ledgers.problems import ERROR
from yizhou.ledgers.voided import without_voided
from yizhou.ledgers.waiting import NO_POST, by_bringer, forget_arrived, frame_of, note_reasons, reasons_of

AT_ONCE = 5_000
FILE = "待补引用"
logger = logging.getLogger("yizhou")


def take_arrived(names: Iterable[str]) -> int:
    """Try what waits on these ledgers, in the order of import; returns how many rows went in."""
    wanted = set(names)
    rows = WaitingRow.objects.everywhere("taken in as by who brought them").filter(ledger__in=wanted)
    if not rows.exists():
        return 0
    return sum(_try_ledger(bound.name) for bound in in_order() if bound.name in wanted)


def take_all_arrived() -> int:
    """Try everything that waits: for rows whose person or station was added by hand."""
    return take_arrived(bound.name for bound in in_order())


def _try_ledger(name: str) -> int:
    rows = WaitingRow.objects.everywhere("taken in as by who brought them").filter(ledger=name).order_by("id")
    gone_in, last = 0, 0
    while part := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = part[-1].pk
        for actor, group in by_bringer(LEDGERS[name], part):
            if actor is None:
                note_reasons(group, {row.pk: NO_POST for row in group})
            else:
                gone_in += _try(LEDGERS[name], actor, group)
    return gone_in


def _try(bound: Ledger, actor: Actor, rows: list[WaitingRow]) -> int:
    """One transaction for the rows of one person; a refusal leaves all of them waiting."""
    request = Request(bound.name, Path(FILE), dry_run=True, file_name=FILE, adds_only=True)
    try:
        checked = without_voided(bound, check_frame(bound, frame_of(bound, rows), actor))
        planned, checked = store_checked(bound, checked, actor, request)
        # Only what goes in is told in the log, not every vain look.
        if planned.created.height:
            planned, checked = store_checked(bound, checked, actor, replace(request, dry_run=False))
    except Refused as refusal:
        logger.warning("waiting rows of %s: %s", bound.name, refusal)
        return 0
    left = reasons_of(checked.problems.filter(pl.col("level") == ERROR))
    note_reasons(rows, {rows[number - 1].pk: reason for number, reason in left.items()})
    forget_arrived([row.pk for number, row in enumerate(rows, 1) if number not in left])
    return planned.created.height
