"""What a new database gets before anything else: the official calendar of the years already published."""

from __future__ import annotations

from yizhou.core.workdays import LAST_OFFICIAL_YEAR
from yizhou.orgs.actions import seed_calendar
from yizhou.orgs.models import WorkCalendarYear

FIRST_YEAR = 2015


def is_seeded() -> bool:
    """Whether the facts have been entered."""
    return WorkCalendarYear.objects.exists()


def seed_facts() -> None:
    """Enter the work calendar once; later years are entered by an administrator each November."""
    if not is_seeded():
        seed_calendar(range(FIRST_YEAR, LAST_OFFICIAL_YEAR + 1))
