"""How values of a form are shown: masked where they are sensitive, in full only after they were asked for and logged."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yizhou.catalogue.rules import Field
from yizhou.core import masking
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.people.sensitive import SPECIAL, VIEW_SPECIAL
from yizhou.policy.queries import vocabulary

Mask = Callable[[str | None], str]

BY_FACT: Mapping[str, Mask] = {
    "联系电话": masking.mask_phone,
    "开户账号": masking.mask_bank,
    "户籍地址": masking.mask_address,
    "常住地址": masking.mask_address,
    "身份证号": masking.mask_id_number,
    "伤残证号": masking.mask_bank,
}
"""Facts that are prefilled masked; sent back unchanged they stand for what the file holds."""
BY_ENDING: Mapping[str, Mask] = {
    "bank_account": masking.mask_bank,
    "id_number": masking.mask_id_number,
    "address": masking.mask_address,
    "phone": masking.mask_phone,
    "mobile": masking.mask_phone,
}
"""Boxes that no fact prefills, by the end of their name."""


def mask_of(box: Field) -> Mask | None:
    """How a box is masked, or None where its value may be seen."""
    if box.prefill in BY_FACT:
        return BY_FACT[box.prefill]
    if box.kind == "phone":
        return masking.mask_phone
    return next((mask for ending, mask in BY_ENDING.items() if box.name.endswith(ending)), None)


def opened_value(box: Field, value: str, actor: Actor) -> str:
    """A value that was asked for: in full, unless it stands for a column beyond the actor's sensitivity."""
    fact = vocabulary().facts.get(box.prefill)
    column = (fact.source if fact else "") or box.name
    is_closed = column.endswith(tuple(SPECIAL)) and not actor.may(VIEW_SPECIAL)
    mask = mask_of(box) if is_closed else None
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
