"""Months of benefits around a death or a move: what stops when, what was paid beyond, what is missing. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

REGULAR = ("DISABILITY", "SURVIVOR", "ILLNESS", "WAR", "RURAL_OLD", "DEMOBBED", "MARTYR_CHILD")
"""Benefits that are paid month by month."""
FUNERAL_MONTHS = {"SURVIVOR": 6, "DISABILITY": 12, "WAR": 6}
"""丧葬补助: months of the benefit that are paid on (军人抚恤优待条例第22、32、62条【核S1】)."""


def month_of(day: dt.date) -> str:
    """2026-03 of a day."""
    return f"{day:%Y-%m}"


def month_after(month: str) -> str:
    """The next month.

    >>> month_after("2025-12")
    '2026-01'
    """
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def stop_month(died_on: dt.date) -> str:
    """死亡次月起停发: the month of death is still paid (handbook §11)."""
    return month_after(month_of(died_on))


def first_month_there(moved_out_on: dt.date) -> str:
    """The year of the move is paid where somebody came from, January after it where he went (handbook §11)."""
    return f"{moved_out_on.year + 1}-01"


def gaps(paid: Iterable[str], last: str) -> list[str]:
    """Months without payment from the first one paid to ``last``.

    >>> gaps(["2025-09", "2025-11"], "2025-12")
    ['2025-10', '2025-12']
    """
    there = set(paid)
    found = []
    month = min(there, default="9999-12")
    while month <= last:
        if month not in there:
            found.append(month)
        month = month_after(month)
    return found


def sixtieth(birth_on: dt.date) -> dt.date:
    """The day on which somebody turns sixty; born on 29 February one turns on 1 March.

    >>> sixtieth(dt.date(1964, 2, 29)), sixtieth(dt.date(1966, 3, 2))
    (datetime.date(2024, 2, 29), datetime.date(2026, 3, 2))
    """
    try:
        return birth_on.replace(year=birth_on.year + 60)
    except ValueError:
        return dt.date(birth_on.year + 60, 3, 1)
