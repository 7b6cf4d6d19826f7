"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import bind
from yizhou.resettlement.models import InsuranceSupplement, ResettlementPerson

bind(
    "resettlement_people",
    ResettlementPerson,
    "resettlement_person",
    links={"id_number": "person"},
    date_field="reported_on",
    ring="axis",
    tells="placement_mode",
)
bind(
    "insurance_supplements",
    InsuranceSupplement,
    "insurance_supplement",
    links={"id_number": "person"},
    date_field="applied_on",
    ring="care",
    tells="insurance",
)
