"""Rows of the list as its page shows them: the usual columns by a way of their own, chosen ones as cells of the ledger."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yizhou.core import crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.masking import mask_id_number
from yizhou.core.rows import seal_context
from yizhou.ledgers.columns import code_table
from yizhou.ledgers.exporting import writer_of
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.rendering import stored_rows
from yizhou.orgs.queries import division_names
from yizhou.people.categories import mask_of_group
from yizhou.people.essentials import essentials
from yizhou.people.models import Person
from yizhou.people.plugs import BULK, LIST_COLUMNS
from yizhou.people.queries.asking import COMPLETENESS, USUAL, label_of, ledger_columns
from yizhou.people.queries.filters import Wanted

CONTACT_STATES = {"KEY": "late", "FOCUS": "warn"}
SEX = {"1": "男", "2": "女"}
SORT_OF = {"household_area": "area", "birth_on": "birth"}
"""The sort behind the header of a column."""
AREA, RESIDENCE = "household_area", "residence_area"


@dataclass(frozen=True, slots=True)
class Listed:
    """A row as it came out of the page's statement, by name (``listing.COLUMNS``)."""

    id: int
    uid: uuid.UUID
    name: str
    sex: str
    birth_on: dt.date
    secret: Any
    category: str
    category_mask: int
    contact_class: str
    missing_count: int
    archived_on: dt.date | None
    household_area: str
    pinyin_full: str
    town: str | None
    village: str | None

    @property
    def area(self) -> str:
        """Town and village in words."""
        return f"{self.town or ''} {self.village or ''}"


def headers(wanted: Wanted, actor: Actor) -> list[dict[str, Any]]:
    """The name, then the usual columns with those of the packages above, or the chosen ones."""
    codes = wanted.cols.split(",") if wanted.cols else [*USUAL, *_further(actor)]
    return [
        _header(wanted, "姓名", "name"),
        *(_header(wanted, label_of(code), SORT_OF.get(code, "")) for code in codes),
    ]


def _further(actor: Actor) -> list[str]:
    return [column.name for column in LIST_COLUMNS.values() if actor.may(column.permission)]


def _header(wanted: Wanted, label: str, sort: str) -> dict[str, Any]:
    is_sorted = bool(sort) and wanted.sort == sort
    sort_url = wanted.url(sort=sort) if sort and not is_sorted else ""
    return {"label": label, "sort_url": sort_url, "sorted": "ascending" if is_sorted else ""}


def bulk_bar(wanted: Wanted, query: Mapping[str, str], actor: Actor) -> dict[str, Any] | None:
    """What can be done with the people ticked, or with all who fit; None for whoever may do nothing of it."""
    verbs = [verb for verb in BULK.values() if actor.may(verb.permission)]
    if not verbs:
        return None
    is_ticked = query.get("tick") == "page"
    kept = {name: query[name] for name in ("after", "before", "n") if query.get(name)}
    here = (
        [*wanted.pairs(), *kept.items()] if is_ticked else [*wanted.pairs(), *kept.items(), ("tick", "page")]
    )
    return {
        "verbs": [{"label": verb.label, "url": reverse(verb.url)} for verb in verbs],
        "wishes": wanted.pairs(),
        "ticked": is_ticked,
        "tick_url": "?" + urlencode(here),
    }


def shown(rows: Sequence[Sequence[Any]], actor: Actor, today: dt.date) -> list[dict[str, Any]]:
    """Rows in the usual columns; whatever is the same for all of them is looked up once."""
    categories, contacts = code_table("person_category").names, code_table("contact_class").names
    veterans, now = mask_of_group("VET"), (today.month, today.day)
    ids = [row[0] for row in rows]
    extra = [LIST_COLUMNS[name].values(ids, actor) for name in _further(actor)]
    found = []
    for (
        row_id,
        uid,
        name,
        sex,
        born,
        secret,
        category,
        mask,
        contact,
        missing,
        archived,
        *_,
        town,
        village,
    ) in rows:
        found.append(
            {
                "uid": uid,
                "url": f"/people/{uid}/",
                "name": name,
                "note": f"{SEX.get(sex, '')} · {today.year - born.year - (now < (born.month, born.day))}",
                "id_number": _masked_number(uid, bytes(secret)) if secret else "",
                "category": categories.get(category, category),
                "area": f"{town or ''} {village or ''}",
                "contact": contacts.get(contact, ""),
                "contact_state": CONTACT_STATES.get(contact, ""),
                "archived": archived.isoformat() if archived else "",
                "completeness": completeness(missing, is_vet=bool(mask & veterans)),
                "extra": [column.get(row_id, "") for column in extra],
            }
        )
    return found


def shown_chosen(
    rows: Sequence[Sequence[Any]], codes: Sequence[str], actor: Actor, today: dt.date
) -> list[dict[str, Any]]:
    """Rows in the columns chosen: one look-up for all of a page, masked as the ledger is masked."""
    listed = [Listed(*row) for row in rows]
    ids = [row.id for row in listed]
    further = {code: LIST_COLUMNS[code].values(ids, actor) for code in codes if code in LIST_COLUMNS}
    cells = _ledger_cells(listed, codes)
    veterans, now = mask_of_group("VET"), (today.month, today.day)
    found = []
    for row in listed:
        own = cells.get(row.id, {})
        share = completeness(row.missing_count, is_vet=bool(row.category_mask & veterans))
        special = {
            COMPLETENESS: f"{share}%",
            **{code: column.get(row.id, "") for code, column in further.items()},
        }
        born = row.birth_on
        found.append(
            {
                "uid": row.uid,
                "url": f"/people/{row.uid}/",
                "name": row.name,
                "note": f"{SEX.get(row.sex, '')} · {today.year - born.year - (now < (born.month, born.day))}",
                "cells": [special[code] if code in special else own.get(code, "") for code in codes],
            }
        )
    return found


def _ledger_cells(listed: Sequence[Listed], codes: Sequence[str]) -> dict[int, dict[str, str]]:
    """Cells of the ledger's columns among the codes by inner id; divisions by their names."""
    bound, columns = LEDGERS["people"], [c for c in ledger_columns(codes) if c.field in codes]
    if not columns:
        return {}
    writers = {c.field: writer_of(c, plain=False) for c in columns}
    people = Person.objects.everywhere("rows of the page").filter(pk__in=[row.id for row in listed])
    stored = list(stored_rows(bound, people))
    living = {row[RESIDENCE] for row in stored if row[RESIDENCE]} if RESIDENCE in codes else set()
    places = division_names(sorted(living)) if living else {}
    areas = {row.id: row.area for row in listed}
    found = {}
    for row in stored:
        cells = {name: write(row[name]) for name, write in writers.items() if row.get(name) is not None}
        if AREA in writers:
            cells[AREA] = areas[row["id"]]
        if living and RESIDENCE in cells:
            cells[RESIDENCE] = places.get(cells[RESIDENCE], cells[RESIDENCE])
        found[row["id"]] = cells
    return found


@lru_cache(maxsize=20_000)
def _masked_number(uid: uuid.UUID, secret: bytes) -> str:
    """The masked number, and nothing else, is remembered: opening is the dearest part of a row, and the same first
    pages are looked at all day."""
    opened = crypto.unpack(keyring(), seal_context(Person._meta.db_table, uid), secret)
    return mask_id_number(opened.get("id_number"))


@lru_cache(maxsize=256)
def completeness(missing: int, *, is_vet: bool) -> int:
    """Per cent of the essentials that are filled, whole and rounded down: 100 means that none is missing."""
    wanted = len(essentials(veteran=is_vet))
    return max(0, 100 * (wanted - missing) // wanted)
