"""Taking in rows that waited, when what they refer to has arrived: the same check, as by who brought them."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import polars as pl

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Refused
from yizhou.ledgers.importing import Request, check_frame, store_checked
from yizhou.ledgers.ledger import LEDGERS, in_order
from yizhou.ledgers.models import WaitingRow
from yizhou.ledgers.problems import ERROR
from yizhou.ledgers.waiting import forget_arrived, frame_of, note_reasons
from yizhou.orgs.queries import console_actor, holder_of

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
    rows = WaitingRow.objects.everywhere("taken in as by who brought them").filter(ledger=name)
    waiting = list(rows.order_by("account_id", "areas", "id")[:AT_ONCE])
    gone_in = 0
    for _, group in groupby(waiting, key=lambda row: (row.account_id, row.areas)):
        gone_in += _try(name, list(group))
    return gone_in


def _try(name: str, rows: list[WaitingRow]) -> int:
    """One transaction for the rows of one person; a refusal leaves all of them waiting."""
    actor = _actor_of(rows[0])
    if actor is None:
        return 0
    bound = LEDGERS[name]
    request = Request(name, Path(FILE), file_name=FILE, batch=uuid.uuid4())
    try:
        checked = check_frame(bound, frame_of(bound, rows), actor)
        _, checked = store_checked(bound, checked, actor, request)
    except Refused as refusal:
        logger.warning("waiting rows of %s: %s", name, refusal)
        return 0
    left = dict(checked.problems.filter(pl.col("level") == ERROR).select("row_no", "message").iter_rows())
    note_reasons({rows[number - 1].pk: message for number, message in left.items()})
    return forget_arrived([row.pk for number, row in enumerate(rows, 1) if number not in left])


def _actor_of(row: WaitingRow) -> Actor | None:
    return console_actor() if row.account_id is None else holder_of(row.account_id, row.areas, clock.today())
