"""Periods to compare with and months to draw. Pure: days come as arguments."""

from __future__ import annotations

import datetime as dt

from yizhou.indicators.periods import DAY, Period, last_day, month_before


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
