"""Which columns of the file are sensitive, how they are named, and who may see them (手册第 1、21 章).

Sealed columns are masked everywhere and shown one at a time, with a reason, through ``reveal_field``. Columns
about disability, family economy and party membership stand open only for posts of the highest sensitivity.
"""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.ledgers.columns import Column, layouts
from yizhou.people.models import Person

VIEW_SPECIAL = "people.view_special"
REVEAL = "people.reveal_field"
SPECIAL = frozenset(
    {
        "disability_cause",
        "disability_level",
        "disability_cert_no",
        "monthly_income",
        "special_type",
        "bank_account",
        "politics",
        "party_joined_on",
    }
)
HIDDEN = "仅限授权岗位"
REASONS = {
    "handling": "办理事项",
    "contact": "联系走访",
    "verify": "核对身份",
    "check": "数据核查",
    "legal": "依法查询",
}
"""Purposes offered when a field is asked for; the note tells the rest."""


def revealable(field: str, actor: Actor) -> bool:
    """Whether the actor may ask to see a sealed column in full."""
    open_to_post = field not in SPECIAL or actor.may(VIEW_SPECIAL)
    return field in Person.SEALED and actor.may(REVEAL) and open_to_post


def hidden_from(actor: Actor) -> frozenset[str]:
    """Columns that are stored in the open and stay hidden from this actor's post."""
    return frozenset() if actor.may(VIEW_SPECIAL) else SPECIAL


def hidden(field: str, actor: Actor) -> bool:
    """Whether a column that is stored in the open stays hidden from this actor's post."""
    return field in hidden_from(actor)


def column(field: str) -> Column:
    """The ledger's column of that field. Raises ``KeyError``."""
    for found in layouts()["people"].columns:
        if found.field == field:
            return found
    raise KeyError(field)
