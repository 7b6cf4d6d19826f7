"""The list of people: one page of plain rows by keyset, never by offset, totals counted no further than needed.

The busiest page: three queries of its own, no instances, and only the rows shown are opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.prepared import Statement
from yizhou.core.scope import area_range
from yizhou.exports.limits import free_rows
from yizhou.orgs.models import Division
from yizhou.people.models import Person, PersonQuerySet
from yizhou.people.plugs import LIST_MENUS
from yizhou.people.queries.filters import SORTS, Wanted, chips, chips_key, in_sight, narrowed
from yizhou.people.queries.list_rows import bulk_bar, headers, shown, shown_chosen
from yizhou.people.queries.ways import Way, is_within_county, looked_through, of_category, way_of

PAGE = 50
CAP = 10_000
COLUMNS = (
    "id",
    "uid",
    "name",
    "sex",
    "birth_on",
    "secret",
    "category",
    "category_mask",
    "contact_class",
    "missing_count",
    "archived_on",
    "household_area",
    "pinyin_full",
    "town",
    "village",
)


def list_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of the list for the wishes and the place (``after`` or ``before``) in the address."""
    wanted, today = Wanted.read(query, actor), clock.today()
    rows, has_previous, has_next = _slice(query, replace(wanted, cols=""), actor, today)
    codes = wanted.cols.split(",") if wanted.cols else []
    start = _start(query)
    is_whole = not (has_previous or has_next)
    return {
        "title": "一人一档",
        "note": "",
        "filters": chips(wanted, actor),
        "filters_key": chips_key(wanted, actor),
        "clear_url": reverse("people:list") + (Wanted(cols=wanted.cols).url() if codes else ""),
        "headers": headers(wanted, actor),
        "chosen": bool(codes),
        "rows": shown_chosen(rows, codes, actor, today) if codes else shown(rows, actor, today),
        "page": {
            "start": start,
            "end": start + len(rows) - 1 if rows else 0,
            "total": len(rows) if is_whole else None,
            "more_than": False,
            "previous_url": _turn(wanted, rows[0], "before", start - PAGE) if rows and has_previous else "",
            "next_url": _turn(wanted, rows[-1], "after", start + PAGE) if rows and has_next else "",
        },
        "count_url": "" if is_whole else reverse("people:count") + wanted.url(),
        "actions": _actions(actor),
        "menus": _menus(wanted, actor),
        "columns_url": reverse("people:columns") + wanted.url(),
        "bulk": bulk_bar(wanted, query, actor) if rows else None,
        "export_url": reverse("people:export") + wanted.url() if actor.may("people.export_people") else "",
        "free_rows": free_rows(),
    }


def counted(query: Mapping[str, str], actor: Actor) -> str:
    """How many people the wishes fit, in words; asked for after the page stands, and counted no further than CAP."""
    wanted = Wanted.read(query, actor)
    people = narrowed(in_sight(actor, wanted), wanted, clock.today())
    total = people.values("id")[: CAP + 1].count()
    return f"共 {min(total, CAP):,}{'+' if total > CAP else ''} 人"


def _menus(wanted: Wanted, actor: Actor) -> list[dict[str, str]]:
    return [
        {
            "label": menu.label,
            "url": reverse(menu.url) + wanted.url(),
            "page": reverse(menu.page) + wanted.url(),
        }
        for menu in LIST_MENUS.values()
        if actor.may(menu.permission)
    ]


def _actions(actor: Actor) -> list[dict[str, str]]:
    actions = []
    if actor.may("ledgers.import_ledger"):
        url = reverse("ledgers:upload") + "?ledger=people"
        actions.append({"label": "导入台账", "url": url, "kind": ""})
    if actor.may("people.create_person"):
        actions.append({"label": "新建档案", "url": reverse("people:create"), "kind": "primary"})
    return actions


