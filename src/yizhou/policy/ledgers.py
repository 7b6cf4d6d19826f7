"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import bind
from yizhou.policy.models import PolicyDocument

bind(
    "policy_docs",
    PolicyDocument,
    "policy_document",
    date_field="effective_from",
    ring="govern",
)
