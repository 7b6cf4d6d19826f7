"""Which stocks are balanced, and how: the facts of ``data/balances.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from yizhou.balances.rules import MOVES
from yizhou.core.facts import FactError, build, read_toml
from yizhou.indicators.facts import facts
from yizhou.indicators.report.assertions import AssertionSyntaxError, holds, names_in
from yizhou.ledgers.columns import Column, Layout, code_table, layouts
from yizhou.ledgers.ledger import LEDGERS

FILE = "balances.toml"
SUMS = ("opening", "closing", "in", "out")
PARTS = ("num", "den")


@dataclass(frozen=True)
class End:
    """A date that ends a row. ``last_day``: the row still stands on that day (止期), else no longer (结束事件日)."""

    field: str
    label: str
    last_day: bool = False


@dataclass(frozen=True)
class Balance:
    """One 平衡表: rows of ``ledger`` stand from ``since`` until the first of ``ends``; a line for each ``category``.

    ``must`` are statements that hold before the table goes up, over its own sums, those of other tables and indicators.
    """

    name: str
    title: str
    unit: str
    ledger: str
    since: str
    ends: tuple[End, ...]
    category: str = ""
    must: tuple[str, ...] = ()

    @property
    def layout(self) -> Layout:
        """The columns of its ledger."""
        return layouts()[self.ledger]

    def label(self, code: str) -> str:
        """The name of a line by its category."""
        if not self.category:
            return "合计"
        column = self.layout[self.category]
        if column.kind == "bool":
            return f"{column.header}：{'是' if code == '1' else '否'}"
        return _codes(column).get(code, code) if code else "未填"

    def order(self) -> list[str]:
        """Categories in the order of the code table."""
        column = self.layout[self.category] if self.category else None
        return list(_codes(column)) if column and column.kind == "code" else ["1", "0"]


def _codes(column: Column) -> dict[str, str]:
    return dict(code_table(column.argument).names)


@cache
def balances() -> dict[str, Balance]:
    """All tables by name, in order. Raises ``FactError`` for a column, table, code or indicator that does not exist."""
    rows = read_toml(FILE)["balance"]
    built = [build(Balance, row, file=FILE, at=f"balance[{n}]") for n, row in enumerate(rows, 1)]
    found = {balance.name: balance for balance in built}
    for balance in built:
        for reason in _faults(balance, found):
            raise FactError(FILE, reason, key=balance.name)
    return found


def _faults(balance: Balance, known: dict[str, Balance]) -> Iterator[str]:
    if balance.ledger not in layouts():
        yield f"没有台账 {balance.ledger}"
        return
    columns = {column.field: column.kind for column in balance.layout.columns}
    for field in (balance.since, *(end.field for end in balance.ends)):
        if columns.get(field) != "date":
            yield f"台账 {balance.ledger} 没有日期列 {field}"
        if field in MOVES:
            yield f"列名 {field} 与平衡表的栏目重名"
    if balance.category and columns.get(balance.category) not in ("code", "bool"):
        yield f"台账 {balance.ledger} 没有代码列 {balance.category}"
    for statement in balance.must:
        yield from (
            f"“{statement}”中没有 {name}" for name in names_in(statement) if not _known(name, balance, known)
        )
        yield from _closed(statement, balance, known)
        yield from _unreadable(statement)


def _closed(statement: str, balance: Balance, known: dict[str, Balance]) -> Iterator[str]:
    """A table speaks of none that is closed to some of its readers: they would read its numbers in the check."""
    for name in names_in(statement):
        own = own_name(name, balance, known)
        if own and LEDGERS[own[0].ledger].browse_permission != LEDGERS[balance.ledger].browse_permission:
            yield f"“{statement}”引用的 {own[0].name} 与本表的查看权限不同"


def _unreadable(statement: str) -> Iterator[str]:
    try:
        holds(statement, lambda _name: None)
    except AssertionSyntaxError:
        yield f"“{statement}”读不懂"


def own_name(name: str, balance: Balance, known: dict[str, Balance]) -> tuple[Balance, str, str] | None:
    """The table, the sum and the line or way that a name speaks of; None where it is an indicator's."""
    first, *rest = name.split(".")
    table, parts = (
        (known[first], rest) if first in known and rest and rest[0] in SUMS else (balance, [first, *rest])
    )
    if parts[0] not in SUMS or len(parts) > 2:
        return None
    return table, parts[0], parts[1] if len(parts) == 2 else ""


def _known(name: str, balance: Balance, known: dict[str, Balance]) -> bool:
    own = own_name(name, balance, known)
    if own is None:
        code, _, part = name.partition(".")
        return code in facts() and (not part or part in PARTS)
    table, total, of = own
    if not of:
        return True
    if total in ("in", "out"):
        return of in MOVES or of in {end.field for end in table.ends}
    return bool(table.category) and of in table.order()
