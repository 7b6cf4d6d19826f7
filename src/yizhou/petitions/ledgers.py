"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import SPECIAL, bind
from yizhou.petitions.models import Advisor, LegalService, Petition, PetitionStep

bind(
    "petitions",
    Petition,
    "petition",
    date_field="registered_on",
    ring="care",
    tells="category",
    browse_permission=SPECIAL,
)
bind(
    "petition_steps",
    PetitionStep,
    "petition_step",
    links={"petition_no": "petition"},
    date_field="done_on",
    ring="care",
    browse_permission=SPECIAL,
)
bind(
    "advisors",
    Advisor,
    "advisor",
    date_field="term_from",
    ring="care",
)
bind(
    "legal_services",
    LegalService,
    "legal_service",
    indexed={"advisor_id_number": "advisor_index"},
    date_field="requested_on",
    ring="care",
    tells="kind",
)
