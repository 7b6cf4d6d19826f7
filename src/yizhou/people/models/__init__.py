"""Tables of the file: the person and the household, the ledger of changes, what waits for a second person."""

from yizhou.people.models.changes import FileChange, Proposal, ProposalStatus, Source
from yizhou.people.models.person import (
    ENDS,
    IN_DOUBT,
    FamilyMember,
    NameIndex,
    NameMatch,
    Person,
    PersonQuerySet,
    grams_wanted,
    of_category,
    of_group,
    registered,
)

__all__ = [
    "ENDS",
    "IN_DOUBT",
    "FamilyMember",
    "FileChange",
    "NameIndex",
    "NameMatch",
    "Person",
    "PersonQuerySet",
    "Proposal",
    "ProposalStatus",
    "Source",
    "grams_wanted",
    "of_category",
    "of_group",
    "registered",
]