def _start(query: Mapping[str, str]) -> int:
    """The running number of the first row, carried along in the address; only shown, never searched by."""
    text = query.get("n", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _slice(
    query: Mapping[str, str], wanted: Wanted, actor: Actor, today: dt.date
) -> tuple[list[Sequence[Any]], bool, bool]:
    """One page of rows, and whether there are more before and after it."""
    place, backwards = _place(query.get("before", ""), wanted.sort), True
    if place is None:
        place, backwards = _place(query.get("after", ""), wanted.sort), False
    backwards = backwards and place is not None
    way, fitting = way_of(wanted, actor, today)
    if fitting == []:
        return [], False, False
    rows = _page(Turn(wanted, today, place, backwards=backwards, way=way), actor, fitting)
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    if backwards:
        return rows[::-1], more, True
    return rows, place is not None, more


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page: the wishes, the place (value and id of a row) behind or before which it lies; how it is found."""

    wanted: Wanted
    today: dt.date
    place: Place | None
    backwards: bool
    way: Way = Way.WALK

    def rows(self, actor: Actor, fitting: Sequence[int] | None = None) -> QuerySet[Person, tuple[Any, ...]]:
        """The page and one row more; ``fitting`` are those to choose from, where they are known."""
        column, runs_down = SORTS[self.wanted.sort]
        down = runs_down != self.backwards
        beyond = _beyond(column, self.place, down=down) if self.place else Q()
        order = [f"{'-' if down else ''}{name}" for name in dict.fromkeys((column, "id"))]
        if self.way is Way.WALK:
            # First: of two lower ends on one column SQLite starts at the one that it reads first.
            people = _walked(in_sight(actor, self.wanted, beyond), self.wanted, actor, self.today)
        elif fitting is not None:
            people = Person.objects.filter(beyond, id__in=list(fitting)).visible_to(actor)
        else:
            chosen = self._fitting(actor, beyond, order)
            people = Person.objects.filter(beyond, id__in=chosen).everywhere("all of them are in sight")
        named = people.order_by(*order).annotate(town=TOWN_NAME, village=VILLAGE_NAME)
        return named.values_list(*COLUMNS)[: PAGE + 1]

    def _fitting(self, actor: Actor, beyond: Q, order: Sequence[str]) -> QuerySet[Person, Any]:
        """Inner ids out of the index of filters alone: of all who fit, or of the page."""

        def fitting(*before: Q) -> PersonQuerySet:
            return looked_through(in_sight(actor, self.wanted, *before), self.wanted, self.today)

        if self.way is not Way.CUT:
            return fitting().values("id")
        if self.wanted.sort != "area":
            return fitting(beyond).order_by(*order).values("id")[: PAGE + 1]
        # As an expression: an index that holds this order would be walked, and each file in it looked at.
        area = Coalesce("household_area", Value(""))
        first = area.desc() if order[0].startswith("-") else area.asc()
        reach = _within_reach(fitting(beyond), order[0])
        return fitting(reach, beyond).order_by(first, order[1]).values("id")[: PAGE + 1]


def _within_reach(fitting: PersonQuerySet, first: str) -> Q:
    """No further than the area in which the page is full: the index is in the order of areas, and reading it stops there."""
    last = fitting.order_by(first).values("household_area")[PAGE : PAGE + 1]
    if first.startswith("-"):
        return Q(household_area__gte=Coalesce(Subquery(last), Value("")))
    return Q(household_area__lte=Coalesce(Subquery(last), Value(BEYOND)))


BEYOND = "~"
"""Behind every code of an area."""
Place = tuple[str | int | dt.date, int]
SAMPLE_ID = -(2**40)
SAMPLES: dict[str, str | int | dt.date] = {
    "birth": dt.date(1, 1, 2),
    "newest": SAMPLE_ID - 1,
}


def _page(turn: Turn, actor: Actor, fitting: Sequence[int] | None = None) -> list[Sequence[Any]]:
    """The rows of a page. For somebody who works in one area, as nearly all do, by a statement that is composed
    once for all pages and all areas of the same length: composing takes longer than running. What is asked for
    outside that area, by whatever code, takes the plain way: it fits no sample and is not worth remembering."""
    prefix = actor.areas[0] if len(actor.areas) == 1 else ""
    if fitting is not None or not prefix or not (turn.wanted.area or prefix).startswith(prefix):
        return list(turn.rows(actor, fitting))
    sample = "7" * len(prefix)
    sample_value = SAMPLES.get(turn.wanted.sort, "sample of a place")
    pattern = replace(turn, place=(sample_value, SAMPLE_ID) if turn.place else None)
    reader = Actor(None, "", actor.roles, (sample,), actor.department)
    statement = _composed(connection.vendor, pattern, reader)
    first, after = area_range(prefix)
    return list(statement.run({"first": first, "after": after, **_ends(turn)}))


@lru_cache(maxsize=256)
def _composed(vendor: str, pattern: Turn, reader: Actor) -> Statement:  # noqa: ARG001  # the vendor is part of the key
    first, after = area_range(reader.areas[0])
    return Statement(pattern.rows(reader), {"first": first, "after": after, **_ends(pattern)})


def _ends(turn: Turn) -> dict[str, str | int | dt.date]:
    """The place as the statement names it: by its id alone where that is what the list is sorted by."""
    if not turn.place:
        return {}
    value, row_id = turn.place
    return {"id": row_id} if turn.wanted.sort == "newest" else {"value": value, "id": row_id}


def _walked(people: PersonQuerySet, wanted: Wanted, actor: Actor, today: dt.date) -> PersonQuerySet:
    """Those wanted. Over a county or more the index of the sort is walked and the area looked at row by row.

    SQLite decides by the conditions alone: two ends on the names weigh as much as the two ends of the area, and
    then the order tips the scale. Over a town or less sorting its people is quicker.
    """
    if wanted.sort == "area" or is_within_county(wanted, actor):
        return narrowed(people, wanted, today)
    others = narrowed(people, replace(wanted, category=""), today)
    return others.filter(of_category(wanted), **WALKED[wanted.sort])


WALKED: dict[str, dict[str, Any]] = {
    "name": {"pinyin_full__gte": "", "pinyin_full__lt": "zzzz"},
    "birth": {"birth_on__gte": dt.date(1800, 1, 1), "birth_on__lt": dt.date(2200, 1, 1)},
    "newest": {"id__gt": 0, "id__lt": 2**60},
}


def _name_of(code: str) -> RawSQL:
    """Name of a division of the row, looked up by the database with the row itself.

    As a statement: putting it together anew from expressions costs more than running it, fifty times over.
    """
    division, area = Division._meta.db_table, f'"{Person._meta.db_table}"."household_area"'
    return RawSQL(f'SELECT name FROM "{division}" WHERE area_code = {code.format(area=area)}', ())  # noqa: S608, S611  # names of our own tables


TOWN_NAME = _name_of("substr({area}, 1, 9) || '000'")
VILLAGE_NAME = _name_of("{area}")


def _place(text: str, sort: str) -> Place | None:
    """``value.id`` of the row at which the other page ended."""
    value, _, row_id = text.rpartition(".")
    if not (row_id.isascii() and row_id.isdigit() and len(row_id) < 19):
        return None
    if sort == "birth":
        try:
            return dt.date.fromisoformat(value), int(row_id)
        except ValueError:
            return None
    return value, int(row_id)


def _beyond(column: str, place: Place, *, down: bool) -> Q:
    """Rows behind a place in the order of the page. The first condition says again what the second implies: it is
    what lets both databases start in the index at the place."""
    value, row_id = place
    far, near = ("lt", "lte") if down else ("gt", "gte")
    if column == "id":
        return Q(**{f"id__{far}": row_id})
    exact = Q(**{column: value, f"id__{far}": row_id})
    return Q(**{f"{column}__{near}": value}) & (Q(**{f"{column}__{far}": value}) | exact)


def _turn(wanted: Wanted, row: Sequence[Any], way: str, start: int) -> str:
    value = row[COLUMNS.index(SORTS[wanted.sort][0])]
    base = wanted.url()
    return f"{base}{'&' if len(base) > 1 else ''}{way}={value}.{row[0]}&n={max(start, 1)}"
