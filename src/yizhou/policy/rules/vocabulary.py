"""The words a clause may use: facts of a person, code tables whose labels stand in clauses, standards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yizhou.core.facts import FactError, build, key
from yizhou.policy.rules.standards import Standards

PLAIN_KINDS = ("text", "date", "number", "money", "bool")
CODED_KINDS = ("code", "level", "set")


@dataclass(frozen=True)
class Fact:
    """One word. ``kind`` is a plain kind or ``code:TABLE``, ``level:TABLE``, ``set:TABLE``.

    ``source`` is ``ledger.column`` or ``declared``; a ``formula`` over other words stands instead of it.
    A word with ``clause = false`` only prefills forms.
    """

    name: str
    kind: str
    source: str = field(default="", metadata=key("from"))
    formula: str = ""
    note: str = ""
    clause: bool = True

    @property
    def table(self) -> str:
        """The code table behind the kind, or an empty string."""
        return self.kind.partition(":")[2]


@dataclass(frozen=True)
class CodeTable:
    """Codes and their words: ``labels`` code → name, ``by_word`` code, name or synonym → code."""

    name: str
    labels: Mapping[str, str]
    by_word: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> CodeTable:
        """From the contents of one ``data/codes/*.toml``; ``groups`` maps a group's title and code."""
        rows = table["code"]
        by_word = {word: row["code"] for row in rows for word in row.get("synonyms", ())}
        by_word |= {row["name"]: row["code"] for row in rows} | {row["code"]: row["code"] for row in rows}
        groups: dict[str, tuple[str, ...]] = {}
        for group, title in table.get("groups", {}).items():
            members = tuple(row["code"] for row in rows if group in row.get("groups", ()))
            groups[group] = groups[title] = members
        return cls(table["table"], {row["code"]: row["name"] for row in rows}, by_word, groups)


@dataclass(frozen=True)
class Vocabulary:
    """Everything a clause may refer to."""

    facts: Mapping[str, Fact]
    codes: Mapping[str, CodeTable]
    standards: Standards

    @classmethod
    def read(
        cls, words: Mapping[str, Any], codes: Mapping[str, Mapping[str, Any]], standards: Standards
    ) -> Vocabulary:
        """From ``data/vocabulary.toml``, ``data/codes/*.toml`` and the standards. Raises FactError."""
        tables = {table["table"]: CodeTable.read(table) for table in codes.values()}
        facts: dict[str, Fact] = {}
        file = "vocabulary.toml"
        for number, row in enumerate(words.get("fact", ()), 1):
            fact = build(Fact, row, file=file, at=f"fact[{number}]")
            _check(fact, file, tables)
            if fact.name in facts:
                raise FactError(file, f"事实“{fact.name}”写了两次", remedy="删去一行")
            facts[fact.name] = fact
        return cls(facts, tables, standards)


def _check(fact: Fact, file: str, tables: Mapping[str, CodeTable]) -> None:
    kind, _, table = fact.kind.partition(":")
    if (kind in CODED_KINDS) != bool(table) or kind not in PLAIN_KINDS + CODED_KINDS:
        raise FactError(file, f"不认识的 kind“{fact.kind}”", key=fact.name, remedy="见文件开头的说明")
    if table and table not in tables:
        raise FactError(file, f"没有代码表“{table}”", key=fact.name, remedy="检查 codes 目录")
    if bool(fact.source) == bool(fact.formula):
        raise FactError(file, "from 与 formula 恰写一个", key=fact.name)
