"""The ledger of hotline calls."""

from __future__ import annotations

from yizhou.hotline.models import HotlineCall
from yizhou.ledgers.ledger import Ledger, ledger

ledger(
    Ledger(
        name="hotline_calls",
        model=HotlineCall,
        code_noun="hotline_call",
        sealed=frozenset({"caller_phone", "id_number"}),
        indexed={"id_number": "id_number_index"},
        date_field="called_at",
        list_fields=("call_no", "called_at", "line", "category", "handle_mode", "due_on", "closed_at"),
    )
)
