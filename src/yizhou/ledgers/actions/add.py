"""Adding one row by hand."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, models, transaction
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers import one_row
from yizhou.ledgers.checking import Checked
from yizhou.ledgers.editing import ADD, by_hand
from yizhou.ledgers.ledger import Ledger

TAKEN = Blocker("DUP_KEY", "台账里已有编号（键）相同的一行", "打开那一行更正；看不到的，请联系上级中心")


@action(ADD)
def add_row(name: str, cells: Mapping[str, str], *, actor: Actor, accept_doubts: bool = False) -> str:
    """Add a row from texts by field; returns the address of its page.

    A reference may be given as ``uid:`` and a public id. Raises ``Refused`` with every problem.
    """
    bound = by_hand(name, actor, ADD)
    checked, found = one_row.check_cells(bound, one_row.with_named(bound, cells, actor), actor)
    one_row.refuse_problems(found, accept_doubts=accept_doubts)
    row = insert(bound, checked, uuid.uuid4())
    doubts = [problem.rule for problem in found]
    record(actor, f"{bound.code_noun}.added", row, concern=concern_of(bound, row.pk), doubts=doubts)
    return reverse("ledgers:row", args=[name, row.uid])  # type: ignore[attr-defined]  # every ledger row is a Row


def insert(bound: Ledger, checked: Checked, uid: uuid.UUID, pk: int | None = None) -> models.Model:
    """Store a checked row. Raises ``Refused`` when its key is taken."""
    rows, values = one_row.stored_values(bound, checked)
    row = bound.model(pk=pk, uid=uid, **values)
    if bound.sealed:
        row.seal(one_row.sealed_values(bound, checked))  # type: ignore[attr-defined]  # sealed fields mean SealedRow
    with key_of_its_own(bound, values):
        row.save(force_insert=True)
    one_row.after_load(bound, rows, row.pk, is_new=True)
    return row


@contextmanager
def key_of_its_own(bound: Ledger, values: Mapping[str, Any], besides: int | None = None) -> Iterator[None]:
    """Around the saving of a row: ``Refused`` when another one has its key. Whatever else the database objects to
    stays a fault."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        if not one_row.is_taken(bound, values, besides):
            raise
        raise Refused([TAKEN]) from None


def concern_of(bound: Ledger, pk: int) -> Concern:
    """Whom and where a stored row concerns."""
    return _concern(bound, pk, bound.person)


def place_of(bound: Ledger, pk: int) -> Concern:
    """Where a stored row lies, and the person with whom it does: both go along when that person moves."""
    return _concern(bound, pk, bound.lies_with)


def _concern(bound: Ledger, pk: int, person: str) -> Concern:
    person_id, area = bound.model._base_manager.values_list(person or "pk", bound.area).get(pk=pk)
    return Concern(person_id if person else None, area or "")
