"""Rows of assessments, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from yizhou.orgs.models import Station
from yizhou.stations.models import StationCheck

_numbers = itertools.count(1)
DAY = dt.date(2025, 6, 1)


def check(
    of: Station, program: str, on: dt.date | None = DAY, conclusion: str = "PASSED", **values: Any
) -> Station:
    """The station, assessed in a programme."""
    given = {
        "check_no": f"K{next(_numbers)}",
        "station": of,
        "program": program,
        "started_on": dt.date(2020, 1, 1),
        "concluded_on": on,
        "conclusion": conclusion if on else "",
    }
    StationCheck.objects.create(**(given | values))
    return of
