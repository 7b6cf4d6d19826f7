"""What an address of the list asks for beside filters: which columns are shown, and which people are ticked.

``cols`` are codes of columns, ``ids`` public ids, each joined by commas. A form sends them one by one, with ``who`` for
whom something is done: the ticked ones, or everybody who fits the filters.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict

from yizhou.core.actor import Actor
from yizhou.ledgers.columns import Column, layouts
from yizhou.people.plugs import LIST_COLUMNS
from yizhou.people.sensitive import hidden_from

NAME, COMPLETENESS = "name", "completeness"
USUAL = ("id_number", "category", "household_area", "contact_class", "archived_on", COMPLETENESS)
"""What the list shows beside the name when nobody chose."""
LABELS = {COMPLETENESS: "完整度", "archived_on": "建档", "household_area": "所属区域"}
"""Columns of the list that are called otherwise than in the ledger."""
COLS, IDS, WHO = "cols", "ids", "who"
TICKED, EVERYBODY = "ticked", "all"


def told(sent: QueryDict) -> dict[str, str]:
    """The address as plain texts. Whoever chose the ticked ones and ticked nobody asks for nobody, not for all."""
    query = {name: str(sent[name]) for name in sent}
    query.update({name: ",".join(sent.getlist(name)) for name in (COLS, IDS) if name in sent})
    who = query.pop(WHO, "")
    if who == EVERYBODY:
        query.pop(IDS, None)
    elif who == TICKED:
        query.setdefault(IDS, "")
    return query


def ticked(query: Mapping[str, str]) -> list[uuid.UUID] | None:
    """The people ticked; None when that is not what is asked for."""
    if IDS not in query:
        return None
    found = (_uid(text) for text in query[IDS].split(","))
    return list(dict.fromkeys(uid for uid in found if uid))


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """A column that a post may have shown: its code and its header."""

    code: str
    label: str


def choices(actor: Actor) -> Sequence[Choice]:
    """In the order of the ledger, the name apart, which is always shown; those hidden from the post are no choice."""
    closed = hidden_from(actor)
    own = [c for c in layouts()["people"].columns if c.field not in closed and c.field != NAME]
    more = [c for c in LIST_COLUMNS.values() if actor.may(c.permission)]
    return [
        *(Choice(c.field, label_of(c.field)) for c in own),
        Choice(COMPLETENESS, label_of(COMPLETENESS)),
        *(Choice(c.name, c.title) for c in more),
    ]


@lru_cache(maxsize=256)
def label_of(code: str) -> str:
    """The header of a column that may be shown."""
    if code in LABELS:
        return LABELS[code]
    return LIST_COLUMNS[code].title if code in LIST_COLUMNS else layouts()["people"][code].header


def chosen_columns(text: str, actor: Actor) -> str:
    """The codes among them that the post may have, once each, in their order; unknown ones are left out."""
    asked = set(text.split(","))
    return ",".join(choice.code for choice in choices(actor) if choice.code in asked)


def ledger_columns(codes: Collection[str]) -> list[Column]:
    """Columns of the ledger of these codes with the name, in the order of the ledger; all of them for none."""
    columns = layouts()["people"].columns
    return [c for c in columns if not codes or c.field == NAME or c.field in codes]
