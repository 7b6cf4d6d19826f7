"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import bind
from yizhou.martyrs.models import Martyr, Memorial

bind(
    "martyrs",
    Martyr,
    "martyr",
    date_field="sacrificed_on",
    ring="glory",
)
bind(
    "memorials",
    Memorial,
    "memorial",
    date_field="inspected_on",
    ring="glory",
)
