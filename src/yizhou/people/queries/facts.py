"""What the file says about one person, in the words of the vocabulary: for clauses and for prefilling forms."""

from __future__ import annotations

from typing import Any

from yizhou.ledgers.columns import layouts
from yizhou.people.categories import mask_of_group
from yizhou.people.models import Person
from yizhou.policy.queries import vocabulary
from yizhou.policy.rules.judge import Value

EMPTY_MEANS_NONE = frozenset(
    {
        "died_on",
        "moved_out_on",
        "deregistered_on",
        "disability_cause",
        "disability_level",
        "disability_cert_no",
        "special_type",
        "contact_class",
        "soldier_relation",
        "party_joined_on",
        "archived_on",
    }
)
"""Columns where an empty cell says that there is no such thing; elsewhere it says that nobody has told us."""
OF_SERVICE = frozenset({"enlisted_on", "discharged_on", "branch", "placement_mode"})
"""Empty for somebody who is no veteran: known to be empty; empty for a veteran: not known."""


def values_of(person: Person) -> dict[str, Any]:
    """Values by ledger field, sealed ones opened: for our own use, never for a page as they stand."""
    opened = person.opened()
    columns = layouts()["people"].columns
    return {c.field: opened.get(c.field, getattr(person, c.stored, None)) for c in columns}


def is_veteran(person: Person) -> bool:
    """True for 退役军人类, by the primary or a further category."""
    return bool(person.category_mask & mask_of_group("VET"))


def facts_of(person: Person) -> dict[str, Value]:
    """Facts by Chinese name. A name that is absent is not known; None is known to be empty."""
    values, veteran = values_of(person), is_veteran(person)
    facts: dict[str, Value] = {}
    for fact in vocabulary().facts.values():
        ledger, _, field = fact.source.partition(".")
        if ledger != "people":
            continue
        if fact.kind == "set:person_category":
            facts[fact.name] = frozenset(person.categories)
            continue
        value = values.get(field)
        if value not in (None, ""):
            facts[fact.name] = value
        elif field in EMPTY_MEANS_NONE or (field in OF_SERVICE and not veteran):
            facts[fact.name] = None
    return facts
