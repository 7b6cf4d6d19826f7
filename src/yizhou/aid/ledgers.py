"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.aid.models import AidCase, AidFamily
from yizhou.ledgers.ledger import SPECIAL, bind

bind(
    "aid_families",
    AidFamily,
    "aid_family",
    links={"head_id_number": "person"},
    date_field="listed_on",
    ring="care",
    tells="level",
    browse_permission=SPECIAL,
)
bind(
    "aid_cases",
    AidCase,
    "aid_case",
    links={"id_number": "person"},
    date_field="applied_on",
    ring="care",
    tells="kind",
    browse_permission=SPECIAL,
)
