"""A balance for an area and a period: its lines and the names behind every number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from yizhou.balances.facts import Balance
from yizhou.balances.models import ConfirmedBalance
from yizhou.balances.reading import opening_for, outside, present
from yizhou.balances.rules import COMING, GOING, Move, Reckoned, reckon
from yizhou.core.actor import Actor
from yizhou.core.scope import innermost, prefix_of
from yizhou.indicators.queries import parts_below
from yizhou.indicators.scope import Scope
from yizhou.ledgers.ledger import LEDGERS

OPENING, CLOSING = "opening", "closing"
Sums = dict[str, dict[str, int]]
"""By line, then by column."""


@dataclass(frozen=True)
class Line:
    """A line: its key, its name, and its numbers by column."""

    key: str
    label: str
    sums: dict[str, int]


@dataclass(frozen=True)
class Sheet:
    """A balance reckoned: by category, by division below, with the names behind every number."""

    balance: Balance
    scope: Scope
    source: ConfirmedBalance | None
    moves: tuple[Move, ...]
    lines: tuple[Line, ...]
    total: Line
    areas: tuple[Line, ...]
    area_total: Line
    by_line: Reckoned
    by_area: Reckoned
    closing: pl.DataFrame

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Code and heading of each column of numbers."""
        moved = [(move.code, f"{'＋' if move.sign > 0 else '－'}{move.label}") for move in self.moves]
        return [(OPENING, "期初"), *moved, (CLOSING, "期末")]


def may_see(balance: Balance, actor: Actor) -> bool:
    """Whether its ledger is open to the actor."""
    return actor.may(LEDGERS[balance.ledger].browse_permission)


def ends_of(balance: Balance) -> list[Move]:
    """The columns of its own ends."""
    return [Move(end.field, end.label, -1, usual=True, says=f"{end.label}日期在期内") for end in balance.ends]


def sheet_of(balance: Balance, scope: Scope) -> Sheet:
    """Reckon a balance for an area and a period."""
    rows = present(balance, scope)
    opening = opening_for(balance, scope, rows)
    inside = opening.names.filter(pl.col("area").str.starts_with(prefix_of(scope.area) if scope.area else ""))
    beyond = outside(balance, scope, rows, opening)
    below = {prefix_of(division.area_code): division.name for division in parts_below(scope.area)}
    areas = {*inside["area"].unique(), *rows["area"].unique()}
    places = {area: innermost(area, below) for area in areas}
    reckoned = [
        reckon(
            inside.with_columns(line=line), rows.with_columns(line=line), (scope.first, scope.last), beyond
        )
        for line in (pl.col("category"), pl.col("area").replace_strict(places, default=""))
    ]
    moves = _moves(balance, reckoned)
    closing = reckoned[0].closing.join(rows.select("pk", "category", "area"), on="pk")
    return Sheet(
        balance,
        scope,
        opening.source,
        moves,
        lines=_lines(reckoned[0], moves, balance.order(), balance.label),
        total=_total(reckoned[0], moves),
        areas=_lines(reckoned[1], moves, list(below), lambda key: below.get(key, "本级及其他")),
        area_total=_total(reckoned[1], moves),
        by_line=reckoned[0],
        by_area=reckoned[1],
        closing=closing,
    )


def _moves(balance: Balance, reckoned: list[Reckoned]) -> tuple[Move, ...]:
    """Columns: the usual ones and what happened in either of the tables."""
    happened = {way for one in reckoned for way in one.moves["way"].unique()}
    every = (*COMING, *ends_of(balance), *GOING)
    return tuple(move for move in every if move.usual or move.code in happened)


def _counted(reckoned: Reckoned) -> Sums:
    found: Sums = {}
    parts = [
        reckoned.opening.select("line", pl.lit(OPENING).alias("way")),
        reckoned.moves.select("line", "way"),
        reckoned.closing.select("line", pl.lit(CLOSING).alias("way")),
    ]
    for line, way, count in pl.concat(parts).group_by("line", "way").len().iter_rows():
        found.setdefault(line, {})[way] = count
    return found


def _lines(
    reckoned: Reckoned, moves: tuple[Move, ...], order: list[str], label: Callable[[str], str]
) -> tuple[Line, ...]:
    counted = _counted(reckoned)
    keys = [key for key in order if key in counted] + sorted(set(counted) - set(order))
    columns = (OPENING, *(move.code for move in moves), CLOSING)
    return tuple(
        Line(key, label(key), {column: counted[key].get(column, 0) for column in columns}) for key in keys
    )


def _total(reckoned: Reckoned, moves: tuple[Move, ...]) -> Line:
    counted = _counted(reckoned).values()
    columns = (OPENING, *(move.code for move in moves), CLOSING)
    return Line("", "合计", {column: sum(line.get(column, 0) for line in counted) for column in columns})


def pks_of(sheet: Sheet, column: str, key: str | None = None, *, by_area: bool = False) -> list[int]:
    """The inner numbers behind a column, in order; of one line where ``key`` names it."""
    reckoned = sheet.by_area if by_area else sheet.by_line
    frame = {OPENING: reckoned.opening, CLOSING: reckoned.closing}.get(column)
    found = reckoned.moves.filter(pl.col("way") == column) if frame is None else frame
    return sorted((found if key is None else found.filter(pl.col("line") == key))["pk"].to_list())
