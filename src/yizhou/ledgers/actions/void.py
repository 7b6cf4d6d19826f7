"""Taking a row out of its ledger, and putting it back: nothing is ever lost (ADR 0013)."""

from __future__ import annotations

import uuid

from django.db.models import ProtectedError
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import record
from yizhou.ledgers import one_row
from yizhou.ledgers.actions.add import concern_of, insert, place_of
from yizhou.ledgers.actions.correct import locked
from yizhou.ledgers.browsing import shown_cells
from yizhou.ledgers.editing import RESTORE, VOID, by_hand
from yizhou.ledgers.holding_on import blockers_of_holders
from yizhou.ledgers.models import VoidedRow
from yizhou.ledgers.rendering import cell, digest_of


@action(VOID)
def void_row(name: str, uid: uuid.UUID, reason: str, *, actor: Actor) -> str:
    """Take a row out, kept whole under 作废记录; returns the address of that list.

    Raises ``Refused`` without a reason or while other rows refer to it, and ``LookupError``.
    """
    bound = by_hand(name, actor, VOID)
    if not reason.strip():
        raise Refused([Blocker("REASON", "没有写明作废的原因", "写明为什么这一行不算数，例：重复登记")])
    row = locked(bound, uid, actor)
    concern, values = concern_of(bound, row.pk), one_row.values_of(bound, row.pk)
    refuse(blockers_of_holders(bound, row.pk, values, set(values)))
    texts = {c.field: cell(c, values[c.field]) for c in bound.layout.columns}
    (shown,) = shown_cells(bound.layout.keys, [values])
    kept = VoidedRow(
        ledger=name,
        row_uid=row.uid,
        row_id=row.pk,
        title=" · ".join(filter(None, shown))[:200],
        person_id=place_of(bound, row.pk).person_id,
        area=concern.area,
        digest=digest_of(bound, values),
        reason=reason.strip()[:300],
        account_id=actor.account_id,
        actor=actor.name,
        voided_at=clock.now(),
    )
    kept.seal(texts)
    kept.save(force_insert=True)
    record(actor, f"{bound.code_noun}.voided", row, concern=concern, reason=reason, kept=str(kept.uid))
    try:
        row.delete()
    except ProtectedError as error:
        raise Refused([_referred(error)]) from None
    return reverse("ledgers:voided", args=[name])


def _referred(error: ProtectedError) -> Blocker:
    kinds = sorted({str(other._meta.verbose_name) for other in error.protected_objects})
    words = f"还有 {len(error.protected_objects)} 条记录引用它（{'、'.join(kinds)}）"
    return Blocker("REFERRED", words, "先更正或作废引用它的记录")


@action(RESTORE)
def restore_row(kept: VoidedRow, *, actor: Actor) -> str:
    """Put a row back as it was, under its old address; returns that address.

    Raises ``Refused`` when it no longer passes the ledger's check (its key was taken, its reference is gone), and
    ``Conflict`` when it is back already.
    """
    bound = by_hand(kept.ledger, actor, RESTORE)
    mine = VoidedRow.objects.visible_to(actor).filter(pk=kept.pk, restored_at__isnull=True)
    if mine.update(restored_at=clock.now()) != 1:
        raise Conflict("这一行已经恢复", "刷新页面查看")
    checked, found = one_row.check_cells(bound, kept.opened(), actor)
    one_row.refuse_problems(found, accept_doubts=True)
    # Under its old inner number, too: its history hangs on that.
    row = insert(bound, checked, kept.row_uid, kept.row_id)
    concern = concern_of(bound, row.pk)
    record(actor, f"{bound.code_noun}.restored", row, concern=concern, kept=str(kept.uid))
    return reverse("ledgers:row", args=[kept.ledger, kept.row_uid])
