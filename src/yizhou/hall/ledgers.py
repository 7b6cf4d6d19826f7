"""Ledgers of windows and receptions."""

from __future__ import annotations

from yizhou.hall.models import HallReception, ServiceWindow
from yizhou.ledgers.ledger import bind

bind(
    "service_windows",
    ServiceWindow,
    "service_window",
    date_field="opened_on",
    list_fields=("window_no", "window_name", "hall_name", "hall_type", "area", "opened_on", "closed_on"),
    ring="smart",
)
bind(
    "hall_receptions",
    HallReception,
    "hall_reception",
    links={"window_no": "window"},
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
    ring="smart",
)
