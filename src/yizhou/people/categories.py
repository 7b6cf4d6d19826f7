"""Categories of persons as bits, so that a person of several categories is found by one comparison."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from yizhou.ledgers.columns import code_table


@lru_cache(maxsize=1)
def bits() -> dict[str, int]:
    """Bit of each category code; bits are fixed in the fact file and never reused."""
    return {code: 1 << int(entry["bit"]) for code, entry in code_table("person_category").entries.items()}


def mask_of(codes: Iterable[str]) -> int:
    """The bits of several categories together."""
    mask = 0
    for code in codes:
        mask |= bits()[code]
    return mask


@lru_cache(maxsize=8)
def mask_of_group(group: str) -> int:
    """The bits of a group of categories (ledgers.md §5.5): VET 退役军人类, CARE 重点优抚对象类."""
    return mask_of(code_table("person_category").group(group))


def category_name(code: str) -> str:
    """Chinese name of a category."""
    return code_table("person_category").names.get(code, code)
