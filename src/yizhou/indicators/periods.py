"""Periods to choose from and what an address says about one. Pure: the day comes as an argument."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Period = tuple[dt.date, dt.date]
DAY = dt.timedelta(days=1)
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)
"""Periods are asked between these, so that a year before and a year after exist."""


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
    """The period of an address; the current year where it says none, nonsense, or a time that is nobody's."""
    try:
        first, last = dt.date.fromisoformat(query["from"]), dt.date.fromisoformat(query["to"])
    except (KeyError, ValueError):
        return year_of(today)
    return (first, last) if EARLIEST <= first <= last < LATEST else year_of(today)


def quarter(n: int) -> str:
    """一季度 to 四季度."""
    return f"{'一二三四'[n - 1]}季度"


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


def quarters(first: dt.date, last: dt.date) -> list[tuple[str, Period]]:
    """Calendar quarters inside a period of at most two years, cut off at its ends; less than two make none."""
    if (last - first).days > 731:
        return []
    found = []
    for year in range(first.year, last.year + 1):
        for n in range(4):
            start, end = months(year, 3 * n + 1, 3)
            if start <= last and end >= first:
                found.append((f"{year} 年{quarter(n + 1)}", (max(start, first), min(end, last))))
    return found if len(found) > 1 else []


Kind = Literal["annual", "quarterly", "monthly"]
KINDS: dict[Kind, int] = {"annual": 1, "quarterly": 4, "monthly": 12}
"""Reports by how often they are written, with how many of them a year has."""

_CODE = re.compile(r"(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Term:
    """The time of a report: a year, one of its quarters or one of its months (``part`` counts from 1).

    >>> Term("quarterly", 2025, 3).code, Term("monthly", 2025, 9).label, Term.of("2025")
    ('2025-Q3', '2025 年 9 月', Term(kind='annual', year=2025, part=1))
    """

    kind: Kind
    year: int
    part: int = 1

    @classmethod
    def of(cls, code: str) -> Term:
        """From its code. Raises ``ValueError``."""
        found = _CODE.fullmatch(code)
        if not found:
            raise ValueError(code)
        if found[2]:
            return cls("quarterly", int(found[1]), int(found[2]))
        return cls("monthly", int(found[1]), int(found[3])) if found[3] else cls("annual", int(found[1]))

    @property
    def period(self) -> Period:
        """Its first and last day."""
        size = 12 // KINDS[self.kind]
        return months(self.year, (self.part - 1) * size + 1, size)

    @property
    def code(self) -> str:
        """2025, 2025-Q3 or 2025-09."""
        return (
            str(self.year)
            + {"annual": "", "quarterly": f"-Q{self.part}", "monthly": f"-{self.part:02d}"}[self.kind]
        )

    @property
    def label(self) -> str:
        """2025 年度, 2025 年第三季度, 2025 年 9 月."""
        if self.kind == "annual":
            return f"{self.year} 年度"
        return f"{self.year} 年{'第' if self.kind == 'quarterly' else ' '}{self.short}"

    @property
    def short(self) -> str:
        """全年, 三季度, 9 月: among others of its year."""
        if self.kind == "quarterly":
            return quarter(self.part)
        return "全年" if self.kind == "annual" else f"{self.part} 月"

    @property
    def span(self) -> str:
        """How its report calls it."""
        return {"annual": "全年", "quarterly": "本季", "monthly": "本月"}[self.kind]

    @property
    def previous(self) -> Term:
        """The one before of the same length."""
        if self.part > 1:
            return Term(self.kind, self.year, self.part - 1)
        return Term(self.kind, self.year - 1, KINDS[self.kind])

    @property
    def a_year_earlier(self) -> Term:
        """The same one of the year before."""
        return Term(self.kind, self.year - 1, self.part)

    @property
    def since_january(self) -> Period:
        """From the first of January to its end."""
        return dt.date(self.year, 1, 1), self.period[1]


class TermConverter:
    """A term in an address: ``annual/2025``, ``quarterly/2025/3``, ``monthly/2025/9``."""

    regex = r"annual/\d{4}|quarterly/\d{4}/[1-4]|monthly/\d{4}/(?:[1-9]|1[0-2])"

    def to_python(self, value: str) -> Term:
        """The term of an address that fits."""
        kind, year, *part = value.split("/")
        return Term(next(known for known in KINDS if known == kind), int(year), int(part[0]) if part else 1)

    def to_url(self, term: Term) -> str:
        """Its address."""
        return "/".join([term.kind, str(term.year), *([] if term.kind == "annual" else [str(term.part)])])
