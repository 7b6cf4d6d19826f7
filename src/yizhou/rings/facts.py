"""Mechanisms of the source texts: what each is, what carries it, what of it is not built. Facts of ``data/features``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from yizhou.core.facts import build, read_all
from yizhou.indicators.facts import RINGS


@dataclass(frozen=True)
class Feature:
    """One mechanism 工作机制. ``must`` is what it asks of the software, ``pending`` the part that is not built yet."""

    code: str
    name: str
    source: str
    must: str
    module: str
    ring: str
    ledgers: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    pending: str = ""

    @property
    def colour(self) -> str:
        """The ring as menu and style sheet call it."""
        return RINGS[self.ring]


@cache
def features() -> tuple[Feature, ...]:
    """Every mechanism in the order of its code. Raises FactError."""
    found = [
        build(Feature, {**row, "ring": table["ring"]}, file=file, at=f"feature[{n}]")
        for file, table in read_all("features").items()
        for n, row in enumerate(table["feature"], 1)
    ]
    return tuple(sorted(found, key=lambda feature: feature.code))
