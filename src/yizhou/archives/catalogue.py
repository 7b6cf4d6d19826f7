"""The kinds of papers an archive holds, and who must have which: the facts of ``data/archive_catalogue.toml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from yizhou.core.facts import FactError, build, read_toml
from yizhou.ledgers.columns import code_table
from yizhou.people.categories import mask_of, mask_of_group

FILE = "archive_catalogue.toml"
GROUPS = ("VET", "CARE")
OTHER = "CASE"
"""The kind of papers that came with a case and are of no other kind."""


@dataclass(frozen=True)
class Kind:
    """One kind of paper. ``required`` names categories or groups; ``papers`` what cases call the same thing."""

    code: str
    name: str
    basis: str
    status: Literal["verified", "sample"]
    required: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def mask(self) -> int:
        """Bits of the categories whose archives must hold it."""
        groups = [mask_of_group(name) for name in self.required if name in GROUPS]
        mask = mask_of(name for name in self.required if name not in GROUPS)
        for group in groups:
            mask |= group
        return mask


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by code, in the order of the catalogue. Raises FactError."""
    rows = read_toml(FILE).get("kind", [])
    found = [build(Kind, row, file=FILE, at=f"kind[{n}]") for n, row in enumerate(rows, 1)]
    known = {*code_table("person_category").names, *GROUPS}
    for kind in found:
        if strays := sorted(set(kind.required) - known):
            raise FactError(FILE, f"{kind.name}：没有人员类别“{strays[0]}”", remedy="核对 required")
    by_code = {kind.code: kind for kind in found}
    if len(by_code) != len(found) or OTHER not in by_code:
        raise FactError(FILE, f"种类代码写了两次，或缺少 {OTHER}", key="kind")
    return by_code


def kind_name(code: str) -> str:
    """Chinese name of a kind; one that the site has taken out reads as its code."""
    found = kinds().get(code)
    return found.name if found else code


def kind_of_paper(name: str) -> str:
    """The kind to which a paper of a case belongs."""
    return next((kind.code for kind in kinds().values() if name in kind.papers), OTHER)


def lacking(category_mask: int, held: Iterable[str]) -> list[Kind]:
    """Kinds that an archive of somebody of these categories must hold and does not."""
    there = set(held)
    return [kind for kind in kinds().values() if kind.mask & category_mask and kind.code not in there]
