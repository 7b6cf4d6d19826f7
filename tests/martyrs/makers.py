"""Rows of martyrs, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import COUNTY
from yizhou.martyrs.models import Martyr

_numbers = itertools.count(1)


def martyr(approved_on: dt.date | None, **values: Any) -> Martyr:
    """A martyr whose approved text names its source."""
    given = {
        "martyr_no": f"L{next(_numbers)}",
        "name": "烈士",
        "native_area": COUNTY,
        "bio_status": "OFFICIAL",
        "bio_sources": "县志",
        "bio_approved_on": approved_on,
    }
    return Martyr.objects.create(**(given | values))
