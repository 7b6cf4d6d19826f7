"""What must hold before a report is signed (report_outline.md §5): V items stop it, W items want an explanation."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from yizhou.core.facts import build, read_toml
from yizhou.core.scope import prefix_of, within
from yizhou.indicators.comparing import SMALL_BASE
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Measure
from yizhou.indicators.periods import months
from yizhou.indicators.queries import Figure, answer_of, by_child, measure_many, owner, parts_below, started
from yizhou.indicators.report.assertions import NAME, holds, names_in
from yizhou.indicators.report.build import Report
from yizhou.indicators.report.late import late_entries
from yizhou.indicators.scope import Scope
from yizhou.indicators.wording import decimals

LARGE_CHANGE, LARGE_STEP, LARGE_SAMPLE = Decimal(50), Decimal(10), 30
FILE = "report/checks.toml"
BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff）)”]) +(?=[\u4e00-\u9fff“（])")
"""Blanks between Chinese words, left where a code stood."""

MOST_LATE = 3
SIGNS = {"<=": "≤", ">=": "≥", "*": "×"}


@dataclass(frozen=True)
class Together:
    """Where ``when`` is 0, all of ``then`` are."""

    when: str
    then: tuple[str, ...]


@dataclass(frozen=True)
class Quotient:
    """``value`` = ``of`` ÷ ``by`` to two decimals; empty where ``by`` is 0."""

    value: str
    of: str
    by: str


@dataclass(frozen=True)
class Check:
    """One line of the table; the fields beside ``text`` are what the machine compares."""

    id: str
    kind: Literal["must", "warn"]
    text: str
    statements: tuple[str, ...] = field(default=(), metadata={"key": "assert"})
    zero_together: tuple[Together, ...] = ()
    both_or_none: tuple[tuple[str, ...], ...] = ()
    quotient: tuple[Quotient, ...] = ()
    adds_up: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    section_counts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """The outcome of a check: what was compared, what does not hold, what could not be compared."""

    check: Check
    compared: int
    faults: tuple[str, ...]
    unmeasured: int

    @property
    def state(self) -> str:
        """``ok``, ``late`` (must not hold back), ``warn`` (wants an explanation) or "" (nothing to compare)."""
        if self.faults:
            return "late" if self.check.kind == "must" else "warn"
        return "ok" if self.compared else ""

    def as_json(self) -> dict[str, object]:
        """As documents and snapshots keep it."""
        return {
            "id": self.check.id,
            "kind": self.check.kind,
            "text": self.check.text,
            "compared": self.compared,
            "unmeasured": self.unmeasured,
            "faults": list(self.faults),
        }


Outcome = tuple[str, bool | None]


@lru_cache(maxsize=1)
def checks() -> tuple[Check, ...]:
    """All checks."""
    rows = read_toml(FILE)["check"]
    return tuple(build(Check, row, file=FILE, at=f"check[{n}]") for n, row in enumerate(rows, 1))


def findings(report: Report) -> list[Finding]:
    """Every check made on a report's numbers."""
    report.numbers.prepare(code for check in checks() for code in spoken_of(check))
    found = []
    for check in checks():
        outcomes = list(_outcomes(check, report))
        known = [(text, good) for text, good in outcomes if good is not None]
        faults = tuple(in_words(text, report) for text, good in known if not good)
        found.append(Finding(check, len(known), faults, len(outcomes) - len(known)))
    return found


def in_words(text: str, report: Report | None = None) -> str:
    """A statement with the names of indicators instead of their codes, beside their numbers in a report."""

    def named(found: re.Match[str]) -> str:
        code, _, part = found[0].partition(".")
        if code not in facts():
            return found[0]
        name = facts()[code].name + {"num": "的分子", "den": "的分母"}.get(part, "")
        value = number(report, found[0]) if report else None
        return name if value is None else f"{name} {_told(value)}"

    told = BETWEEN.sub("", re.sub(NAME, named, text))
    for sign, written in SIGNS.items():
        told = told.replace(sign, written)
    return told.strip()


def _told(value: Fraction) -> str:
    return decimals(float(value), comma=True)


def spoken_of(check: Check) -> list[str]:
    """Indicators that a check compares."""
    codes = [name.partition(".")[0] for statement in check.statements for name in names_in(statement)]
    for rule in check.zero_together:
        codes += [rule.when, *rule.then]
    for pair in check.both_or_none:
        codes += pair
    for quotient in check.quotient:
        codes += [quotient.value, quotient.of, quotient.by]
    return [*codes, *check.section_counts, *check.adds_up, *check.distinct]


def _outcomes(check: Check, report: Report) -> Iterator[Outcome]:
    for statement in check.statements:
        yield statement, holds(statement, lambda name: number(report, name))
    for rule in check.zero_together:
        yield from _zero_together(rule, report)
    for pair in check.both_or_none:
        values = [number(report, code) for code in pair]
        known = None if None in values else len({value == 0 for value in values}) == 1
        yield f"{'、'.join(pair)} 同为 0 或同大于 0", known
    for quotient in check.quotient:
        yield _quotient(quotient, report)
    for code, chapter in check.section_counts.items():
        yield from _section_count(code, chapter, report)
    for code in (*check.adds_up, *check.distinct) if report.term.kind == "annual" else ():
        yield from _adds_up(code, report, exact=code in check.adds_up)
    if check.kind == "warn":
        yield from WARNINGS[check.id](report)


