"""The same clause for the whole population: one SQL expression for SQLite, PostgreSQL or DuckDB.

SQL's own three-valued logic gives true, false and NULL where :mod:`judge` gives true, false and None. All
literals come from the white-listed tree, never from text; dates, codes and names are quoted here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

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
)

Dialect = Literal["sqlite", "postgres", "duckdb"]


@dataclass(frozen=True)
class Columns:
    """How the facts stand in the query that uses the expression.

    ``facts``: fact name → SQL expression. Dates are DATE (ISO text on SQLite), codes their code as text,
    money 分, levels (伤残等级) an integer. ``sets``: set fact → function from codes to a SQL condition, as
    ``lambda codes: "(category_mask & 12) <> 0"``. ``unknown``: facts this query has no source for; they
    count as not known. A fact that is in none of the three is an error of the caller.
    """

    facts: Mapping[str, str]
    sets: Mapping[str, Callable[[Sequence[str]], str]] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()


def to_sql(node: Node, dialect: Dialect, columns: Columns, on: date) -> str:
    """The node as one SQL expression for judgement on a day. Raises LookupError for an unmapped fact."""
    return _Writer(dialect, columns, on).sql(node)


def amount_sql(node: Node, dialect: Dialect, columns: Columns, on: date) -> str:
    """An amount in integer 分, rounded half up."""
    return f"cast(round({to_sql(node, dialect, columns, on)}) as bigint)"


def all_of(nodes: Sequence[Node], dialect: Dialect, columns: Columns, on: date) -> str:
    """All clauses together: true, false, or NULL where a fact is missing and none fails."""
    return "(" + " and ".join(to_sql(node, dialect, columns, on) for node in nodes) + ")"


_CAST = {"date": "date", "number": "integer", "money": "bigint", "bool": "boolean"}


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


class _Writer:
    def __init__(self, dialect: Dialect, columns: Columns, on: date) -> None:
        self.dialect, self.columns, self.on = dialect, columns, on

    def sql(self, node: Node) -> str:
        match node:
            case Constant():
                return self.constant(node.value)
            case Today():
                return self.constant(self.on)
            case Use():
                return self.use(node)
            case Member():
                return self.member(node)
            case RateOf():
                return self.rate(node)
            case Call():
                return self.call(node)
            case Combine() | Compare() | Arithmetic():
                return self.binary(node)
            case IsNull() | Negate() | Among():
                return self.unary(node)

    def unary(self, node: IsNull | Negate | Among) -> str:
        operand = self.sql(node.operand)
        if isinstance(node, Negate):
            return f"(not {operand})"
        if isinstance(node, Among):
            choices = ", ".join(self.constant(choice.value) for choice in node.choices)
            return f"({operand} in ({choices}))"
        if any(fact.name in self.columns.unknown for fact in base_facts(node)):
            return "cast(null as boolean)"
        return f"({operand} is null)"

    def constant(self, value: str | Decimal | bool | date) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, date):
            return (
                _text(value.isoformat()) if self.dialect == "sqlite" else f"date {_text(value.isoformat())}"
            )
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return _text(value)

    def binary(self, node: Combine | Compare | Arithmetic) -> str:
        right = self.sql(node.right)
        if isinstance(node, Arithmetic) and node.operator == "/":
            right = f"nullif({right} * 1.0, 0)"
        return f"({self.sql(node.left)} {node.operator} {right})"

    def use(self, node: Use) -> str:
        if node.formula is not None:
            return self.sql(node.formula)
        name = node.fact.name
        if name in self.columns.facts:
            return f"({self.columns.facts[name]})"
        if name in self.columns.unknown:
            return f"cast(null as {_CAST.get(node.kind, 'text')})"
        raise LookupError(f"查询没有给出事实“{name}”的列")

    def member(self, node: Member) -> str:
        name = node.fact.name
        if name in self.columns.sets:
            return f"({self.columns.sets[name](node.codes)})"
        if name in self.columns.unknown:
            return "cast(null as boolean)"
        raise LookupError(f"查询没有给出事实“{name}”的列")

    def rate(self, node: RateOf) -> str:
        rates = node.standard.all_on(self.on)
        arguments = [self.sql(argument) for argument in node.arguments]
        branches = []
        for rate in rates:
            value = str(rate.fen if rate.fen is not None else rate.percent)
            if not arguments:
                return f"({value})"
            values = [self.key_value(a, word) for a, word in zip(node.arguments, rate.key, strict=True)]
            if None not in values:
                tests = (f"{a} = {v}" for a, v in zip(arguments, values, strict=True))
                branches.append(f"when {' and '.join(tests)} then {value}")
        return f"(case {' '.join(branches)} end)" if branches else "cast(null as bigint)"

    def key_value(self, argument: Node, word: str) -> str | None:
        """A word of a rate's key as the argument's column holds it: code or level; None if it has none."""
        if not isinstance(argument, Use):
            return _text(word)
        code = next((code for code, label in argument.labels.items() if label == word), None)
        if code is None:
            return None
        return str(int(code)) if argument.fact.kind.startswith("level:") else _text(code)

    def call(self, node: Call) -> str:
        values = [self.sql(argument) for argument in node.arguments]
        match node.function:
            case "满年":
                start, end = values
                later = f"{self.part('monthday', end)} < {self.part('monthday', start)}"
                years = f"{self.part('year', end)} - {self.part('year', start)}"
                return f"({years} - (case when {later} then 1 else 0 end))"
            case "满月":
                start, end = values
                years = f"{self.part('year', end)} - {self.part('year', start)}"
                months = f"{self.part('month', end)} - {self.part('month', start)}"
                later = f"{self.part('day', end)} < {self.part('day', start)}"
                return f"(12 * ({years}) + {months} - (case when {later} then 1 else 0 end))"
            case "天数":
                return self.days(*values)
            case "年":
                return f"({self.part('year', values[0])})"
            case "进位年":
                return f"(({values[0]} + 11) {self.whole} 12)"
            case "半年进位":
                return f"((({values[0]} + 5) {self.whole} 6) / 2.0)"
            case _:
                return f"({values[0]} / 12.0)"

    @property
    def whole(self) -> str:
        """Integer division."""
        return "//" if self.dialect == "duckdb" else "/"

    def days(self, start: str, end: str) -> str:
        if self.dialect == "sqlite":
            return f"(cast(julianday({end}) - julianday({start}) as integer))"
        return f"date_diff('day', {start}, {end})" if self.dialect == "duckdb" else f"({end} - {start})"

    def part(self, name: str, value: str) -> str:
        """The year, month, day or month × 100 + day of a date, as an integer."""
        if self.dialect == "sqlite":
            form = {"year": "%Y", "month": "%m", "day": "%d", "monthday": "%m%d"}[name]
            return f"cast(strftime('{form}', {value}) as integer)"
        if name == "monthday":
            return f"({self.part('month', value)} * 100 + {self.part('day', value)})"
        return f"cast(extract({name} from {value}) as integer)"
