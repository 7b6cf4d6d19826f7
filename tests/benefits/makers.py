"""Lines of payrolls, written straight into the table."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import person
from yizhou.benefits.models import BenefitPayment
from yizhou.people.models import Person

_numbers = itertools.count(1)


def line(who: Person | None = None, **values: Any) -> BenefitPayment:
    """A thousand yuan for May that reached the account in June 2025."""
    given = {
        "line_no": f"F{next(_numbers)}",
        "pay_month": "2025-05",
        "person": who or person(),
        "benefit": "DISABILITY",
        "base_amount_fen": 100_000,
        "status": "PAID",
        "paid_on": dt.date(2025, 6, 1),
    }
    return BenefitPayment.objects.create(**(given | values))
