"""The small typed tree a clause becomes. Nothing that is not here can be said in a clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from yizhou.policy.rules.standards import Standard
from yizhou.policy.rules.vocabulary import Fact


@dataclass(frozen=True)
class Constant:
    """A literal; money is in 分, a code is the code itself, a level its number."""

    kind: str
    value: str | Decimal | bool | date


@dataclass(frozen=True)
class Today:
    """今日: the day of judgement."""

    kind: str = "date"


@dataclass(frozen=True)
class Use:
    """A fact by name; ``formula``: of a derived fact, parsed; ``labels``: code → name of its code table."""

    kind: str
    fact: Fact
    formula: Node | None = None
    labels: Mapping[str, str] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True)
class Compare:
    operator: str
    left: Node
    right: Node
    kind: str = "bool"


@dataclass(frozen=True)
class Combine:
    """``and`` or ``or`` of two conditions."""

    operator: str
    left: Node
    right: Node
    kind: str = "bool"


@dataclass(frozen=True)
class Negate:
    operand: Node
    kind: str = "bool"


@dataclass(frozen=True)
class IsNull:
    operand: Node
    kind: str = "bool"


@dataclass(frozen=True)
class Among:
    """The operand is one of the choices."""

    operand: Node
    choices: tuple[Constant, ...]
    kind: str = "bool"


@dataclass(frozen=True)
class Member:
    """A set of codes (人员类别, 享受的待遇) holds at least one of ``codes``."""

    fact: Fact
    codes: tuple[str, ...]
    kind: str = "bool"


@dataclass(frozen=True)
class Arithmetic:
    kind: str
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call:
    kind: str
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class RateOf:
    """标准('…', key…): the value in force on the day of judgement."""

    kind: str
    standard: Standard
    arguments: tuple[Node, ...]


Node = (
    Constant | Today | Use | Compare | Combine | Negate | IsNull | Among | Member | Arithmetic | Call | RateOf
)


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, in the order of the text."""
    match node:
        case Use(formula=formula):
            return () if formula is None else (formula,)
        case Compare() | Combine() | Arithmetic():
            return node.left, node.right
        case Negate() | IsNull() | Among():
            return (node.operand,)
        case Call() | RateOf():
            return node.arguments
        case _:
            return ()


def base_facts(node: Node) -> Iterator[Fact]:
    """Every fact with a source of its own that the node rests on, in order, repeats included."""
    if isinstance(node, Member):
        yield node.fact
    if isinstance(node, Use) and node.formula is None:
        yield node.fact
    for child in children(node):
        yield from base_facts(child)
