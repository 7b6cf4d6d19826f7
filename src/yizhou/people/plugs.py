"""What packages above put on the person page: entries of the life axis, panels, cards beside the axis.

A package declares them in its ``panels.py``; the page shows what the reader may see, in order::

    AXIS.add("cases", AxisSource("cases", case_entries))
    PANELS.add("cases", Panel("cases", "办件", "cases.view_case", count_cases, cases_context, "cases/_panel.html", 30))
    ASIDES.add("household", Aside("household", "家庭与联系", "people.view_person", household, order=20))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from yizhou.core.actor import Actor
from yizhou.core.registry import Registry
from yizhou.people.models import Person

Ring = Literal["axis", "party", "smart", "growth", "care", "glory"]
Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class AxisEntry:
    """One entry of the life axis.

    ``ring`` colours it by the ring of service; ``tag`` with ``tag_state`` ("", ok, warn, late, info) stands
    behind the title; ``now`` marks what is still under way. ``stage`` is left empty by packages: the page puts the
    entry into the stage of life of its date. ``precision`` says how much of the date is known.
    """

    on: dt.date
    title: str
    text: str = ""
    ring: Ring = "axis"
    tag: str = ""
    tag_state: str = ""
    url: str = ""
    stage: str = ""
    precision: Precision = "day"
    now: bool = False


@dataclass(frozen=True, slots=True)
class AxisSource:
    """Where entries come from. ``entries`` answers within the actor's scope, in one or two queries, newest first."""

    name: str
    entries: Callable[[Person, Actor], Sequence[AxisEntry]]
    permission: str = "people.view_person"


@dataclass(frozen=True, slots=True)
class Panel:
    """A tab of the person page with its own address ``/people/<uid>/<name>/``.

    ``count`` is shown on the tab (None: no number) and costs at most one query; ``context`` is what ``template``
    (a fragment without a frame) is rendered with, beside ``person`` and ``actor``.
    """

    name: str
    title: str
    permission: str
    count: Callable[[Person, Actor], int | None]
    context: Callable[[Person, Actor], Mapping[str, Any]]
    template: str
    order: int = 50
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What an aside shows: either ``entitlements`` (items of entitlements.html) or ``rows`` (lines of card.html).

    ``link`` is ``{"label", "url"}`` for the corner of the card.
    """

    note: str = ""
    rows: Sequence[Mapping[str, Any]] = ()
    entitlements: Sequence[Mapping[str, Any]] = ()
    link: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A card beside the axis (一人一策, 家庭与联系); ``card`` answers None where there is nothing to show."""

    name: str
    title: str
    permission: str
    card: Callable[[Person, Actor], Card | None]
    order: int = 50


@dataclass(frozen=True, slots=True)
class PersonTag:
    """A tag behind the name ("参战", "优待证"); packages above add theirs through ``TAGS``."""

    text: str
    state: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PersonFact:
    """One more fact of the header (优待证, 联络员): masked already, ``tag`` with ``state`` behind the value."""

    label: str
    value: str
    tag: str = ""
    state: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a form sheet: a value for each of its headers, masked, and the page that tells more."""

    values: Sequence[str]
    url: str


@dataclass(frozen=True, slots=True)
class FormSheet:
    """What a section of the collection form shows of a package that keeps it on pages of its own (优待证)."""

    title: str
    headers: Sequence[str]
    rows: Sequence[FormRow]
    add_url: str = ""


@dataclass(frozen=True, slots=True)
class Quick:
    """Something that can be started from the person's page (发起事项, 记录走访)."""

    label: str
    permission: str
    url: Callable[[Person], str]
    kind: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Start:
    """How a service item is started for a person: ``url`` gets the person and the item's code."""

    label: str
    permission: str
    url: Callable[[Person, str], str]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A further column of the list of people; ``values`` answers for one page of inner ids in one query.

    A value is a text, or ``{"text", "state"}`` to show it as a tag.
    """

    name: str
    title: str
    permission: str
    values: Callable[[Sequence[int], Actor], Mapping[int, str | Mapping[str, str]]]
    order: int = 50


@dataclass(frozen=True, slots=True)
class BulkVerb:
    """Something done with the people ticked on the list, or with everybody who fits its filters.

    The page at ``url`` (a URL name) is asked with the wishes of the list, ``who`` and ``ids``; ``asking.told`` reads them.
    """

    label: str
    permission: str
    url: str


@dataclass(frozen=True, slots=True)
class ListMenu:
    """A menu above the list of people, fetched when it is opened: the list itself does not wait for it.

    ``url`` (a URL name) answers with the links for the wishes in its query; ``page`` is where it leads without script.
    """

    label: str
    permission: str
    url: str
    page: str


AXIS: Registry[AxisSource] = Registry("axis sources")
PANELS: Registry[Panel] = Registry("panels of the person page")
ASIDES: Registry[Aside] = Registry("cards of the person page")
TAGS: Registry[Callable[[Person, Actor], Sequence[PersonTag]]] = Registry("tags of the person page")
FACTS: Registry[Callable[[Person, Actor], Sequence[PersonFact]]] = Registry("facts of the person page")
FORM: Registry[Callable[[Person, Actor], FormSheet]] = Registry(
    "sheets of the collection form kept elsewhere"
)
"""By the name that a section of ``data/collection_form.toml`` gives as its plug."""
QUICK: Registry[Quick] = Registry("starting points of the person page")
LIST_COLUMNS: Registry[ListColumn] = Registry("columns of the list of people")
STARTS: Registry[Start] = Registry("ways to start a service item")
MOVED: Registry[Callable[[UUID], UUID | None]] = Registry("where a file that is gone went")
"""The public id of the file into which one that is no longer there was merged."""
GONE_NUMBERS: Registry[Callable[[Sequence[str | None]], Sequence[bool]]] = Registry(
    "numbers of files that are gone"
)
"""Of many identity numbers, which belong to files that were merged into others and must not be opened anew."""
ARRIVED: Registry[Callable[[Sequence[int]], None]] = Registry("who hears of files that are new")
"""Told, in the writing transaction, of files that are new, came in a file again, or bear another name: may only queue."""
QUALITY: Registry[Callable[[str, Actor], Card | None]] = Registry("cards of the page of data quality")
"""What else there is to mend in an area ("" for all): a card's note, rows and link; None for who may not see it."""
BULK: Registry[BulkVerb] = Registry("verbs for many people of the list")
LIST_MENUS: Registry[ListMenu] = Registry("menus above the list of people")
