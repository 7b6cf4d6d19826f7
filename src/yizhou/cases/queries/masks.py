"""How values of a form are shown: masked where they are sensitive, in full only after they were asked for and logged."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yizhou.catalogue.rules import Field
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import Column, code_name
from yizhou.ledgers.exporting import MASKS
from yizhou.people.sensitive import SPECIAL, VIEW_SPECIAL, column
from yizhou.policy.queries import vocabulary

BY_ENDING: Mapping[str, str] = {
    "bank_account": "number",
    "id_number": "id_number",
    "address": "address",
    "phone": "phone",
    "mobile": "phone",
}
"""Masks of boxes that no column of the file prefills, by the end of their name."""


def mask_of(box: Field) -> Callable[[str | None], str] | None:
    """How a box is masked, as the file masks the same, or None where its value may be seen."""
    behind = column_behind(box)
    ending = next((mask for ending, mask in BY_ENDING.items() if box.name.endswith(ending)), "")
    return MASKS.get((behind.mask_name if behind else "") or ("phone" if box.kind == "phone" else ending))


def column_behind(box: Field) -> Column | None:
    """The column of the file that a box is prefilled from, if any."""
    fact = vocabulary().facts.get(box.prefill)
    ledger, _, field = fact.source.partition(".") if fact else ("", "", "")
    return column(field) if ledger == "people" else None


def opened_value(box: Field, value: str, actor: Actor) -> str:
    """A value that was asked for: in full, unless it stands for a column beyond the actor's sensitivity."""
    behind = column_behind(box)
    is_special = (behind.field if behind else box.name).endswith(tuple(SPECIAL))
    mask = mask_of(box) if is_special and not actor.may(VIEW_SPECIAL) else None
    return mask(value) if mask else value


def shown_value(box: Field, value: str, places: Mapping[str, str], *, plain: bool = False) -> str:
    """A value of a form as a reader inside the scope may see it; ``places`` are division names by code."""
    if not value:
        return ""
    if box.kind.startswith("code:"):
        return code_name(box.kind.removeprefix("code:"), value)
    if box.kind == "bool":
        return "是"
    if box.kind == "area":
        return places.get(value, value)
    mask = None if plain else mask_of(box)
    return mask(value) if mask else value
