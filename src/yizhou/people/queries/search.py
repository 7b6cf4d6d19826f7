"""Finding persons by whatever the clerk types: number, phone, its last four, name, pinyin (ADR 0010).

Every shape is one index: exact blind index, tail index, index of name characters, ranges over pinyin. Answers
are plain rows; only the few that are shown are opened to mask their number.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import F, Q, QuerySet

from yizhou.core import crypto, id_numbers
from yizhou.core.actor import Actor
from yizhou.core.bulk import is_postgres
from yizhou.core.keys import keyring
from yizhou.core.masking import mask_id_number
from yizhou.core.pinyin import query_key
from yizhou.core.rows import seal_context
from yizhou.core.text import bare_name, normalise_cell
from yizhou.people.models import Person, PersonQuerySet

COLUMNS = ("id", "uid", "name", "sex", "birth_on", "household_area", "category", "secret")
INITIALS = ("pinyin_initials", "pinyin_initials_other")
FULL = ("pinyin_full", "pinyin_full_other")
NEVER_INITIAL = frozenset("iuv")
"""Letters with which no syllable begins: a key that holds one is no row of initials."""
VOWELS = frozenset("aeiouv")
ROOM = 4
"""How many times the limit is fetched where hits are verified afterwards."""
TOWN_DIGITS, VILLAGE_DIGITS = 9, 12
"""For actors whose areas are so small the few people there are read instead of a very common key's index."""
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"\d{17}[\dX]|\d{15}", re.IGNORECASE)),
    ("phone", re.compile(r"1[3-9]\d{9}")),
    ("tail", re.compile(r"\d{4}")),
    ("pinyin", re.compile(r"[a-zü'’ ]+", re.IGNORECASE)),
    ("name", re.compile(r"[^\x00-\x7f].*|.*[^\x00-\x7f]")),
)

Shape = Literal["number", "phone", "tail", "pinyin", "name", ""]
Row = tuple[int, uuid.UUID, str, str, dt.date, str, str, bytes]


@dataclass(frozen=True, slots=True)
class Found:
    """One hit. ``id_number`` is masked; ``exact`` means that the text can mean nobody else."""

    id: int
    uid: uuid.UUID
    name: str
    sex: str
    birth_on: dt.date
    area: str
    category: str
    id_number: str
    exact: bool = False


def shape_of(text: str) -> tuple[Shape, str]:
    """What a text is, and the key to look it up by; an empty shape is nothing that can be searched.

    >>> shape_of("１２３４"), shape_of("Zhang San"), shape_of("买买提·阿")
    (('tail', '1234'), ('pinyin', 'zhangsan'), ('name', '买买提阿'))
    """
    plain = normalise_cell(text) or ""
    for shape, pattern in SHAPES:
        if pattern.fullmatch(plain):
            key = _key(shape, plain)
            return (shape, key) if key else ("", "")  # type: ignore[return-value]  # names of the table above
    return "", ""


def _key(shape: str, text: str) -> str:
    if shape == "number":
        number = id_numbers.normalise(text)
        return id_numbers.from_15(number) if id_numbers.is_15(number) else number
    if shape == "pinyin":
        return query_key(text)
    return bare_name(text) if shape == "name" else text


def search_people(text: str, actor: Actor, limit: int = 20) -> list[Found]:
    """Persons inside the actor's scope whom ``text`` may mean, at the most ``limit``."""
    shape, key = shape_of(text)
    if not shape:
        return []
    people = Person.objects.visible_to(actor)
    if shape == "number":
        rows: Iterable[Row] = _rows(people.filter(id_number_index=crypto.blind_index(keyring(), key)), 1)
    elif shape == "phone":
        tail = crypto.tail_index(keyring(), key[-4:])
        rows = [r for r in _rows(people.filter(phone_tail=tail), 500) if _opened(r).get("phone") == key]
    elif shape == "tail":
        # The + keeps the planner from walking the areas in their order instead of the few with this tail.
        rows = _rows(people.filter(phone_tail=crypto.tail_index(keyring(), key)).order_by(F("id") + 0), limit)
    elif shape == "name":
        rows = _by_name(people, key, actor, limit)
    else:
        rows = _by_pinyin(people, key, actor, limit)
    found = list(rows)[:limit]
    return [_found(row, exact=shape in ("number", "phone") and len(found) == 1) for row in found]


def _rows(people: QuerySet[Person], limit: int) -> list[Row]:
    return list(people.values_list(*COLUMNS)[:limit])


def _opened(row: Row) -> dict[str, str]:
    if not row[7]:
        return {}
    return crypto.unpack(keyring(), seal_context(Person._meta.db_table, row[1]), bytes(row[7]))


def _found(row: Row, *, exact: bool) -> Found:
    return Found(*row[:7], mask_id_number(_opened(row).get("id_number", "")), exact)


def _works_below(digits: int, actor: Actor) -> bool:
    return bool(actor.areas) and all(len(area) >= digits for area in actor.areas)


def _by_name(people: PersonQuerySet, key: str, actor: Actor, limit: int) -> list[Row]:
    """Names that contain the characters side by side."""
    if len(key) == 1 and _works_below(TOWN_DIGITS if is_postgres() else VILLAGE_DIGITS, actor):
        nearby = people.filter(name__contains=key).order_by("household_area", "id")
        # Numbers first: they and the names stand in an index that PostgreSQL need not leave (migration 0004).
        ids = list(nearby.values_list("id", flat=True)[:limit])
        return sorted(_rows(people.filter(id__in=ids), limit), key=lambda row: ids.index(row[0]))
    hits = people.filter(name_index__name__match=key)
    if len(key) == 1:
        return _rows(hits.order_by("id" if is_postgres() else "name_index__pk"), limit)
    # On PostgreSQL the + fences the primary key, which the planner would walk until enough names turn up.
    ordered = hits.order_by(F("id") + 0) if is_postgres() else hits.order_by("name_index__pk")
    rows = [row for row in _rows(ordered, limit * ROOM) if key in bare_name(row[2])]
    return sorted(rows, key=lambda row: bare_name(row[2]) != key)


def readings_for(key: str) -> tuple[str, ...]:
    """Which columns can begin with these letters: initials, whole pinyin, or either.

    >>> readings_for("cgl")[0], readings_for("chenguo")[0], len(readings_for("wang"))
    ('pinyin_initials', 'pinyin_full', 4)
    """
    if not NEVER_INITIAL.isdisjoint(key):
        return FULL
    # A syllable shows its vowel by the third letter (zhang).
    return INITIALS if len(key) >= 3 and VOWELS.isdisjoint(key[:3]) else (*INITIALS, *FULL)


def _by_pinyin(people: PersonQuerySet, key: str, actor: Actor, limit: int) -> list[Row]:
    """Names whose initials, or whole pinyin, begin with the letters, in either reading of the surname.

    Never ``startswith`` on the whole table, whose LIKE takes no index on SQLite. Each index is walked in its own
    order and left as soon as there are enough: one letter, or ``wang``, fits tens of thousands of people.
    """
    if len(key) == 1 and _works_below(VILLAGE_DIGITS, actor):
        nearby = people.filter(Q(pinyin_initials__startswith=key) | Q(pinyin_initials_other__startswith=key))
        return _rows(nearby.order_by("household_area", "id"), limit)
    found: dict[int, Row] = {}
    for column in readings_for(key):
        if len(found) < limit:
            # No pinyin has four z in a row.
            begins = people.filter(**{f"{column}__gte": key, f"{column}__lt": key + "zzzz"})
            found.update((row[0], row) for row in _rows(begins.order_by(column, "id"), limit))
    return list(found.values())
