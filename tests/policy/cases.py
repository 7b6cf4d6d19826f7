"""Reads the cases a benefits clerk can read: ``tests/policy/*.toml``, one item per file.

``[facts]`` and ``empty`` hold for every case of the file; a case may change them. ``empty`` names what is
known to be absent; ``unknown`` takes a fact away altogether.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yizhou.policy.queries import vocabulary
from yizhou.policy.rules import Value


@dataclass(frozen=True)
class Case:
    item: str
    name: str
    on: date
    facts: dict[str, Value]
    eligible: bool | None
    fails: tuple[str, ...]
    missing: tuple[str, ...]
    amount_fen: int | None


def read_cases() -> list[Case]:
    """Every case of every file, in order."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        found += [_case(path.stem, table, row) for row in table["case"]]
    return found


def _case(stem: str, table: dict[str, Any], row: dict[str, Any]) -> Case:
    facts: dict[str, Value] = dict.fromkeys(table.get("empty", []))
    facts |= {name: _value(name, raw) for name, raw in {**table["facts"], **row.get("facts", {})}.items()}
    facts |= dict.fromkeys(row.get("empty", []))
    for name in row.get("unknown", []):
        facts.pop(name, None)
    eligible = None if row["eligible"] == "unknown" else bool(row["eligible"])
    return Case(
        table.get("item", stem.upper().replace("_", "-")),
        row["name"],
        row.get("on", table["on"]),
        facts,
        eligible,
        tuple(row.get("fails", ())),
        tuple(row.get("missing", ())),
        row.get("amount_fen"),
    )


def _value(name: str, raw: Any) -> Value:
    """A label as its code, a list of labels as codes, yuan as 分; the rest as it stands."""
    fact = vocabulary().facts[name]
    if fact.table:
        words = vocabulary().codes[fact.table].by_word
        return frozenset(words[word] for word in raw) if isinstance(raw, list) else words[raw]
    return raw * 100 if fact.kind == "money" else raw
