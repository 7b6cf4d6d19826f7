"""For where and when a number is asked: the area and the period, as ledgers.md §5 understands them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from yizhou.core.scope import ScopedQuerySet, prefix_of, within

Q_ = TypeVar("Q_", bound=ScopedQuerySet)  # type: ignore[type-arg]  # whatever rows it holds
WHY = "指标按区划前缀计算，调用前已核对区划在用户范围内"


@dataclass(frozen=True)
class Scope:
    """``area``: division code or "" for all rows; ``first`` 期初 and ``last`` 期末, both included.

    Whoever makes one for a person has checked that the area lies inside what the person may see. ``everything``
    says that no division lies outside the area: then rows need not be looked up by their division.
    """

    area: str
    first: dt.date
    last: dt.date
    everything: bool = False

    def within(self, rows: Q_) -> Q_:
        """Rows of the owning ledger inside the area (§5.6)."""
        return rows.everywhere(WHY).in_area("" if self.everything else self.area)

    def whole(self, rows: Q_) -> Q_:
        """Rows of any further ledger: not narrowed by area (§5.6)."""
        return rows.everywhere(WHY)

    def inside(self, field: str) -> Q:
        """A division code of another table that lies inside the area."""
        return within(field, [prefix_of(self.area)]) if self.area and not self.everything else Q()

    def dated(self, field: str) -> Q:
        """期内 of a date (§5.1); an empty date is in no period."""
        return Q(**{f"{field}__gte": self.first, f"{field}__lte": self.last})

    def timed(self, field: str) -> Q:
        """期内 of a moment: from 00:00:00 of the first to 23:59:59 of the last day, local time (§5.1)."""
        return Q(**{f"{field}__gte": start_of(self.first), f"{field}__lt": start_of(_next(self.last))})

    def timed_by_end(self, field: str) -> Q:
        """A moment on or before the last day."""
        return Q(**{f"{field}__lt": start_of(_next(self.last))})

    def standing(self, since: str, until: str) -> Q:
        """时点 with an end that is an event (§5.2): begun by the last day; ended not at all, or after it."""
        return Q(**{f"{since}__lte": self.last}) & self.not_ended(until)

    def lasting(self, since: str, until: str) -> Q:
        """时点 with an end that is the last day (止期, §5.2): begun by the last day; ended not at all, or not before it."""
        return Q(**{f"{since}__lte": self.last}) & (
            Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": self.last})
        )

    def overlapping(self, since: str, until: str) -> Q:
        """In course on a day of the period: begun by its last day; with no last day (止期), or one not before its first."""
        return Q(**{f"{since}__lte": self.last}) & (
            Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": self.first})
        )

    def not_ended(self, until: str) -> Q:
        """The event that ends it has not happened by the last day."""
        return Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": self.last})

    def at(self, area: str) -> Scope:
        """The same period elsewhere."""
        return replace(self, area=area, everything=False)

    def during(self, first: dt.date, last: dt.date) -> Scope:
        """The same area in another period."""
        return replace(self, first=first, last=last)

    def a_year_earlier(self) -> Scope:
        """The same days of the year before; 29 February answers with the 28th."""
        return replace(self, first=_year_before(self.first), last=_year_before(self.last))

    def covers(self, area: str) -> bool:
        """Whether a division lies inside."""
        return not self.area or area.startswith(prefix_of(self.area))


def start_of(day: dt.date) -> dt.datetime:
    """00:00:00 local time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _next(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def _year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
