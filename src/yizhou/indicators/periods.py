"""Periods to choose from and what an address says about one. Pure: the day comes as an argument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

Period = tuple[dt.date, dt.date]


def year_of(day: dt.date) -> Period:
    """The whole year."""
    return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)


def months(year: int, first: int, count: int) -> Period:
    """So many whole months from the first one.

    >>> months(2024, 1, 2)
    (datetime.date(2024, 1, 1), datetime.date(2024, 2, 29))
    """
    after = dt.date(year + (first + count - 1) // 12, (first + count - 1) % 12 + 1, 1)
    return dt.date(year, first, 1), after - dt.timedelta(days=1)


def presets(today: dt.date) -> list[tuple[str, Period]]:
    """Year, year before, half, quarter and month in which the day lies, and the month before."""
    before = today.replace(day=1) - dt.timedelta(days=1)
    return [
        ("本年", year_of(today)),
        ("上年", year_of(today.replace(month=1, day=1) - dt.timedelta(days=1))),
        ("半年", months(today.year, 1 if today.month <= 6 else 7, 6)),
        ("本季", months(today.year, (today.month - 1) // 3 * 3 + 1, 3)),
        ("本月", months(today.year, today.month, 1)),
        ("上月", months(before.year, before.month, 1)),
    ]


def asked(query: Mapping[str, str], today: dt.date) -> Period:
    """The period of an address; the current year where it says none or nonsense."""
    try:
        first, last = dt.date.fromisoformat(query["from"]), dt.date.fromisoformat(query["to"])
    except (KeyError, ValueError):
        return year_of(today)
    return (first, last) if first <= last else year_of(today)


def quarters(first: dt.date, last: dt.date) -> list[tuple[str, Period]]:
    """Calendar quarters inside a period of at most two years, cut off at its ends; less than two make none."""
    if (last - first).days > 731:
        return []
    found = []
    for year in range(first.year, last.year + 1):
        for n in range(4):
            start, end = months(year, 3 * n + 1, 3)
            if start <= last and end >= first:
                found.append((f"{year} 年{'一二三四'[n]}季度", (max(start, first), min(end, last))))
    return found if len(found) > 1 else []
