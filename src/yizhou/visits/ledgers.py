"""The ledger of visits."""

from __future__ import annotations

from yizhou.ledgers.ledger import Ledger, Link, ledger
from yizhou.visits.models import Visit

ledger(
    Ledger(
        name="visits",
        model=Visit,
        code_noun="visit",
        sealed=frozenset({"staff_id_number"}),
        indexed={"staff_id_number": "staff_index"},
        links={"id_number": Link("person_id", "people")},
        area="person__household_area",
        person="person_id",
        date_field="visited_at",
        list_fields=("id_number", "visited_at", "purpose", "method", "occasion", "completed", "both_signed"),
    )
)
