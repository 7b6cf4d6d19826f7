"""What an indicator is in words: name, unit, definition (口径), source. Facts of ``data/indicators``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from yizhou.core.facts import FactError, build, fact_files, read_toml

Kind = Literal["count", "distinct", "sum", "rate"]
Nature = Literal["flow", "stock", "rate", "config"]

RINGS = {
    "AXIS": "axis",
    "PARTY": "party",
    "SMART": "smart",
    "CULTIVATE": "growth",
    "CARE": "care",
    "SHINE": "glory",
}
"""Rings of the facts → rings of the menu and the style sheet."""


@dataclass(frozen=True)
class Fact:
    """One indicator. ``nature``: flow 期内量, stock 时点量, rate 率, config 由配置得出; ``neutral``: no praise, no blame."""

    code: str
    order: int
    name: str
    unit: str
    kind: Kind
    nature: Nature
    definition: str
    source: str
    ring: str = ""
    dimensions: tuple[str, ...] = ()
    computed_from: tuple[str, ...] = ()
    config: str = ""
    numerator: str = ""
    denominator: str = ""
    neutral: bool = False

    @property
    def is_compared(self) -> bool:
        """Whether a year before says anything: not of what follows from configuration, a date, an average."""
        is_average = self.kind == "rate" and self.unit != "%"
        return self.nature != "config" and self.unit != "日期" and not is_average

    @property
    def colour(self) -> str:
        """The ring as the style sheet calls it."""
        return RINGS[self.ring]


@lru_cache(maxsize=1)
def facts() -> dict[str, Fact]:
    """All indicators by code, in the order of ``indicators.tsv``. Raises FactError on a code written twice."""
    found: list[Fact] = []
    for file in fact_files("indicators"):
        table = read_toml(file)
        for n, row in enumerate(table["indicator"], 1):
            found.append(build(Fact, {**row, "ring": table["ring"]}, file=file, at=f"indicator[{n}]"))
    by_code = {fact.code: fact for fact in sorted(found, key=lambda fact: fact.order)}
    if len(by_code) != len(found):
        raise FactError("indicators", "有指标代码写了两次", remedy="每个代码只写一次")
    return by_code


class UnknownIndicator(LookupError):
    """No indicator has this code."""


def fact_of(code: str) -> Fact:
    """One by its code. Raises ``UnknownIndicator``."""
    found = facts().get(code)
    if found is None:
        raise UnknownIndicator(code)
    return found


def definition_of(fact: Fact) -> str:
    """Everything that decides what an indicator counts, as one text."""
    return f"{fact.code}|{fact.definition}|{fact.unit}|{fact.config}"


def version_of(text: str) -> str:
    """A short name of definitions: it changes when they do."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@lru_cache(maxsize=1)
def definitions_version() -> str:
    """The name of all definitions in force."""
    return version_of("\n".join(definition_of(fact) for fact in facts().values()))
