"""The ledger of hotline calls."""

from __future__ import annotations

from yizhou.hotline.models import HotlineCall
from yizhou.ledgers.ledger import bind

bind(
    "hotline_calls",
    HotlineCall,
    "hotline_call",
    date_field="called_at",
    list_fields=("call_no", "called_at", "line", "category", "handle_mode", "due_on", "closed_at"),
    ring="smart",
)
