"""Rows of petitions, legal services and advisors, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import COUNTY, LAST, index
from yizhou.petitions.models import Advisor, LegalService, Petition, PetitionStep

MID = dt.date(2025, 6, 1)
_numbers = itertools.count(1)


def petition(*steps: str, done_on: dt.date = MID, **values: Any) -> Petition:
    """Somebody who came alone in the middle of 2025, with ``steps`` done and the matter settled."""
    given = {
        "petition_no": f"X{next(_numbers)}",
        "channel": "VISIT",
        "registered_on": MID,
        "name": "信访人",
        "persons": 1,
        "area": COUNTY,
        "closed_on": MID,
        "outcome": "RESOLVED",
    }
    found = Petition.objects.create(**(given | values))
    for name in steps:
        step(found, name, done_on=done_on)
    return found


def step(of: Petition, name: str, **values: Any) -> PetitionStep:
    """A step of the six."""
    given = {"petition": of, "step": name, "done_on": MID}
    return PetitionStep.objects.create(**(given | values))


def legal(kind: str = "CONSULT", **values: Any) -> LegalService:
    """Somebody counselled in the middle of the year 2025, not yet asked how it was."""
    given = {
        "service_no": f"F{next(_numbers)}",
        "kind": kind,
        "requested_on": dt.date(2024, 6, 1),
        "persons": 1,
        "area": COUNTY,
        "served_on": MID,
    }
    return LegalService.objects.create(**(given | values))


def advisor(who: str = "甲", **values: Any) -> Advisor:
    """A mentor of founders, appointed long ago to the end of the period."""
    given = {
        "id_number_index": index(who),
        "name": who,
        "kind": "STARTUP",
        "term_from": dt.date(2020, 1, 1),
        "term_to": LAST,
        "area": COUNTY,
    }
    return Advisor.objects.create(**(given | values))
