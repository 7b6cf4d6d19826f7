"""The filtered list of people as an Excel file, masked."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from django.conf import settings

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.exporting import cells_of
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.writing import export_rows
from yizhou.people.models import Person, PersonQuerySet
from yizhou.people.queries.filters import Wanted, narrowed
from yizhou.people.sensitive import HIDDEN, hidden

LIMIT = 20_000
"""Rows written while somebody waits; more is a matter for the command line."""


def chosen(query: Mapping[str, str], actor: Actor, today: dt.date) -> PersonQuerySet:
    """The people the filters in the address ask for, oldest file first."""
    return narrowed(Person.objects.visible_to(actor), Wanted.read(query), today).order_by("id")


def write_people(query: Mapping[str, str], actor: Actor) -> IO[bytes]:
    """The file, open for reading and already gone from its folder, so that nothing is left behind."""
    bound = LEDGERS["people"]
    with tempfile.TemporaryDirectory(dir=settings.EXPORTS_DIR) as folder:
        path = Path(folder) / "people.xlsx"
        rows = chosen(query, actor, clock.today())[:LIMIT]
        export_rows(path, bound.layout.headers, _permitted_cells(cells_of(bound, rows, plain=False), actor))
        return path.open("rb")


def _permitted_cells(rows: Iterator[list[str]], actor: Actor) -> Iterator[list[str]]:
    """Columns beyond the actor's sensitivity say so instead of their value."""
    columns = LEDGERS["people"].layout.columns
    closed = [place for place, column in enumerate(columns) if hidden(column.field, actor)]
    for row in rows:
        for place in closed:
            row[place] = HIDDEN if row[place] else ""
        yield row
