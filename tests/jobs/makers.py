"""Employers, posts, fairs, entries, loans and parks of a small invented county, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import COUNTY, at, index
from yizhou.jobs.models import (
    ContestEntry,
    Employer,
    FairAttendance,
    FairPost,
    InterestSubsidy,
    JobFair,
    JobOutcome,
    JobPost,
    JobSeeker,
    Park,
    StartupLoan,
)
from yizhou.people.models import Person

SPRING = dt.date(2025, 3, 1)
_numbers = itertools.count(1)


def seeker(who: Person, **values: Any) -> JobSeeker:
    """Somebody looking for work since the spring."""
    return JobSeeker.objects.create(**({"person": who, "registered_on": SPRING, "status": "ACTIVE"} | values))


def employer(**values: Any) -> Employer:
    """An approved employer that is not resident."""
    number = next(_numbers)
    given = {
        "uscc": f"E{number}",
        "name": f"{number} 号公司",
        "area": COUNTY,
        "approved_on": dt.date(2020, 1, 1),
    }
    return Employer.objects.create(**(given | values))


def job_post(of: Employer, **values: Any) -> JobPost:
    """A post of the alliance, opened in the spring, that stays open."""
    given = {
        "post_no": f"P{next(_numbers)}",
        "employer": of,
        "title": "驾驶员",
        "headcount": 2,
        "source": "ALLIANCE",
        "opened_on": SPRING,
    }
    return JobPost.objects.create(**(given | values))


def outcome(who: Person, **values: Any) -> JobOutcome:
    """Somebody who found work through the hotline and has a contract to show."""
    given = {
        "outcome_no": f"O{next(_numbers)}",
        "person": who,
        "source": "JOB_HOTLINE",
        "result": "EMPLOYED",
        "result_on": SPRING,
        "evidence": "CONTRACT",
    }
    return JobOutcome.objects.create(**(given | values))


def fair(**values: Any) -> JobFair:
    """A fair for veterans, held in the spring."""
    number = next(_numbers)
    given = {
        "fair_no": f"F{number}",
        "title": f"{number} 号招聘会",
        "target": "VETERAN",
        "mode": "OFFLINE",
        "held_on": SPRING,
        "status": "HELD",
        "area": COUNTY,
    }
    return JobFair.objects.create(**(given | values))


def attendance(where: JobFair, who: str, **values: Any) -> FairAttendance:
    """A veteran, on file or not, who came."""
    given = {
        "fair": where,
        "id_number_index": index(who),
        "name": who,
        "kind": "VETERAN",
        "signed_in_at": at("2025-03-01 09:00:00"),
    }
    return FairAttendance.objects.create(**(given | values))


def fair_post(where: JobFair, of: Employer, **values: Any) -> FairPost:
    """A post offered at a fair."""
    given = {"fair": where, "employer": of, "title": "驾驶员", "headcount": 3}
    return FairPost.objects.create(**(given | values))


def entry(of: Employer, **values: Any) -> ContestEntry:
    """A standing entry to the second contest, without an award."""
    number = next(_numbers)
    given = {
        "contest_name": "创业创新大赛",
        "edition_no": 2,
        "project_no": f"X{number}",
        "project_name": f"{number} 号项目",
        "employer": of,
        "held_on": SPRING,
        "status": "VALID",
    }
    return ContestEntry.objects.create(**(given | values))


def loan(who: Person, **values: Any) -> StartupLoan:
    """A guaranteed loan of 100 000 yuan, granted and paid out in the spring."""
    given = {
        "loan_no": f"L{next(_numbers)}",
        "person": who,
        "kind": "GUARANTEED",
        "qualification": "PASS",
        "qualified_on": SPRING,
        "bank": "示范银行",
        "principal_fen": 100_000_00,
        "disbursed_on": SPRING,
    }
    return StartupLoan.objects.create(**(given | values))


def subsidy(on: StartupLoan, **values: Any) -> InterestSubsidy:
    """A subsidy of 1 234.56 yuan, paid in the spring."""
    given = {
        "subsidy_no": f"I{next(_numbers)}",
        "loan": on,
        "period_from": dt.date(2024, 1, 1),
        "period_to": dt.date(2024, 12, 31),
        "amount_fen": 1234_56,
        "status": "PAID",
        "paid_on": SPRING,
    }
    return InterestSubsidy.objects.create(**(given | values))


def park(**values: Any) -> Park:
    """A park in use, of which nothing further is known."""
    number = next(_numbers)
    given = {
        "park_no": f"K{number}",
        "name": f"{number} 号园",
        "area": COUNTY,
        "opened_on": dt.date(2020, 1, 1),
    }
    return Park.objects.create(**(given | values))
