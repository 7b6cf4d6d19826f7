"""Ledgers of windows and receptions."""

from __future__ import annotations

from yizhou.hall.models import HallReception, ServiceWindow
from yizhou.ledgers.ledger import Ledger, Link, ledger

ledger(
    Ledger(
        name="service_windows",
        model=ServiceWindow,
        code_noun="service_window",
        date_field="opened_on",
        list_fields=("window_no", "window_name", "hall_name", "hall_type", "area", "opened_on", "closed_on"),
    )
)
ledger(
    Ledger(
        name="hall_receptions",
        model=HallReception,
        code_noun="hall_reception",
        sealed=frozenset({"id_number"}),
        indexed={"id_number": "id_number_index"},
        links={"window_no": Link("window_id", "service_windows")},
        date_field="received_at",
        list_fields=(
            "reception_no",
            "received_at",
            "visitor_name",
            "persons",
            "place",
            "window_no",
            "category",
        ),
    )
)
