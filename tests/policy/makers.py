"""Policy documents of a small invented county, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import COUNTY
from yizhou.policy.models import PolicyDocument

LONG_AGO = dt.date(2020, 1, 1)
_numbers = itertools.count(1)


def document(role: str, **values: Any) -> PolicyDocument:
    """A document of the county, in force with no end set."""
    number = next(_numbers)
    given = {
        "doc_no": f"D{number}",
        "title": f"{number} 号文件",
        "role": role,
        "effective_from": LONG_AGO,
        "area": COUNTY,
    }
    return PolicyDocument.objects.create(**(given | values))
