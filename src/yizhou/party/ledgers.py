"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import SPECIAL, bind
from yizhou.party.models import PartyTransfer

bind(
    "party_transfers",
    PartyTransfer,
    "party_transfer",
    links={"id_number": "person"},
    date_field="letter_on",
    ring="party",
    tells="to_org",
    browse_permission=SPECIAL,
)
