"""Clauses judged for one person, three-valued: true, false, or None where a fact is not known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

from yizhou.policy.rules.clauses import parse
from yizhou.policy.rules.nodes import (
    Among,
    Arithmetic,
    Call,
    Combine,
    Compare,
    Constant,
    IsNull,
    Member,
    Negate,
    Node,
    RateOf,
    Today,
    Use,
    base_facts,
    children,
)
from yizhou.policy.rules.vocabulary import Fact, Vocabulary

# Dates; codes and texts as str; money as int 分; numbers; sets as a collection of codes; None: nothing there.
Value = str | int | Decimal | bool | date | Collection[str] | None
Facts = Mapping[str, Value]


@dataclass(frozen=True)
class Clause:
    """One condition of an item or benefit: what a clerk reads, what is judged, and why it is asked."""

    label: str
    when: str
    basis: str
    node: Node


@dataclass(frozen=True)
class Seen:
    """A fact a clause looked at: its Chinese name, value (None: not known) and the value as shown."""

    name: str
    value: Value
    shown: str


@dataclass(frozen=True)
class Verdict:
    """One clause judged; ``missing`` names the facts without a value that left it open."""

    label: str
    when: str
    basis: str
    holds: bool | None
    seen: tuple[Seen, ...]
    missing: tuple[str, ...]

    @property
    def fact(self) -> str:
        """The name of the fact that tells most: the missing one, else the first looked at."""
        if self.missing:
            return self.missing[0]
        return self.seen[0].name if self.seen else ""

    @property
    def value(self) -> Value:
        """The value of :attr:`fact`, None where it is missing."""
        return self.seen[0].value if self.seen and not self.missing else None


@dataclass(frozen=True)
class Judgement:
    """All clauses of one item: false if any fails, None if any is open, else true; None without clauses."""

    eligible: bool | None
    verdicts: tuple[Verdict, ...]


def read_clause(label: str, when: str, basis: str, vocabulary: Vocabulary) -> Clause:
    """A clause from its three texts. Raises ClauseError."""
    return Clause(label, when, basis, parse(when, vocabulary))


def judge(clauses: Sequence[Clause], facts: Facts, on: date, vocabulary: Vocabulary) -> Judgement:
    """Each clause apart, then all together, on a given day.

    ``facts`` maps names of base facts to values; a name that is absent is unknown, a value of None is known
    to be empty (so ``困难类型 is null`` is true). Levels (伤残等级) may be a code or a number.
    """
    verdicts = tuple(_judge_one(clause, facts, on, vocabulary) for clause in clauses)
    holds = [verdict.holds for verdict in verdicts]
    if not holds:
        return Judgement(None, verdicts)
    eligible = False if False in holds else None if None in holds else True
    return Judgement(eligible, verdicts)


def _judge_one(clause: Clause, facts: Facts, on: date, vocabulary: Vocabulary) -> Verdict:
    result = _Evaluation(facts, on).value(clause.node)
    holds = None if result is None else bool(result)
    looked_at = dict.fromkeys(_shown_facts(clause.node))
    missing: dict[str, None] = {}
    if holds is None:
        missing = dict.fromkeys(f.name for f in base_facts(clause.node) if facts.get(f.name) is None)
    seen = []
    for use in looked_at:
        value = _value_of_shown(use, facts, on)
        seen.append(Seen(use.fact.name, value, show(use.fact, value, vocabulary)))
    return Verdict(clause.label, clause.when, clause.basis, holds, tuple(seen), tuple(missing))


def _shown_facts(node: Node) -> list[Use | Member]:
    """The facts as the text names them: a derived fact itself, not what its formula rests on."""
    if isinstance(node, Use | Member):
        return [node]
    return [use for child in children(node) for use in _shown_facts(child)]


def _value_of_shown(use: Use | Member, facts: Facts, on: date) -> Value:
    if isinstance(use, Use) and use.formula is not None:
        return _Evaluation(facts, on).value(use)
    return facts.get(use.fact.name)


def value_of(node: Node, facts: Facts, on: date) -> Value:
    """The value of a node for one person; None where it cannot be known."""
    return _Evaluation(facts, on).value(node)


def amount_fen(node: Node, facts: Facts, on: date) -> int | None:
    """An amount in integer 分, rounded half up; None where a fact or a standard is missing."""
    value = value_of(node, facts, on)
    return None if value is None else int(_number(value).quantize(Decimal(1), ROUND_HALF_UP))


def show(fact: Fact, value: Value, vocabulary: Vocabulary) -> str:
    """A value as a clerk reads it: labels for codes, 是/否, yuan, ISO dates, “—” for none."""
    if value is None:
        return "—"
    if fact.table:
        labels = vocabulary.codes[fact.table].labels
        codes = [value] if isinstance(value, str | int | Decimal) else sorted(_collection(value))
        texts = [str(code) if isinstance(code, str) else f"{int(code):02d}" for code in codes]
        return "、".join(labels.get(text, text) for text in texts) or "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if fact.kind == "money":
        return f"{_number(value) / 100:.2f} 元"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _number(value: Value) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise TypeError(f"事实的值应为数：{value!r}")
    return Decimal(value)


def _collection(value: Value) -> Collection[str]:
    if value is None or isinstance(value, str | int | Decimal | date):
        raise TypeError(f"事实的值应为代码的集合：{value!r}")
    return value


def _date(value: Value) -> date:
    if not isinstance(value, date):
        raise TypeError(f"事实的值应为日期：{value!r}")
    return value


def full_years(start: date, end: date) -> int:
    """Completed years 满年; someone born on 29 February completes a year on 1 March of a common year."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def full_months(start: date, end: date) -> int:
    """Completed months 满月."""
    return 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)


