"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.benefits.models import BenefitPayment
from yizhou.ledgers.ledger import SPECIAL, bind

bind(
    "benefit_payments",
    BenefitPayment,
    "benefit_payment",
    links={"id_number": "person"},
    date_field="paid_on",
    ring="care",
    tells="benefit",
    browse_permission=SPECIAL,
    on_axis=False,  # twelve lines a year would drown a life
)
