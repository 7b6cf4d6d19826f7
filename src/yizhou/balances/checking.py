"""What must hold before a balance goes up: in itself, with other balances and with the indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yizhou.balances.facts import Balance, balances, own_name
from yizhou.balances.queries import CLOSING, OPENING, Sheet, ends_of, sheet_of
from yizhou.balances.rules import COMING, GOING, LOST
from yizhou.indicators.facts import facts
from yizhou.indicators.queries import Figure, compute
from yizhou.indicators.report.assertions import NAME, holds, names_in

SUMS = {"opening": "期初", "closing": "期末", "in": "增加", "out": "减少"}
PARTS = {"num": "的分子", "den": "的分母", "": ""}
SIGNS = {"<=": "≤", ">=": "≥"}


@dataclass(frozen=True)
class Check:
    """What must hold: in words, whether it does (None: nothing to compare), and the numbers compared."""

    text: str
    good: bool | None
    found: str = ""


def checks_of(sheet: Sheet) -> list[Check]:
    """Everything that must hold before the table goes up."""
    return [*_own_checks(sheet), *_between(sheet)]


def _own_checks(sheet: Sheet) -> Iterator[Check]:
    signs = {move.code: move.sign for move in sheet.moves}
    uneven = [
        line.label
        for line in (*sheet.lines, *sheet.areas, sheet.total, sheet.area_total)
        if line.sums[OPENING] + sum(sign * line.sums[code] for code, sign in signs.items())
        != line.sums[CLOSING]
    ]
    yield Check("每一行：期初 + 增 − 减 = 期末", not uneven, "、".join(uneven))
    whole = sum(line.sums[CLOSING] for line in sheet.areas)
    yield Check(
        "各区划期末之和 = 合计",
        whole == sheet.total.sums[CLOSING],
        f"{whole:,} 与 {sheet.total.sums[CLOSING]:,}",
    )
    lost = sheet.total.sums.get(LOST, 0)
    yield Check("没有无依据的减少", not lost, f"{lost:,} {sheet.balance.unit}")
    bare = next((line.sums[CLOSING] for line in sheet.lines if sheet.balance.category and line.key == ""), 0)
    yield Check("每条记录都有类别", not bare, f"{bare:,} {sheet.balance.unit}未填")


def _between(sheet: Sheet) -> Iterator[Check]:
    spoken = _Spoken.of(sheet)
    for statement in sheet.balance.must:
        told = "，".join(
            f"{spoken.words(name)} {_written(spoken.number(name))}" for name in names_in(statement)
        )
        yield Check(spoken.sentence(statement), holds(statement, spoken.number), told)


@dataclass(frozen=True)
class _Spoken:
    """The numbers that the statements of a table speak of, each taken once."""

    sheet: Sheet
    own: dict[str, tuple[Balance, str, str]]
    others: dict[str, Sheet]
    figures: dict[str, Figure]

    @classmethod
    def of(cls, sheet: Sheet) -> _Spoken:
        names = {name for statement in sheet.balance.must for name in names_in(statement)}
        known = balances()
        own = {name: found for name in names if (found := own_name(name, sheet.balance, known))}
        tables = {table.name: table for table, _, _ in own.values() if table.name != sheet.balance.name}
        others = {name: sheet_of(table, sheet.scope) for name, table in tables.items()}
        figures = compute({name.partition(".")[0] for name in names - own.keys()}, sheet.scope)
        return cls(sheet, own, others, figures)

    def number(self, name: str) -> Fraction | None:
        """What a name stands for; None where it is not measured."""
        if name in self.own:
            table, total, of = self.own[name]
            return Fraction(_sum(self.others.get(table.name, self.sheet), total, of))
        code, _, part = name.partition(".")
        figure = self.figures[code]
        value = {"": figure.value, "num": figure.numerator, "den": figure.denominator}[part]
        return None if value is None else Fraction(str(value))

    def words(self, name: str) -> str:
        """A name as people call it."""
        if name not in self.own:
            code, _, part = name.partition(".")
            return f"“{facts()[code].name}”{PARTS[part]}"
        table, total, of = self.own[name]
        ways = {move.code: move.label for move in (*COMING, *ends_of(table), *GOING)}
        line = "" if not of else ways.get(of) or table.label(of)
        subject = "" if table.name == self.sheet.balance.name else table.title.removesuffix("增减平衡表")
        return f"{subject}{line}{SUMS[total]}"

    def sentence(self, statement: str) -> str:
        """A statement as people say it."""
        said = re.sub(NAME, lambda found: self.words(found[0]), statement)
        for written, printed in SIGNS.items():
            said = said.replace(written, printed)
        return said


def _sum(sheet: Sheet, total: str, of: str) -> int:
    if total in (OPENING, CLOSING):
        lines = sheet.lines if of else (sheet.total,)
        return sum(line.sums[total] for line in lines if of in ("", line.key))
    sign = 1 if total == "in" else -1
    return sum(
        sheet.total.sums[move.code] for move in sheet.moves if move.sign == sign and of in ("", move.code)
    )


def _written(number: Fraction | None) -> str:
    return "—" if number is None else f"{float(number):,.10g}"
