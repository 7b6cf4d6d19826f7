"""The mechanisms of the source texts: all of them are kept, and what carries each exists in the product."""

from __future__ import annotations

from collections import Counter
from typing import Any

from yizhou.core.facts import read_all, read_toml
from yizhou.events.web import routes

FEATURES = [
    {**row, "ring": table["ring"]} for table in read_all("features").values() for row in table["feature"]
]
LEDGERS = {table["name"] for table in read_all("ledgers").values()}
INDICATORS = {row["code"] for table in read_all("indicators").values() for row in table["indicator"]}
ITEMS = {table["code"] for table in read_all("items").values()}
CARRIERS = ("ledgers", "indicators", "items", "pages")


def named(kind: str) -> set[str]:
    """Whatever of a kind is said to carry some mechanism."""
    return {name for row in FEATURES for name in row.get(kind, ())}


def bare(rows: list[dict[str, Any]]) -> list[str]:
    """Codes of mechanisms that nothing carries."""
    return [row["code"] for row in rows if not any(row.get(kind) for kind in CARRIERS)]


def test_all_126_mechanisms_are_kept_each_once() -> None:
    codes = Counter(row["code"] for row in FEATURES)
    assert codes == Counter(f"FT{n:03}" for n in range(1, 127))


def test_each_mechanism_belongs_to_a_ring() -> None:
    assert {row["ring"] for row in FEATURES} == {
        entry["code"] for entry in read_toml("dictionaries/ring.toml")["entry"]
    }


def test_codes_lead_to_known_rings() -> None:
    rings = {entry["code"] for entry in read_toml("dictionaries/ring.toml")["entry"]}
    named_by_codes = {row["ring"] for t in read_all("codes").values() for row in t["code"] if "ring" in row}
    assert named_by_codes
    assert named_by_codes - rings == set()


def test_what_carries_a_mechanism_exists() -> None:
    assert named("ledgers") - LEDGERS == set()
    assert named("indicators") - INDICATORS == set()
    assert named("items") - ITEMS == set()
    assert named("pages") - {route.name for route in routes()} == set()


def test_every_mechanism_is_carried_by_something() -> None:
    assert bare(FEATURES) == []
    assert bare([{"code": "FT999", "ledgers": []}]) == ["FT999"]


def test_every_ledger_indicator_and_item_carries_a_mechanism() -> None:
    assert LEDGERS - named("ledgers") == set()
    assert INDICATORS - named("indicators") == set()
    assert ITEMS - named("items") == set()


def test_what_is_not_built_is_said_in_words() -> None:
    said = [row["pending"] for row in FEATURES if "pending" in row]
    assert said
    assert [text for text in said if len(text) < 4] == []