def _up(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_CEILING)


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "满年": lambda a, b: full_years(_date(a), _date(b)),
    "满月": lambda a, b: full_months(_date(a), _date(b)),
    "天数": lambda a, b: (_date(b) - _date(a)).days,
    "年": lambda a: _date(a).year,
    "进位年": lambda months: _up(_number(months) / 12),
    "实年": lambda months: _number(months) / 12,
    "半年进位": lambda months: _up(_number(months) / 6) / 2,
}
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


class _Evaluation:
    def __init__(self, facts: Facts, on: date) -> None:
        self.facts, self.on = facts, on

    def value(self, node: Node) -> Value:
        match node:
            case Constant():
                return node.value
            case Today():
                return self.on
            case Use():
                return self.use(node)
            case Member():
                held = self.facts.get(node.fact.name)
                return None if held is None else not set(node.codes).isdisjoint(_collection(held))
            case IsNull():
                return self.is_null(node)
            case Combine():
                return self.combine(node)
            case RateOf():
                return self.rate(node)
            case _:
                return self.strict(node)

    def use(self, node: Use) -> Value:
        if node.formula is not None:
            return self.value(node.formula)
        value = self.facts.get(node.fact.name)
        if node.fact.kind.startswith("level:") and isinstance(value, str):
            return Decimal(value)
        return value

    def is_null(self, node: IsNull) -> bool | None:
        # Nothing can be said about a fact nobody has told; None is told: there is no such thing.
        if any(fact.name not in self.facts for fact in base_facts(node)):
            return None
        return self.value(node.operand) is None

    def combine(self, node: Combine) -> Value:
        values = self.value(node.left), self.value(node.right)
        decisive = node.operator == "or"
        if any(value is decisive for value in values):
            return decisive
        return None if None in values else not decisive

    def rate(self, node: RateOf) -> Value:
        words: list[str] = []
        for argument in node.arguments:
            value = self.value(argument)
            if value is None:
                return None
            words.append(self.word(argument, value))
        rate = node.standard.on(self.on, *words)
        if rate is None:
            return None
        return Decimal(rate.fen) if rate.fen is not None else Decimal(str(rate.percent))

    def word(self, argument: Node, value: Value) -> str:
        if not isinstance(argument, Use):
            return str(value)
        code = str(value) if isinstance(value, str) else f"{int(_number(value)):02d}"
        return argument.labels.get(code, code)

    def strict(self, node: Negate | Compare | Among | Arithmetic | Call) -> Value:
        """Operations whose result is unknown as soon as one part is."""
        values = [self.value(child) for child in children(node)]
        if any(value is None for value in values):
            return None
        match node:
            case Negate():
                return not values[0]
            case Compare():
                return _COMPARE[node.operator](values[0], values[1])
            case Among():
                return values[0] in [choice.value for choice in node.choices]
            case Arithmetic():
                left, right = _number(values[0]), _number(values[1])
                if node.operator == "/" and right == 0:
                    return None
                return _ARITHMETIC[node.operator](left, right)
            case Call():
                return _FUNCTIONS[node.function](*values)
