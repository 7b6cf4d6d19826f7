"""Correcting one row by hand: with a reason, against the state that was read, old and new in the log."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import record
from yizhou.ledgers import one_row
from yizhou.ledgers.actions.add import concern_of, key_of_its_own
from yizhou.ledgers.attached import take_files_along
from yizhou.ledgers.editing import CORRECT, by_hand
from yizhou.ledgers.exporting import Choice, rows_of
from yizhou.ledgers.holding_on import blockers_of_holders
from yizhou.ledgers.ledger import Ledger

NO_REASON = Blocker("REASON", "没有写明原因", "写明凭什么更正，例：对照原始单据")


@dataclass(frozen=True)
class Correction:
    """What a row is to say: ``cells`` are texts by field, absent ones and empty masked ones keep what is stored.

    ``seen`` is the ``state_of`` the form was filled from.
    """

    cells: Mapping[str, str] = field(repr=False)
    reason: str
    seen: str
    accept_doubts: bool = False


@action(CORRECT)
def correct_row(name: str, uid: uuid.UUID, correction: Correction, *, actor: Actor) -> str:
    """Change a row to what the form says; returns the address of its page.

    Raises ``Refused``, ``Conflict`` when somebody else changed the row meanwhile, and ``LookupError`` when it is
    absent or out of sight.
    """
    bound = by_hand(name, actor, CORRECT)
    if not correction.reason.strip():
        raise Refused([NO_REASON])
    row = locked(bound, uid, actor)
    before, was = one_row.values_of(bound, row.pk), concern_of(bound, row.pk)
    if one_row.state_of(bound, before) != correction.seen:
        raise Conflict
    typed = one_row.with_named(bound, correction.cells, actor)
    merged = one_row.merged_cells(bound, before, typed)
    checked, found = one_row.check_cells(bound, merged, actor, row.pk)
    one_row.refuse_problems(found, accept_doubts=correction.accept_doubts)
    notes = one_row.changes_between(bound, before, checked.accepted.row(0, named=True))
    if not notes:
        raise Refused([Blocker("UNCHANGED", "内容没有变化，不必保存", "改好再保存，或返回")])
    refuse(blockers_of_holders(bound, row.pk, before, set(notes["fields"])))
    _write(bound, row, checked)
    take_files_along(bound, row.pk)
    now = concern_of(bound, row.pk)
    for concern in dict.fromkeys([was, now]):
        record(actor, f"{bound.code_noun}.corrected", row, concern=concern, reason=correction.reason, **notes)
    return reverse("ledgers:row", args=[name, uid])


def locked(bound: Ledger, uid: uuid.UUID, actor: Actor) -> Any:
    """The row in the actor's scope, held until the transaction ends. Raises ``LookupError``."""
    row = rows_of(bound, actor, Choice()).select_for_update(of=("self",)).filter(uid=uid).first()
    if row is None:
        raise LookupError(bound.name)
    return row


def _write(bound: Ledger, row: models.Model, checked: Any) -> None:
    rows, values = one_row.stored_values(bound, checked)
    for attname, value in values.items():
        setattr(row, attname, value)
    row.row_digest = None  # type: ignore[attr-defined]  # every ledger row has one
    if bound.sealed:
        row.seal(one_row.sealed_values(bound, checked))  # type: ignore[attr-defined]  # as in add
    with key_of_its_own(bound, values, besides=row.pk):
        row.save(force_update=True)
    one_row.after_load(bound, rows, row.pk, is_new=False)
