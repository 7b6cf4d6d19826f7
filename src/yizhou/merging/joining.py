"""Which value stays where two files differ, and what the kept file says then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers import one_row
from yizhou.ledgers.columns import Column
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.rendering import cell
from yizhou.people.models import Person
from yizhou.people.queries.facts import values_of
from yizhou.people.sensitive import hidden

KEPT, LOST, BOTH = "kept", "lost", "both"
"""Whose value stays; of further categories those of both."""
CATEGORIES = "other_categories"


def people_ledger() -> Ledger:
    """The declaration of the people ledger."""
    return LEDGERS["people"]


def texts_of(person: Person) -> dict[str, str]:
    """Everything that a file says, as texts by field: for our own use, never for a page as they stand."""
    values = values_of(person)
    return {c.field: cell(c, values[c.field]) for c in people_ledger().layout.columns}


def differing(kept: Mapping[str, str], lost: Mapping[str, str]) -> list[Column]:
    """Columns in which two files differ, in the order of the ledger."""
    return [c for c in people_ledger().layout.columns if kept[c.field] != lost[c.field]]


def every_category(kept: Person, lost: Person) -> str:
    """The further categories of the kept file with all categories of the other one."""
    codes = [*kept.categories[1:], *lost.categories]
    return ";".join(code for code in dict.fromkeys(codes) if code != kept.category)


def suggested(kept: Person, lost: Person) -> dict[str, str]:
    """Whose value stays unless somebody says otherwise: the kept file's, the other's where it has none."""
    mine, theirs = texts_of(kept), texts_of(lost)
    sides = {c.field: KEPT if mine[c.field] else LOST for c in differing(mine, theirs)}
    if every_category(kept, lost) != kept.other_categories:
        sides[CATEGORIES] = BOTH
    return sides


def sides_for(kept: Person, lost: Person, chosen: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """The suggestion with what was chosen over it; of what is hidden from the actor's post the suggestion stays."""
    sides = suggested(kept, lost)
    allowed = {KEPT, LOST}
    for field in sides:
        side = chosen.get(field, "")
        offered = allowed | {BOTH} if field == CATEGORIES else allowed
        if side in offered and not hidden(field, actor):
            sides[field] = side
    return sides


def joined_texts(kept: Person, lost: Person, sides: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The kept file as texts after the merge, and the fields that it takes from the other one."""
    texts, theirs = texts_of(kept), texts_of(lost)
    taken = []
    for field, side in sides.items():
        if side == KEPT:
            continue
        text = theirs[field]
        if side == BOTH:
            text = every_category(kept, lost)
        if text != texts[field]:
            texts[field] = text
            taken.append(field)
    return texts, taken


def state_of(kept: Person, lost: Person) -> str:
    """A fingerprint of what both files say; a form carries it to notice other people's changes."""
    bound = people_ledger()
    return one_row.state_of(bound, values_of(kept)) + one_row.state_of(bound, values_of(lost))


def better(one: Person, other: Person) -> tuple[Person, Person]:
    """The file to keep and the other one: who is on file, the more complete, the earlier."""
    ranked = sorted((one, other), key=_rank)
    return ranked[0], ranked[1]


def _rank(person: Person) -> tuple[Any, ...]:
    return (person.is_gone(clock.today()), person.missing_count, person.archived_on is None, person.pk)
