"""待遇叠加 as facts (``data/stacking.toml``): what becomes of two benefits that one person draws (handbook §2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from yizhou.core.facts import FactError, build, read_toml
from yizhou.ledgers.columns import code_table

FILE = "stacking.toml"
Mode = Literal["STACK", "HIGHEST", "EXCLUSIVE"]


@dataclass(frozen=True)
class Otherwise:
    """What holds for two benefits that no rule names."""

    mode: Mode
    basis: str
    status: str


@dataclass(frozen=True)
class StackRule:
    """What holds for two benefits, whichever comes first."""

    a: str
    b: str
    mode: Mode
    basis: str
    status: str

    @property
    def both(self) -> frozenset[str]:
        """The two."""
        return frozenset({self.a, self.b})


@lru_cache(maxsize=1)
def stack_rules() -> dict[frozenset[str], StackRule]:
    """Rules by the two benefits. Raises ``FactError`` for a benefit nobody knows and for one pair ruled twice."""
    known = code_table("benefit_type").names
    found: dict[frozenset[str], StackRule] = {}
    for n, row in enumerate(read_toml(FILE)["rule"], 1):
        rule = build(StackRule, row, file=FILE, at=f"rule[{n}]")
        if not rule.both <= known.keys() or len(rule.both) != 2:
            raise FactError(FILE, "不是两种待遇类别", key=f"rule[{n}]", remedy="填待遇类别的代码")
        if rule.both in found:
            raise FactError(FILE, "这一对已经写过", key=f"rule[{n}]", remedy="一对只写一次")
        found[rule.both] = rule
    return found


@lru_cache(maxsize=1)
def otherwise() -> Otherwise:
    """What holds where no rule does."""
    return build(Otherwise, read_toml(FILE)["otherwise"], file=FILE, at="otherwise")


def rule_of(a: str, b: str) -> StackRule:
    """What holds for these two."""
    fallback = otherwise()
    ruled = stack_rules().get(frozenset({a, b}))
    return ruled or StackRule(a, b, fallback.mode, fallback.basis, fallback.status)


def exclusive_with(benefit: str) -> dict[str, StackRule]:
    """The benefits that must not be drawn beside this one, with the rule."""
    found = stack_rules().values()
    return {
        next(iter(rule.both - {benefit})): rule
        for rule in found
        if benefit in rule.both and rule.mode == "EXCLUSIVE"
    }
