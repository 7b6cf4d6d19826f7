"""Periods to compare with and months to draw. Pure: days come as arguments."""

from __future__ import annotations

import datetime as dt

Period = tuple[dt.date, dt.date]
DAY = dt.timedelta(days=1)


def earlier(first: dt.date, last: dt.date, end: dt.date) -> Period:
    """As many days of the period before as have passed of one that runs from ``first`` to ``end`` and is told until ``last``.

    Whole months are compared with as many whole months.

    >>> earlier(dt.date(2026, 3, 1), dt.date(2026, 3, 31), dt.date(2026, 3, 31))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    >>> earlier(dt.date(2026, 4, 1), dt.date(2026, 5, 12), dt.date(2026, 6, 30))
    (datetime.date(2026, 1, 1), datetime.date(2026, 2, 12))
    >>> earlier(dt.date(2026, 3, 9), dt.date(2026, 3, 11), dt.date(2026, 3, 15))
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 4))
    """
    if first.day == 1 and (end + DAY).day == 1:
        months = (end.year - first.year) * 12 + end.month - first.month + 1
        start = month_before(first, months)
        return start, first - DAY if last == end else month_before(last, months)
    days = (end - first) + DAY
    return first - days, last - days


def month_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, last_day(year, month + 1)))


def last_day(year: int, month: int) -> int:
    """How many days the month has."""
    return (dt.date(year + month // 12, month % 12 + 1, 1) - DAY).day


def months_until(last: dt.date, count: int) -> list[Period]:
    """So many calendar months, the latest one up to ``last``.

    >>> months_until(dt.date(2026, 1, 20), 2)
    [(datetime.date(2025, 12, 1), datetime.date(2025, 12, 31)), (datetime.date(2026, 1, 1), datetime.date(2026, 1, 20))]
    """
    firsts = [month_before(last.replace(day=1), n) for n in range(count - 1, -1, -1)]
    return [(first, min(last, first.replace(day=last_day(first.year, first.month)))) for first in firsts]


def since_months(last: dt.date, months: int) -> dt.date:
    """The first day of as many months as end with ``last``.

    >>> since_months(dt.date(2025, 12, 31), 3), since_months(dt.date(2026, 3, 2), 12)
    (datetime.date(2025, 10, 1), datetime.date(2025, 3, 3))
    """
    return month_before(last + DAY, months)
