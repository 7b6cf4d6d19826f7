"""Talents of a small invented county, written straight into the tables."""

import datetime as dt
from typing import Any

from yizhou.people.models import Person
from yizhou.training.models import Talent


def talent(who: Person, **values: Any) -> Talent:
    """A reserve of the village, still in training."""
    given = {
        "person": who,
        "kind": "VILLAGE_RESERVE",
        "batch_year": 2025,
        "started_on": dt.date(2024, 9, 1),
    }
    return Talent.objects.create(**(given | values))
