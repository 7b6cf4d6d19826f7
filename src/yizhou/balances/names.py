"""The names behind a number of a balance: rows of the ledger page by page, with what each did and on what grounds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils import timezone

from yizhou.balances.facts import Balance
from yizhou.balances.queries import CLOSING, OPENING
from yizhou.balances.reading import bound_of
from yizhou.core.actor import Actor
from yizhou.events.kinds import label_of, looks
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.browsing import Cursor, lines_of, list_columns, page_of
from yizhou.ledgers.columns import Column
from yizhou.ledgers.exporting import Choice, masked, rows_of
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.models import VoidedRow

SIZE = 50
UNSEEN = "现归属别的区划，或已不在台账里，这里看不到内容"


def page_of_names(balance: Balance, pks: list[int], column: str, start: int, actor: Actor) -> dict[str, Any]:
    """``headers`` and ``rows`` of data_table for the names from the ``start``-th on (counted from 1)."""
    bound = bound_of(balance)
    asked = pks[start - 1 : start - 1 + SIZE]
    seen = rows_of(bound, actor, Choice()).filter(pk__in=asked)
    columns = list_columns(bound)
    found = lines_of(bound, seen, page_of(bound, seen, Cursor()))
    grounds = grounds_of(balance, list(found), column, actor)
    told = [[*cells, grounds.get(pk, "")] for pk, cells in found.items()]
    told += absent(bound, set(asked) - set(found), columns, actor)
    return {"headers": [*(column.header for column in columns), "依据"], "rows": told}


def absent(
    bound: Ledger, pks: Collection[int], columns: Sequence[Column], actor: Actor
) -> Iterator[list[str]]:
    """Rows that are no longer there, as they were kept, and how many are not the actor's to see; the ground comes last."""
    voided = VoidedRow.objects.visible_to(actor).filter(
        ledger=bound.name, row_id__in=pks, restored_at__isnull=True
    )
    found = list(voided.order_by("id"))
    for kept in found:
        texts, day = kept.opened(), timezone.localdate(kept.voided_at)
        cells = [masked(column, texts.get(column.field, "")) for column in columns]
        yield [*cells, f"{kept.actor} {day} 作废：{kept.reason}"]
    if more := len(pks) - len(found):
        yield [f"另有 {more} 条", *[""] * (len(columns) - 1), UNSEEN]


def grounds_of(balance: Balance, pks: list[int], column: str, actor: Actor) -> dict[int, str]:
    """On what grounds each row stands in a column: its date, or the last thing that was done to it."""
    bound = bound_of(balance)
    dates = {"new": balance.since, **{end.field: end.field for end in balance.ends}}
    if column in dates or column in (OPENING, CLOSING):
        name = dates.get(column, balance.since)
        header = balance.layout[name].header
        rows = bound.model._base_manager.filter(pk__in=pks).values_list("pk", name)
        return {pk: f"{header} {day}" for pk, day in rows}
    events = Event.objects.visible_to(actor).filter(about=bound.table, about_id__in=pks, outcome=Outcome.DONE)
    return {
        event.about_id: "；".join(
            filter(
                None,
                [
                    f"{label_of(event.kind)} · {event.actor} · {timezone.localtime(event.at):%Y-%m-%d}",
                    event.reason,
                ],
            )
        )
        for event in events.exclude(kind__in=looks()).order_by("id")
        if event.about_id is not None
    }
