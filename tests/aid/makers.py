"""Rows of aid, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import person
from yizhou.aid.models import AidCase, AidFamily
from yizhou.people.models import Person

_numbers = itertools.count(1)


def aided(who: Person | None = None, **values: Any) -> AidCase:
    """A hundred yuan paid in the middle of the year 2025."""
    given = {
        "aid_no": f"B{next(_numbers)}",
        "person": who or person(),
        "kind": "LIFE",
        "applied_on": dt.date(2024, 6, 1),
        "amount_fen": 10_000,
        "paid_on": dt.date(2025, 6, 1),
    }
    return AidCase.objects.create(**(given | values))


def listed(head: Person | None = None, **values: Any) -> AidFamily:
    """A household with a low income, listed long ago."""
    given = {
        "family_no": f"J{next(_numbers)}",
        "person": head or person(),
        "level": "LOW_INCOME",
        "listed_on": dt.date(2020, 1, 1),
    }
    return AidFamily.objects.create(**(given | values))
