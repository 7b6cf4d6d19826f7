"""Filters of the list of people: what the address asks for, as conditions and as chips that link to each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_table
from yizhou.orgs.queries import child_names, division_names
from yizhou.people.freshness import stale
from yizhou.people.models import PersonQuerySet

AGES: dict[str, tuple[int | None, int | None]] = {
    "0-17": (None, 17),
    "18-59": (18, 59),
    "60-69": (60, 69),
    "70-79": (70, 79),
    "80-": (80, None),
    "60-": (60, None),
}
AGE_LABELS = {
    "0-17": "不满 18",
    "18-59": "18–59",
    "60-69": "60–69",
    "70-79": "70–79",
    "80-": "80 以上",
    "60-": "60 以上",
}
COMPLETE_LABELS = {"full": "要素齐全", "missing": "缺要素"}
STATE_LABELS = {"registered": "在册", "gone": "去世、迁出或注销"}
DOUBT_LABELS = {"yes": "有存疑", "no": "没有存疑"}
FRESH_LABELS = {"stale": "到期未更新", "fresh": "在更新周期内"}
ARCHIVE_LABELS = {"yes": "已建档", "no": "未建档", "electronic": "已建电子档案"}
SORTS = {"area": ("household_area", "id"), "name": ("pinyin_full", "id")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for; every value is known to be one of the choices, others were dropped."""

    area: str = ""
    category: str = ""
    group: str = ""
    age: str = ""
    contact: str = ""
    complete: str = ""
    state: str = ""
    archive: str = ""
    doubt: str = ""
    fresh: str = ""
    sort: str = "area"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Wanted:
        """From the address; nonsense counts as not asked."""
        known: dict[str, Mapping[str, Any]] = {
            "category": code_table("person_category").names,
            "group": {"VET": 1, "CARE": 1},
            "age": AGES,
            "contact": code_table("contact_class").names,
            "complete": COMPLETE_LABELS,
            "state": STATE_LABELS,
            "archive": ARCHIVE_LABELS,
            "doubt": DOUBT_LABELS,
            "fresh": FRESH_LABELS,
            "sort": SORTS,
        }
        found = {name: query[name] for name, choices in known.items() if query.get(name) in choices}
        area = query.get("area", "")
        return cls(area=area if area.isascii() and area.isdigit() and len(area) == 12 else "", **found)

    def url(self, **changes: str) -> str:
        """Address of the list with some of the wishes changed."""
        wishes = replace(self, **changes)
        pairs = [(name, getattr(wishes, name)) for name in self.__slots__]
        return "?" + urlencode([(k, v) for k, v in pairs if v and (k, v) != ("sort", "area")])


def narrowed(people: PersonQuerySet, wanted: Wanted, today: dt.date) -> PersonQuerySet:
    """The persons asked for, out of those that may be seen."""
    people = people.in_area(wanted.area)
    if wanted.category:
        people = people.filter(category=wanted.category)
    if wanted.group:
        people = people.of_group(wanted.group)
    if wanted.contact:
        people = people.filter(contact_class=wanted.contact)
    if wanted.complete:
        people = people.filter(
            **({"missing_count": 0} if wanted.complete == "full" else {"missing_count__gt": 0})
        )
    if wanted.archive:
        people = people.filter(_archive(wanted.archive, today))
    if wanted.doubt:
        people = people.filter(doubts="") if wanted.doubt == "no" else people.in_doubt()
    if wanted.fresh:
        is_stale = stale(today)
        people = people.registered(today).filter(is_stale if wanted.fresh == "stale" else ~is_stale)
    if wanted.state == "registered":
        people = people.registered(today)
    elif wanted.state == "gone":
        people = people.filter(
            Q(died_on__lte=today) | Q(moved_out_on__lte=today) | Q(deregistered_on__lte=today)
        )
    return people.filter(_aged(wanted.age, today)) if wanted.age else people


def _archive(choice: str, today: dt.date) -> Q:
    if choice == "yes":
        return Q(archived_on__lte=today)
    return Q(archived_on__isnull=True) if choice == "no" else Q(e_archive_on__lte=today)


def _aged(band: str, today: dt.date) -> Q:
    """Birth dates of everybody whose full years today lie in the band."""
    youngest, oldest = AGES[band]
    born = Q()
    if youngest is not None:
        born &= Q(birth_on__lte=years_before(today, youngest))
    if oldest is not None:
        born &= Q(birth_on__gt=years_before(today, oldest + 1))
    return born


def years_before(day: dt.date, years: int) -> dt.date:
    """The last birth date of somebody who has completed so many years on ``day``.

    Born on 29 February one turns on 1 March: from 28 February 2023 twenty-three years back is 28 February.

    >>> years_before(dt.date(2024, 2, 29), 1)
    datetime.date(2023, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return dt.date(day.year - years, 2, 28)


def chips_key(wanted: Wanted, actor: Actor) -> Hashable:
    """Everything that the chips depend on."""
    names = division_names([wanted.area]) if wanted.area else {}
    return ("chips of people", wanted, *names.values(), *(child_names(code) for code in actor.areas))


def chips(wanted: Wanted, actor: Actor) -> list[dict[str, Any]]:
    """The filters as the page shows them, each with links that set or clear it."""
    return [_area_chip(wanted, actor), *_fixed_chips(wanted)]


@lru_cache(maxsize=512)
def _fixed_chips(wanted: Wanted) -> list[dict[str, Any]]:
    """Those that are the same for everybody."""
    categories = code_table("person_category")
    return [
        _chip(wanted, "category", "人员类别", categories.names),
        _chip(wanted, "group", "类别组", {"VET": "退役军人类", "CARE": "重点优抚对象类"}),
        _chip(wanted, "age", "年龄", AGE_LABELS),
        _chip(wanted, "contact", "联系类别", code_table("contact_class").names),
        _chip(wanted, "complete", "档案完整度", COMPLETE_LABELS),
        _chip(wanted, "state", "在册", STATE_LABELS),
        _chip(wanted, "archive", "建档", ARCHIVE_LABELS),
        _chip(wanted, "doubt", "存疑", DOUBT_LABELS),
        _chip(wanted, "fresh", "更新", FRESH_LABELS),
    ]


def _chip(wanted: Wanted, name: str, label: str, choices: Mapping[str, str]) -> dict[str, Any]:
    value = getattr(wanted, name)
    if value:
        return {
            "label": label,
            "value": choices[value],
            "clear_url": wanted.url(**{name: ""}),
            "options": [],
        }
    options = [{"label": text, "url": link} for text, link in _links(wanted, name, choices)]
    return {"label": label, "value": "", "clear_url": "", "options": options}


def _links(wanted: Wanted, name: str, choices: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Label and address of each choice; the codes are letters and digits, so one address serves as pattern."""
    pattern = wanted.url(**{name: "CODE"})
    for code, text in choices.items():
        yield text, pattern.replace("CODE", code)


def _area_chip(wanted: Wanted, actor: Actor) -> dict[str, Any]:
    """Divisions one step below what is shown: from the actor's own down to the village."""
    if wanted.area:
        name = division_names([wanted.area]).get(wanted.area, wanted.area)
        return {"label": "区域", "value": name, "clear_url": wanted.url(area=""), "options": []}
    below = {area_code: name for code in actor.areas for area_code, name in child_names(code)}
    links = _links(wanted, "area", below)
    options = [{"label": text, "url": link} for text, link in links]
    return {"label": "区域", "value": "", "clear_url": "", "options": options}
