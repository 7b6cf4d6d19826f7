"""The divisions of the demonstration, from the fact file that is also imported as its first ledger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from yizhou.core.facts import fact_file

HEADERS = {"区划代码": "code", "区划名称": "name", "层级": "level", "上级代码": "parent", "城乡分类": "kind"}
WEIGHTS = {"主城区": 3.0, "城乡结合区": 2.0, "镇中心区": 2.0, "乡中心区": 1.5}
"""How many more people live in a community of that kind than in a village."""


def divisions_file() -> Path:
    """The divisions as a file of the ledger ``areas``."""
    return fact_file("divisions/demo.csv")


@dataclass(frozen=True, slots=True)
class Place:
    """A division: 12-digit code, name, level as the ledger writes it, parent's code, 城乡分类."""

    code: str
    name: str
    level: str
    parent: str
    kind: str


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """Every division, in the order of the file: from above to below."""
    frame = pl.read_csv(divisions_file(), infer_schema=False).rename(HEADERS).select(HEADERS.values())
    return tuple(Place(*(cell or "" for cell in row)) for row in frame.iter_rows())


def of_level(level: str) -> list[Place]:
    """Divisions of one level: 市, 县, 乡镇街道, 村社区."""
    return [place for place in places() if place.level == level]


def villages() -> pl.DataFrame:
    """Villages and communities: ``village`` code, ``place`` full name, ``urban``, ``weight``, ``county`` of 6 digits."""
    names = {place.code: place.name for place in places()}
    rows = [
        (
            place.code,
            names[place.code[:6] + "000000"] + names[place.parent] + place.name,
            place.kind != "村庄",
            WEIGHTS.get(place.kind, 1.0),
            place.code[:6],
        )
        for place in of_level("村社区")
    ]
    return pl.DataFrame(rows, schema=["village", "place", "urban", "weight", "county"], orient="row")
