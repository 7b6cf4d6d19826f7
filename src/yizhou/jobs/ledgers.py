"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yizhou.core.credit_codes import valid_expr
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
from yizhou.ledgers.ledger import bind
from yizhou.ledgers.problems import RowRule


def credit_code_rules() -> Sequence[RowRule]:
    """The check character of the credit code."""
    code = pl.col("uscc")
    return [
        RowRule(
            "USCC",
            "统一社会信用代码",
            code.is_not_null() & ~valid_expr(code),
            pl.format("“{}”不是有效的统一社会信用代码：须为 18 位数字和大写字母，且末位校验正确", code),
            "对照营业执照逐位核对",
        )
    ]


bind(
    "job_seekers",
    JobSeeker,
    "job_seeker",
    links={"id_number": "person"},
    date_field="registered_on",
    ring="growth",
    tells="intent",
)
bind(
    "employers",
    Employer,
    "employer",
    date_field="approved_on",
    rules=credit_code_rules,
    ring="growth",
)
bind(
    "job_posts",
    JobPost,
    "job_post",
    links={"uscc": "employer"},
    date_field="opened_on",
    ring="growth",
)
bind(
    "job_outcomes",
    JobOutcome,
    "job_outcome",
    links={"id_number": "person", "uscc": "employer"},
    date_field="result_on",
    ring="growth",
    tells="result",
)
bind(
    "job_fairs",
    JobFair,
    "job_fair",
    date_field="held_on",
    ring="growth",
)
bind(
    "fair_posts",
    FairPost,
    "fair_post",
    links={"fair_no": "fair", "uscc": "employer"},
    ring="growth",
)
bind(
    "fair_attendances",
    FairAttendance,
    "fair_attendance",
    links={"fair_no": "fair"},
    date_field="signed_in_at",
    ring="growth",
)
bind(
    "contest_entries",
    ContestEntry,
    "contest_entry",
    links={"uscc": "employer"},
    date_field="held_on",
    ring="growth",
)
bind(
    "startup_loans",
    StartupLoan,
    "startup_loan",
    links={"id_number": "person"},
    date_field="disbursed_on",
    ring="growth",
    tells="kind",
)
bind(
    "interest_subsidies",
    InterestSubsidy,
    "interest_subsidy",
    links={"loan_no": "loan"},
    date_field="paid_on",
    ring="growth",
)
bind(
    "parks",
    Park,
    "park",
    date_field="opened_on",
    ring="growth",
)
