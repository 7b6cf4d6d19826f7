"""What was taken out of a ledger: the list, one row of it, and files that bring it again."""

from __future__ import annotations

import uuid
from typing import Any

import polars as pl
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers import problems
from yizhou.ledgers.checking import Checked
from yizhou.ledgers.editing import RESTORE, may_edit
from yizhou.ledgers.exporting import masked
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.models import VoidedRow
from yizhou.ledgers.problems import WARN, RowRule

SHOWN = 200


def out_of(bound: Ledger, rows: QuerySet[VoidedRow]) -> QuerySet[VoidedRow]:
    """Of voided rows those that were taken out of this ledger and not put back."""
    return rows.filter(ledger=bound.name, restored_at__isnull=True)


def voided_page(bound: Ledger, actor: Actor) -> dict[str, Any]:
    """The list of what was taken out and not put back, newest first."""
    found = out_of(bound, VoidedRow.objects.visible_to(actor))
    may_restore = may_edit(bound, actor, RESTORE)
    return {
        "title": f"{bound.title}：作废记录",
        "back_url": reverse("ledgers:browse", args=[bound.name]),
        "shown": SHOWN,
        "may_restore": may_restore,
        "refused": (),
        "rows": [
            {
                "title": kept.title,
                "pairs": _pairs(bound, kept),
                "reason": kept.reason,
                "actor": kept.actor,
                "at": clock.minute_of(kept.voided_at),
                "restore_url": reverse("ledgers:restore", args=[kept.uid]) if may_restore else "",
            }
            for kept in found.order_by("-id")[:SHOWN]
        ],
    }


def _pairs(bound: Ledger, kept: VoidedRow) -> list[dict[str, str]]:
    """What a row said, masked, without its empty columns."""
    texts = kept.opened()
    told = [(column, texts.get(column.field, "")) for column in bound.layout.columns]
    return [{"label": column.header, "value": masked(column, text)} for column, text in told if text]


def voided_or_404(uid: uuid.UUID, actor: Actor) -> VoidedRow:
    """One row that was taken out. Absent and out of sight are the same ``Http404``."""
    found = VoidedRow.objects.visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def without_voided(bound: Ledger, checked: Checked) -> Checked:
    """Leave out rows that say exactly what a row said that was taken out: the same file again changes nothing."""
    held = VoidedRow.objects.everywhere("a file that brings back what was taken out, in whatever area")
    digests = out_of(bound, held).values_list("digest", flat=True)
    known = [bytes(digest) for digest in digests]
    again = checked.accepted.select(pl.col("row_digest").is_in(known)).to_series()
    if not again.any():
        return checked
    rule = RowRule(
        "VOIDED",
        bound.layout.keys[0].header,
        problems.EVERY,
        "这一行已作废，内容相同，没有再入库",
        "确需恢复的，在该台账的“作废记录”里恢复",
        WARN,
    )
    told = problems.found(checked.accepted.filter(again), rule)
    found = pl.concat([checked.problems, told]).sort("row_no", maintain_order=True)
    return Checked(checked.rows, checked.accepted.filter(~again), found, checked.repeated + int(again.sum()))
