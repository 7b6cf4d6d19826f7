"""How the rows of a page are found: whether few fit the filters decides what is quickest, never which rows they are."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field, replace

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from yizhou.core.actor import Actor
from yizhou.core.remembered import remembered
from yizhou.core.scope import prefix_of
from yizhou.people.models import PersonQuerySet
from yizhou.people.queries.filters import Wanted, in_sight, narrowed

COUNTY_DIGITS = 6
RARE = 4_000
"""Whom fewer fit than so many is rare: the index of filters finds them without a look at their files."""
COMMON = 40_000
"""Whom so many fit is common: walking in the order of the page soon comes by a page of them, wherever they stand."""


class Way(enum.Enum):
    """WALK: in the order of the page until it is full. COLLECT: all that fit, then sorted. CUT: the page is sorted out
    in the index of filters, which holds the column of the sort, and only its rows are read; by areas, which is the order
    of that index, reading it stops where the page is full."""

    WALK = enum.auto()
    COLLECT = enum.auto()
    CUT = enum.auto()


@dataclass(slots=True)
class Fitting:
    """How many fit, counted no further than ``RARE``; who they are can be taken once, by the request that looked."""

    count: int
    _ids: list[int] | None = field(default=None, repr=False)

    def take(self) -> list[int] | None:
        """The inner ids of those who fit where they are few, None ever after: later they may be others."""
        ids, self._ids = self._ids, None
        return ids


def way_of(wanted: Wanted, actor: Actor, today: dt.date) -> tuple[Way, list[int] | None]:
    """The way, and with COLLECT who fits where that came to light by the way."""
    plain = replace(wanted, sort="area", cols="")
    if plain == Wanted(area=wanted.area):
        return Way.WALK, None
    found = _fitting(plain, actor.areas, today)
    if found.count < RARE:
        return Way.COLLECT, found.take()
    if wanted.sort == "area":
        return Way.CUT, None
    is_narrow = is_within_county(wanted, actor)
    if wanted.sort == "name":
        # The index of filters does not hold the names.
        return Way.COLLECT if is_narrow else Way.WALK, None
    if is_narrow or not _is_common(plain, actor.areas, today):
        return Way.CUT, None
    return Way.WALK, None


def is_within_county(wanted: Wanted, actor: Actor) -> bool:
    """Whether a town or less is looked at."""
    deepest = prefix_of(wanted.area) if wanted.area else ""
    return len(deepest) > COUNTY_DIGITS or any(len(area) > COUNTY_DIGITS for area in actor.areas)


@remembered(60)
def _fitting(wanted: Wanted, areas: tuple[str, ...], today: dt.date) -> Fitting:
    """Looked for in the index of filters. Only the way depends on the count: a minute-old one does no harm."""
    reader = Actor(None, "", areas=areas)
    ids = list(looked_through(in_sight(reader, wanted), wanted, today).values_list("id", flat=True)[:RARE])
    return Fitting(len(ids), ids if len(ids) < RARE else None)


@remembered(60)
def _is_common(wanted: Wanted, areas: tuple[str, ...], today: dt.date) -> bool:
    reader = Actor(None, "", areas=areas)
    fitting = looked_through(in_sight(reader, wanted), wanted, today)
    return fitting.values("id")[:COMMON].count() == COMMON


def looked_through(people: PersonQuerySet, wanted: Wanted, today: dt.date) -> PersonQuerySet:
    """As narrowed, but with further wishes the index of the category is no way in: it would lead to each file."""
    others = replace(wanted, category="")
    if not wanted.category or others == Wanted(area=wanted.area, sort=wanted.sort):
        return narrowed(people, wanted, today)
    return narrowed(people, others, today).filter(of_category(wanted))


def of_category(wanted: Wanted) -> Q:
    """The category as a condition that no index serves; none when none is wanted."""
    return Q(Exact(Coalesce("category", Value("")), wanted.category)) if wanted.category else Q()
