"""What the ledgers know of one life: one statement over all whose rows concern a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.prepared import Statement
from yizhou.ledgers.columns import code_name
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.people.models import Person
from yizhou.people.plugs import AxisEntry

SHOWN = 200
SAMPLE = -(2**40)


def entries_of_ledgers(person: Person, actor: Actor) -> Iterator[AxisEntry]:
    """Rows about the person on ledgers that stand on the axis and are open to the reader, newest first."""
    names = tuple(
        bound.name
        for bound in LEDGERS.values()
        if bound.person == "person_id" and bound.on_axis and bound.date_field
        if actor.may(bound.browse_permission)
    )
    found = _composed(connection.vendor, names).run({"person": person.pk}) if names else []
    for name, uid, on, told in found:
        yield _entry(LEDGERS[name], uid, on, told)


def _entry(bound: Ledger, uid: Any, on: Any, told: str) -> AxisEntry:
    column = bound.layout[bound.tells] if bound.tells else None
    text = code_name(column.argument, told) if column and column.kind == "code" else told
    noun = bound.title.removesuffix("台账")
    return AxisEntry(on, noun, text, bound.ring, url=reverse("ledgers:row", args=[bound.name, uid]))  # type: ignore[arg-type]  # rings of ledgers are the same names


@lru_cache(maxsize=32)
def _composed(vendor: str, names: Sequence[str]) -> Statement:  # noqa: ARG001  # the vendor is part of the key
    first, *others = [_rows(LEDGERS[name]) for name in names]
    every = first.union(*others, all=True) if others else first
    return Statement(every.order_by("-axis_on")[:SHOWN], {"person": SAMPLE})


def _rows(bound: Ledger) -> QuerySet[Any, Any]:
    """Ledger, public id, day and what it tells, of the rows about a person who was found in scope.

    A row that lies in another area than its person is told as well: it belongs to the life, its page to the area.
    """
    objects: Any = bound.model._default_manager
    day: Any = F(bound.date_field)
    if isinstance(bound.model_field(bound.date_field), DateTimeField):
        day = TruncDate(bound.date_field)
    told = Cast(bound.tells, CharField()) if bound.tells else Value("", CharField())
    rows = objects.everywhere("of a person who was found in scope").filter(person_id=SAMPLE)
    dated = rows.filter(**{f"{bound.date_field}__isnull": False})
    named = dated.annotate(
        axis_ledger=Value(bound.name, CharField()), axis_on=Cast(day, DateField()), axis_told=told
    )
    found: QuerySet[Any, Any] = named.order_by().values_list("axis_ledger", "uid", "axis_on", "axis_told")
    return found
