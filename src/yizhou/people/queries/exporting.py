"""The filtered list of people as a file: masked, streamed, kept in the register of exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.exports.sources import Asked, Source
from yizhou.ledgers.columns import Column
from yizhou.ledgers.exporting import cells_of
from yizhou.ledgers.ledger import LEDGERS
from yizhou.people.models import Person, PersonQuerySet
from yizhou.people.queries.asking import COLS, IDS, ledger_columns, ticked
from yizhou.people.queries.filters import Wanted, chips, in_sight, narrowed
from yizhou.people.sensitive import HIDDEN, hidden

Query = Mapping[str, str]
EVERYBODY = "本人管辖范围内的全部档案"


def asked(query: Query, actor: Actor) -> Asked:
    """The choice in codes and in words; whatever is not a code of a filter is left out."""
    wanted = Wanted.read(query, actor)
    kept = {field.name: getattr(wanted, field.name) for field in fields(wanted) if field.name != "sort"}
    kept = {name: value for name, value in kept.items() if value}
    if (picked := ticked(query)) is not None:
        return Asked({**kept, IDS: ",".join(uid.hex for uid in picked)}, f"勾选的 {len(picked)} 人")
    words = [
        f"{chip['label']}：{chip['value']}"
        for chip in chips(wanted, actor)
        if chip["value"] and chip["label"] != "排序"
    ]
    return Asked(kept, "；".join(words) or EVERYBODY)


def chosen(query: Query, actor: Actor) -> PersonQuerySet:
    """The people ticked, else those the filters ask for, village by village: in the order of an index, so that
    nothing is sorted."""
    picked = ticked(query)
    if picked is None:
        wanted = Wanted.read(query, actor)
        people = narrowed(in_sight(actor, wanted), wanted, clock.today())
    else:
        people = Person.objects.visible_to(actor).filter(uid__in=picked)
    return people.order_by("household_area", "id")


def count(query: Query, actor: Actor, most: int) -> int:
    """How many they are, counted no further than ``most``."""
    return chosen(query, actor).order_by().values("id")[:most].count()


def headers(query: Query, actor: Actor) -> Sequence[str]:  # noqa: ARG001  # the choice was read for the actor before
    """Those of the columns chosen; all of the ledger without a choice."""
    return [column.header for column in _columns(query)]


def _columns(query: Query) -> list[Column]:
    """As the register keeps them: what the actor lost the right to see since stands there, and is hidden."""
    return ledger_columns(query[COLS].split(",") if query.get(COLS) else ())


def rows(query: Query, actor: Actor) -> Iterator[list[str]]:
    """Masked cells; columns beyond the actor's sensitivity say so instead of their value."""
    columns = _columns(query)
    closed = [place for place, column in enumerate(columns) if hidden(column.field, actor)]
    for row in cells_of(LEDGERS["people"], chosen(query, actor), plain=False, columns=columns):
        for place in closed:
            row[place] = HIDDEN if row[place] else ""
        yield row


PEOPLE_LIST = Source("people", "一人一档名单", "people.export_people", asked, count, headers, rows)
