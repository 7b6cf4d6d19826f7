"""Choosing the row that a column refers to by what people know of it: a name, or the beginning of a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

from yizhou.core import crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.registry import Registry
from yizhou.ledgers.columns import Column
from yizhou.ledgers.exporting import Choice as Wanted
from yizhou.ledgers.exporting import masked, rows_of
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.one_row import NAMED
from yizhou.ledgers.rendering import cell, known_by, stored_rows

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice: the public id, what it is called, what tells it from its namesakes (masked)."""

    uid: str
    title: str
    note: str = ""


PICKERS: Registry[Callable[[str, Actor], Sequence[Pick]]] = Registry("pickers of ledger rows")
"""Ledgers with a better search than the beginning of a name or number, by ledger."""


def picked(bound: Ledger, field: str, text: str, actor: Actor) -> dict[str, Any]:
    """Choices for a column that refers to another ledger. Raises ``Http404`` for a column that does not."""
    column = next((c for c in bound.layout.columns if c.field == field and c.kind == "ref"), None)
    if column is None:
        raise Http404
    target = LEDGERS[column.argument.partition(".")[0]]
    find = PICKERS.get(target.name)
    text = text.strip()
    found = (find(text, actor) if find else _found(target, column, text, actor)) if text else []
    choices = [{"value": f"{NAMED}{pick.uid}", "title": pick.title, "note": pick.note} for pick in found]
    return {"name": field, "q": text, "choices": choices}


def _found(target: Ledger, column: Column, text: str, actor: Actor) -> list[Pick]:
    field = column.argument.partition(".")[2]
    known = known_by(target)
    wanted = Q(**{f"{known}__contains": text}) if known else Q()
    if field in target.indexed:
        wanted |= Q(**{target.indexed[field]: crypto.blind_index(keyring(), text.upper())})
    else:
        wanted |= Q(**{f"{field}__startswith": text})
    rows = rows_of(target, actor, Wanted()).filter(wanted)
    ids = list(rows.values_list("pk", "uid")[:SHOWN])
    uids = dict(ids)
    told = rows_of(target, actor, Wanted()).filter(pk__in=list(uids))
    key = target.layout[field]
    return [
        Pick(str(uids[row["id"]]), str(row.get(known) or row[field]), masked(key, cell(key, row[field])))
        for row in stored_rows(target, told)
    ]