def number(report: Report, name: str) -> Fraction | None:
    """``code``, ``code.num`` or ``code.den`` of the report; rates count unrounded."""
    code, _, part = name.partition(".")
    figure = report.numbers.now(code)
    if part:
        value = figure.numerator if part == "num" else figure.denominator
        return None if value is None else Fraction(value)
    return None if figure.value is None else Fraction(str(figure.value))


def _zero_together(rule: Together, report: Report) -> Iterator[Outcome]:
    when = number(report, rule.when)
    for code in rule.then:
        value = number(report, code)
        known = None if when is None or value is None else when != 0 or value == 0
        yield f"{rule.when} 为 0 时 {code} 为 0", known


def _quotient(rule: Quotient, report: Report) -> Outcome:
    value, of, by = (number(report, code) for code in (rule.value, rule.of, rule.by))
    text = f"{rule.value} = {rule.of} ÷ {rule.by}"
    if of is None or by is None:
        return text, None
    return text, (value is None) if by == 0 else value is not None and abs(value - of / by) <= Fraction(
        1, 200
    )


def _section_count(code: str, chapter: str, report: Report) -> Iterator[Outcome]:
    sections = sum(s.section.id.startswith(f"{chapter}.") for s in report.sections)
    if sections:
        yield f"{code} = 第 {chapter} 章节数", number(report, code) == sections


def _adds_up(code: str, report: Report, *, exact: bool) -> Iterator[Outcome]:
    """Twelve months against the year; divisions below and what hangs on the division itself against the whole."""
    whole, scope = number(report, code), report.scope
    if whole is None or not started([code], scope):
        yield f"{code} 分月、分区划", None
        return
    each_month = [scope.during(*months(report.year, month, 1)) for month in range(1, 13)]
    by_month = _sum(measure_many([(code, month) for month in each_month]))
    yield f"{code}：十二个月之和 {_told(by_month)}", _fits(whole, by_month, exact=exact)
    below = _sum([figure for _, figure in by_child(code, scope)])
    below += _own(code, scope)
    yield f"{code}：各区划与直属之和 {_told(below)}", _fits(whole, below, exact=exact)


def _fits(whole: Fraction, total: Fraction | int, *, exact: bool) -> bool:
    return whole == total if exact else whole <= total


def _sum(figures: list[Figure]) -> Fraction:
    return sum((Fraction(str(figure.value or 0)) for figure in figures), Fraction(0))


def _own(code: str, scope: Scope) -> Fraction:
    """What belongs to the division itself and to none below it."""
    answer = answer_of(code, scope)
    area = owner(answer) if isinstance(answer, Measure) else None
    if not isinstance(answer, Measure) or area is None:
        return Fraction(0)
    prefixes = [prefix_of(division.area_code) for division in parts_below(scope.area)]
    below = within(area, prefixes)
    own = dataclasses.replace(answer, rows=answer.rows.filter(~below))
    return Fraction(str(own.value() or 0))


def _more_than_archived(report: Report) -> Iterator[Outcome]:
    """W1."""
    visited = number(report, "visited_veterans")
    for code in ("archived_persons", "netted_veterans"):
        against = number(report, code)
        known = None if visited is None or against is None else visited <= against
        yield f"visited_veterans > {code}", known


def _large_changes(report: Report) -> Iterator[Outcome]:
    """W2, for the numbers that the report prints."""
    for code in report.codes:
        figure, before = report.numbers.now(code), report.numbers.before(code)
        told = figure.fact.is_compared and figure.fact.nature != "stock"
        if told and figure.value is not None and before.value:
            yield (
                f"{figure.fact.name}：上年 {before.value}，本年 {figure.value}",
                not _is_large(figure, before),
            )


def _is_large(figure: Figure, before: Figure) -> bool:
    now, then = Decimal(str(figure.value)), Decimal(str(before.value))
    if figure.fact.nature == "rate":
        return abs(now - then) >= LARGE_STEP
    return then >= SMALL_BASE and abs(now - then) * 100 / then >= LARGE_CHANGE


def _suspicious_rates(report: Report) -> Iterator[Outcome]:
    """W3."""
    for code in report.codes:
        figure = report.numbers.now(code)
        if figure.denominator is None or figure.value is None:
            continue
        text = f"{figure.fact.name}：{figure.numerator}/{figure.denominator}"
        yield f"{text}，恰为 100%", not (figure.value == 100 and figure.denominator >= LARGE_SAMPLE)
        if code == "service_satisfaction_rate":
            yield f"{text}，样本数不足 {LARGE_SAMPLE}", figure.denominator >= LARGE_SAMPLE


def _counts_of_tasks(report: Report) -> Iterator[Outcome]:
    """W4."""
    activities = number(report, "party_history_activities")
    sections = sum(s.section.id.startswith("A1.") for s in report.sections)
    if sections:
        yield (
            "party_history_activities = 第 A1 章节数",
            None if activities is None else activities == sections,
        )
    projects, focus = number(report, "key_projects_count"), number(report, "five_focus")
    yield "key_projects_count = five_focus", None if projects is None else projects == focus
    late = sorted(late_entries(report), key=lambda pair: -pair[1])
    total = sum(count for _, count in late)
    most = "、".join(f"{title} {count:,} 条" for title, count in late[:MOST_LATE] if count)
    yield f"期末之后补录期内记录 {total:,} 条，其中{most}", total == 0 if late else None


WARNINGS = {
    "W1": _more_than_archived,
    "W2": _large_changes,
    "W3": _suspicious_rates,
    "W4": _counts_of_tasks,
}
