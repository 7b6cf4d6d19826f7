"""Rows of contacts and of what is given, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import index, person
from yizhou.people.models import Person
from yizhou.visits.models import ComfortPayment, ContactAssignment

_numbers = itertools.count(1)


def contact(of: Person, staff: str = "联系人", **values: Any) -> ContactAssignment:
    """A contact for years; whether he holds a post is another matter."""
    given = {
        "person": of,
        "staff_index": index(staff),
        "assigned_on": dt.date(2020, 1, 1) + dt.timedelta(days=next(_numbers)),
    }
    return ContactAssignment.objects.create(**(given | values))


def comfort(of: Person | None = None, **values: Any) -> ComfortPayment:
    """A hundred yuan for the Spring Festival, signed for in February 2025."""
    given = {
        "payment_no": f"Q{next(_numbers)}",
        "person": of or person(),
        "occasion": "SPRING",
        "form": "CASH",
        "amount_fen": 10_000,
        "paid_on": dt.date(2024, 12, 1),
        "signed_on": dt.date(2025, 2, 1),
    }
    return ComfortPayment.objects.create(**(given | values))
