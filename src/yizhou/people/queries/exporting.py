"""The filtered list of people as a file: masked, streamed, kept in the register of exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.exports.sources import Asked, Source
from yizhou.ledgers.exporting import cells_of
from yizhou.ledgers.ledger import LEDGERS
from yizhou.people.models import Person, PersonQuerySet
from yizhou.people.queries.filters import Wanted, chips, narrowed
from yizhou.people.sensitive import HIDDEN, hidden

Query = Mapping[str, str]
EVERYBODY = "本人管辖范围内的全部档案"


def asked(query: Query, actor: Actor) -> Asked:
    """The choice in codes and in words; whatever is not a code of a filter is left out."""
    wanted = Wanted.read(query, actor)
    kept = {field.name: getattr(wanted, field.name) for field in fields(wanted) if field.name != "sort"}
    words = [
        f"{chip['label']}：{chip['value']}"
        for chip in chips(wanted, actor)
        if chip["value"] and chip["label"] != "排序"
    ]
    return Asked({name: value for name, value in kept.items() if value}, "；".join(words) or EVERYBODY)


def chosen(query: Query, actor: Actor) -> PersonQuerySet:
    """The people the filters ask for, village by village: in the order of an index, so that nothing is sorted."""
    people = narrowed(Person.objects.visible_to(actor), Wanted.read(query, actor), clock.today())
    return people.order_by("household_area", "id")


def count(query: Query, actor: Actor, most: int) -> int:
    """How many they are, counted no further than ``most``."""
    return chosen(query, actor).order_by().values("id")[:most].count()


def headers(query: Query, actor: Actor) -> Sequence[str]:  # noqa: ARG001  # the same for everybody
    """Those of the ledger."""
    return LEDGERS["people"].layout.headers


def rows(query: Query, actor: Actor) -> Iterator[list[str]]:
    """Masked cells; columns beyond the actor's sensitivity say so instead of their value."""
    bound = LEDGERS["people"]
    closed = [place for place, column in enumerate(bound.layout.columns) if hidden(column.field, actor)]
    for row in cells_of(bound, chosen(query, actor), plain=False):
        for place in closed:
            row[place] = HIDDEN if row[place] else ""
        yield row


PEOPLE_LIST = Source("people", "一人一档名单", "people.export_people", asked, count, headers, rows)
