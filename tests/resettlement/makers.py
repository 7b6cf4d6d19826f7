"""Rows of people taken over from the forces and of their insurance, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import COUNTY, at, person
from yizhou.cases.models import Case
from yizhou.people.models import Person
from yizhou.resettlement.models import InsuranceSupplement, ResettlementPerson

MID = dt.date(2025, 6, 1)
_numbers = itertools.count(1)


def taken_over(identity: str = "NCO", who: Person | None = None, **values: Any) -> ResettlementPerson:
    """Somebody who reported in the middle of the year 2025, and was not sent back."""
    given = {
        "person": who or person(),
        "batch_year": next(_numbers) + 1950,
        "identity": identity,
        "placement_mode": "ASSIGN_JOB",
        "area": COUNTY,
        "reported_on": MID,
    }
    return ResettlementPerson.objects.create(**(given | values))


def registered(of: ResettlementPerson, done: str | None = "2025-06-10 10:00:00", **values: Any) -> Case:
    """His household registered by a case that was due on 10 June."""
    given = {
        "case_no": f"L{next(_numbers)}",
        "item": "RET-02",
        "person": of.person,
        "area": of.person.household_area,
        "channel": "WINDOW",
        "applied_at": at("2025-06-02 09:00:00"),
        "accepted_at": at("2025-06-02 09:00:00"),
        "due_on": dt.date(2025, 6, 10),
        "completed_at": at(done) if done else None,
        "result": "DONE" if done else "",
        "status": "CLOSED" if done else "IN_PROGRESS",
    }
    return Case.objects.create(**(given | values))


def supplement(who: Person | None = None, **values: Any) -> InsuranceSupplement:
    """Arrears of pension insurance, reviewed and settled in the year 2025."""
    given = {
        "person": who or person(),
        "insurance": "PENSION",
        "applied_on": dt.date(2025, 3, 1),
        "review_result": "PASS",
        "reviewed_on": dt.date(2025, 4, 1),
        "done_on": dt.date(2025, 5, 1),
    }
    return InsuranceSupplement.objects.create(**(given | values))
