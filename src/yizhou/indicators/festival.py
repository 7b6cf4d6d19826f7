"""When the Spring Festival falls: months with it and months without it are not to be compared."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

from yizhou.indicators.periods import Term

NAME = "春节"
ARMY_DAY_MONTH = 8


@lru_cache(maxsize=32)
def spring_festival(year: int) -> dt.date:
    """The first day of the lunar year.

    >>> spring_festival(2024), spring_festival(2025)
    (datetime.date(2024, 2, 10), datetime.date(2025, 1, 29))
    """
    days = holidays.country_holidays("CN", years=year, language="zh_CN")
    return min(day for day, name in days.items() if name == NAME)


def holds_spring_festival(term: Term) -> bool:
    """Whether it is a month with the festival in it, this year or the year before."""
    years = (term.year, term.year - 1)
    return term.kind == "monthly" and any(spring_festival(year).month == term.part for year in years)


def is_occasion_month(term: Term) -> bool:
    """Whether people are greeted in it: the month of this year's Spring Festival, and that of Army Day."""
    return term.part in (spring_festival(term.year).month, ARMY_DAY_MONTH)
