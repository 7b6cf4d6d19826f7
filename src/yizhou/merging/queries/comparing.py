"""What is compared of every file, read in slices: numbers are opened, turned into integers and let go at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.core.rows import seal_context
from yizhou.merging.rules import DIGITS, SCHEMA, trusted
from yizhou.people.models import Person

SLICE = 20_000
SOME = 200
"""Fresh files whose likes are asked for at once."""
EPOCH = dt.date(1970, 1, 1).toordinal()
COLUMNS = (
    "id",
    "uid",
    "secret",
    "name",
    "pinyin_full",
    "birth_on",
    "household_area",
    "enlisted_on",
)


def compared(progress: Callable[[str, float], None]) -> pl.DataFrame:
    """The columns of ``rules.SCHEMA`` of all files. It lives in memory only and holds no plain number as text."""
    people = Person.objects.everywhere("files of one person may lie in any two areas").order_by("id")
    total = max(people.count(), 1)
    slices, last = [], 0
    while rows := list(people.filter(pk__gt=last).values_list(*COLUMNS)[:SLICE]):
        slices.append(_frame(rows))
        last = rows[-1][0]
        progress("读取档案", min(sum(map(len, slices)) / total, 1.0))
    return pl.concat(slices) if slices else pl.DataFrame(schema=SCHEMA)


def compared_around(ids: Sequence[int]) -> pl.DataFrame:
    """The same columns of these files and of all that could be found alike: no other is opened.

    Every rule asks for the same sound of the name, the same phone, or the same birth and village.
    """
    everybody = Person.objects.everywhere("files of one person may lie in any two areas")
    found: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(ids), SOME):
        some = {
            row[0]: row
            for row in everybody.filter(pk__in=ids[start : start + SOME]).values_list(*COLUMNS, "phone_tail")
        }
        alike = [
            everybody.filter(pinyin_full__in={row[4] for row in some.values()}),
            everybody.filter(phone_tail__in={row[-1] for row in some.values()} - {None}),
            everybody.filter(
                birth_on__in={row[5] for row in some.values()},
                household_area__in={row[6] for row in some.values()},
            ),
        ]
        found |= {pk: row[:-1] for pk, row in some.items()}
        for rows in alike:
            found |= {row[0]: row for row in rows.values_list(*COLUMNS)}
    return _frame(list(found.values())) if found else pl.DataFrame(schema=SCHEMA)


def _frame(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    table = Person._meta.db_table
    ids, uids, secrets, names, pinyin, born, village, enlisted = zip(*rows, strict=True)
    contexts = [seal_context(table, uid) for uid in uids]
    opened = crypto.unpack_many(keyring(), contexts, secrets)
    numbers = [values.get("id_number") or "" for values in opened]
    judged = pl.DataFrame({"number": numbers, "born": born}, schema={"number": pl.String, "born": pl.Date})
    return pl.DataFrame(
        {
            "id": ids,
            "number": [_digits(number[:DIGITS], DIGITS) for number in numbers],
            "name": names,
            "pinyin": pinyin,
            "born": [_day(day) for day in born],
            "village": village,
            "phone": [_digits(values.get("phone") or "", 1) for values in opened],
            "enlisted": [_day(day) for day in enlisted],
            "trusted": judged.select(trusted("number", "born")).to_series(),
        },
        schema=SCHEMA,
    )


def _digits(text: str, least: int) -> int | None:
    return int(text) if len(text) >= least and text.isascii() and text.isdigit() and len(text) <= 18 else None


def _day(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal() - EPOCH
