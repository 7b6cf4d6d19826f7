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
from yizhou.people.models import Person, PersonQuerySet
from yizhou.people.queries.asking import COLS, chosen_columns
from yizhou.people.sensitive import SPECIAL, VIEW_SPECIAL

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
WAR_LABELS = {"yes": "参战", "no": "未参战"}
YEARS = {
    "1900-1949": "1950 年以前",
    **{f"{year}-{year + 9}": f"{year}–{year + 9} 年" for year in range(1950, 2020, 10)},
    "2020-2099": "2020 年以来",
}
"""Spans of years offered for the dates of service; both ends count."""
SORT_LABELS = {"area": "按区域", "name": "按姓名", "birth": "按出生日期", "newest": "按新入库"}
SORTS = {
    "area": ("household_area", False),
    "name": ("pinyin_full", False),
    "birth": ("birth_on", False),
    "newest": ("id", True),
}
"""By name: the column, and whether it runs down."""
CODED = {
    "sex": ("sex", "sex"),
    "placement": ("placement_mode", "placement_mode"),
    "employment": ("employment_status", "employment_status"),
    "politics": ("politics", "politics"),
    "disability": ("disability_level", "disability_level"),
    "special": ("special_type", "special_type"),
}
"""Filters by one code of a table: the column and its code table."""
CLOSED = tuple(name for name, (column, _) in CODED.items() if column in SPECIAL)
"""Filters on what is hidden from most posts: whoever may filter by a value knows it."""


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
    sex: str = ""
    placement: str = ""
    employment: str = ""
    war: str = ""
    enlisted: str = ""
    discharged: str = ""
    politics: str = ""
    disability: str = ""
    special: str = ""
    cols: str = ""
    sort: str = "area"

    @classmethod
    def read(cls, query: Mapping[str, str], actor: Actor) -> Wanted:
        """From the address; nonsense counts as not asked, and so does what the post may not see."""
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
            "war": WAR_LABELS,
            "enlisted": YEARS,
            "discharged": YEARS,
            "sort": SORTS,
            **{name: code_table(table).names for name, (_, table) in CODED.items()},
        }
        for name in () if actor.may(VIEW_SPECIAL) else CLOSED:
            del known[name]
        found = {name: query[name] for name, choices in known.items() if query.get(name) in choices}
        if query.get(COLS):
            found[COLS] = chosen_columns(query[COLS], actor)
        area = query.get("area", "")
        return cls(area=area if area.isascii() and area.isdigit() and len(area) == 12 else "", **found)

    def url(self, **changes: str) -> str:
        """Address of the list with some of the wishes changed."""
        return "?" + urlencode(replace(self, **changes).pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """What is asked for, by name, without what goes without saying."""
        pairs = [(name, getattr(self, name)) for name in self.__slots__]
        return [(k, v) for k, v in pairs if v and (k, v) != ("sort", "area")]


def in_sight(actor: Actor, wanted: Wanted, *before: Q) -> PersonQuerySet:
    """The persons whom the actor may see, in the area asked for.

    The narrower ends come first: of several lower ends on one column SQLite starts at the one that it reads first, and
    with the ends of a county before those of a village it would go through the county.
    """
    return Person.objects.filter(*before).in_area(wanted.area).visible_to(actor)


def narrowed(people: PersonQuerySet, wanted: Wanted, today: dt.date) -> PersonQuerySet:
    """The persons asked for, out of those that may be seen."""
    people = people.in_area(wanted.area).filter(_served(wanted))
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


def _served(wanted: Wanted) -> Q:
    """The conditions on sex, service, work and hardship."""
    found = Q(**{column: code for name, (column, _) in CODED.items() if (code := getattr(wanted, name))})
    if wanted.war:
        found &= Q(joined_war=wanted.war == "yes")
    for column, span in (("enlisted_on", wanted.enlisted), ("discharged_on", wanted.discharged)):
        if span:
            first, _, last = span.partition("-")
            found &= Q(
                **{f"{column}__gte": dt.date(int(first), 1, 1), f"{column}__lte": dt.date(int(last), 12, 31)}
            )
    return found


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
    below = (child_names(code) for code in actor.areas)
    return ("chips of people", wanted, actor.may(VIEW_SPECIAL), *names.values(), *below)


def chips(wanted: Wanted, actor: Actor) -> list[dict[str, Any]]:
    """The filters as the page shows them, each with links that set or clear it."""
    return [_area_chip(wanted, actor), *_fixed_chips(wanted, open_to_post=actor.may(VIEW_SPECIAL))]


@lru_cache(maxsize=512)
def _fixed_chips(wanted: Wanted, *, open_to_post: bool) -> list[dict[str, Any]]:
    """Those that are the same for every post of its sensitivity."""
    categories = code_table("person_category")
    labels = {"politics": "政治面貌", "disability": "伤残等级", "special": "困难类型"} if open_to_post else {}
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
        _chip(wanted, "sex", "性别", code_table("sex").names),
        _chip(wanted, "enlisted", "入伍", YEARS),
        _chip(wanted, "discharged", "退役", YEARS),
        _chip(wanted, "placement", "安置方式", code_table("placement_mode").names),
        _chip(wanted, "employment", "就业状况", code_table("employment_status").names),
        _chip(wanted, "war", "参战", WAR_LABELS),
        *(_chip(wanted, name, label, code_table(CODED[name][1]).names) for name, label in labels.items()),
        _sort_chip(wanted),
    ]


def _sort_chip(wanted: Wanted) -> dict[str, Any]:
    """How the list runs; by area unless something else is asked for, and that is no chip to take away."""
    value = SORT_LABELS[wanted.sort] if wanted.sort != "area" else ""
    options = [{"label": text, "url": wanted.url(sort=name)} for name, text in SORT_LABELS.items()]
    return {"label": "排序", "value": value, "clear_url": wanted.url(sort="area"), "options": options}


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
