"""The county as the ledgers of one year are drawn from it, and the columns that fact files alone can fill."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from yizhou.core.facts import read_toml
from yizhou.core.workdays import WorkCalendar
from yizhou.demo.draw import Draw
from yizhou.demo.places import of_level

OPENING_MINUTES = (8 * 60 + 30, 17 * 60)
ENDS = ("died_on", "moved_out_on", "deregistered_on")
VETERAN = pl.col("kind") == "VET"
YEAR_OF_TEXT = re.compile(r"\{y([+-]\d+)?\}")

Facts = dict[str, Any]
Sheets = Iterator[tuple[str, pl.DataFrame]]
"""Ledgers and rows for them, in the order in which they are imported."""


@dataclass(frozen=True)
class County:
    """What a year's work is drawn from: people and posts as frames, the year, the seed, the official work days."""

    people: pl.DataFrame
    staff: pl.DataFrame
    year: int
    seed: int
    calendar: WorkCalendar
    pace: float = 1.0
    """How much work there was, the year that is shown being 1."""

    @property
    def first(self) -> dt.date:
        """The year's first day."""
        return dt.date(self.year, 1, 1)

    @property
    def last(self) -> dt.date:
        """The year's last day: what must not lie in the future ends with it."""
        return dt.date(self.year, 12, 31)

    def facts(self, part: str) -> Facts:
        """Weights and texts of one kind of work."""
        found: Facts = read_toml("demo/work.toml")[part]
        return found

    def draw(self, purpose: str, count: int) -> Draw:
        """Columns of this year."""
        return Draw(self.seed, f"{purpose} {self.year}", count)

    @cached_property
    def all_year(self) -> pl.Series:
        """Which of the people are grown and on the register from the year's first day to its last."""
        stays = [pl.col(end).is_null() | (pl.col(end) > self.last) for end in ENDS]
        known = (pl.col("age") >= 19) & (pl.col("collected_on") <= self.first)
        return self.people.select(pl.all_horizontal(known, *stays)).to_series()

    def standing(self, *where: pl.Expr) -> pl.DataFrame:
        """Those people whom the conditions suit."""
        return self.people[self._rows(*where)]

    def _rows(self, *where: pl.Expr) -> pl.Series:
        # Numbers of rows: a city's people are never copied to look for a few of them.
        suits = pl.all_horizontal(pl.lit(self.all_year), *[one.fill_null(value=False) for one in where])
        return self.people.select(suits).to_series().arg_true()

    def count(self, per_thousand: float, least: int = 1) -> int:
        """How many rows that is for the people of this year."""
        return max(int(len(self._rows()) * per_thousand * self.pace) // 1000, least)

    def chosen(self, purpose: str, count: int, *where: pl.Expr) -> tuple[pl.DataFrame, Draw]:
        """About so many different people of the year whom the conditions suit, at random, and columns for them."""
        more_or_less = self.draw(f"{purpose} more or less", 1).uniform("luck")[0]
        rows = self._rows(*where)
        luck = self.draw(f"{purpose} who", len(rows)).uniform("luck")
        order = luck.arg_sort().head(max(round(count * (0.94 + 0.12 * more_or_less)), 1))
        frame = self.people[rows.gather(order)]
        return frame, self.draw(purpose, frame.height)

    def somebody(self, draw: Draw) -> pl.DataFrame:
        """One living adult for each row of ``draw``, with repetition."""
        alive = pl.all_horizontal(pl.col(end).is_null() | (pl.col(end) > self.first) for end in ENDS)
        needed = ["id_number", "name", "village", "phone", "category", "age"]
        pool = self.people.select(*needed, *ENDS, "collected_on")
        pool = pool.filter(alive, pl.col("age") >= 19, pl.col("collected_on") <= self.first).select(needed)
        return pool[draw.whole("who", 0, pool.height - 1)]

    @cached_property
    def open_days(self) -> pl.Series:
        """The year's work days."""
        days = [self.first + dt.timedelta(days=n) for n in range(365)]
        return pl.Series([day for day in days if self.calendar.is_workday(day)])

    def days(self, draw: Draw, what: str = "day", part: tuple[float, float] = (0.0, 1.0)) -> pl.Series:
        """Work days of the year, or of a part of it, at random."""
        low, high = (round(share * (len(self.open_days) - 1)) for share in part)
        return self.open_days.gather(draw.whole(what, low, high))

    def moments(self, draw: Draw, what: str = "moment") -> pl.Series:
        """Moments on working days of the year in opening hours."""
        return at_minutes(self.days(draw, f"{what} day"), draw, what)

    def until_last(self, day: str | pl.Expr) -> pl.Expr:
        """The day, or nothing when it lies after the year."""
        found = pl.col(day) if isinstance(day, str) else day
        return pl.when(found <= self.last).then(found)


def at_minutes(days: pl.Series, draw: Draw, what: str) -> pl.Series:
    """Those days at a minute of the opening hours."""
    minutes = draw.whole(f"{what} minute", *OPENING_MINUTES)
    return days.cast(pl.Datetime("us")) + pl.select(pl.duration(minutes=pl.lit(minutes))).to_series()


def on_register(frame: pl.DataFrame, moment: str) -> pl.DataFrame:
    """Rows within the person's time on the register."""
    day = pl.col(moment).dt.date()
    ends = [pl.col(end).is_null() | (pl.col(end) > day) for end in ENDS]
    return frame.filter(pl.col("collected_on") <= day, *ends)


def told(draw: Draw, facts: Facts) -> list[pl.Expr]:
    """Columns that the facts alone tell: a table holds weights, a list is drawn from, ``{low, high}`` is a range of
    whole numbers, anything else holds for every row."""
    columns = []
    for name, fact in facts.items():
        if isinstance(fact, dict) and set(fact) == {"low", "high"}:
            found = pl.lit(draw.whole(name, fact["low"], fact["high"]))
        elif isinstance(fact, dict):
            found = pl.lit(draw.pick(name, fact))
        elif isinstance(fact, list):
            found = pl.lit(draw.one_of(name, fact))
        else:
            found = pl.lit(fact)
        columns.append(found.alias(name))
    return columns


def listed(rows: list[Facts], year: int) -> list[Facts]:
    """Rows as the fact file lists them, its ``{y}`` and ``{y-1}`` being this year and the year before."""
    return [{name: _dated(fact, year) for name, fact in row.items()} for row in rows]


def _dated(fact: Any, year: int) -> Any:
    if not isinstance(fact, str):
        return fact
    return YEAR_OF_TEXT.sub(lambda found: str(year + int(found[1] or 0)), fact)


def table(rows: list[Facts]) -> pl.DataFrame:
    """Listed rows as a frame; what a row does not name is empty."""
    return pl.DataFrame(rows, infer_schema_length=None)


def serial(mark: object, digits: int = 5) -> pl.Expr:
    """Numbers of the rows after a mark, from one on."""
    return pl.lit(f"{mark}") + pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(digits)


def later(day: str, draw: Draw, what: str, low: int, high: int) -> pl.Expr:
    """Some days after that day."""
    return pl.col(day) + pl.duration(days=pl.lit(draw.whole(what, low, high)))


def yes(condition: pl.Expr | pl.Series) -> pl.Expr:
    """``是`` where it holds, ``否`` elsewhere."""
    held = pl.lit(condition) if isinstance(condition, pl.Series) else condition
    return pl.when(held).then(pl.lit("是")).otherwise(pl.lit("否"))


def some(draw: Draw, what: str, share: float, value: pl.Expr | str) -> pl.Expr:
    """The value in that share of the rows, elsewhere nothing."""
    return pl.when(pl.lit(draw.chance(what, share))).then(pl.col(value) if isinstance(value, str) else value)


def of_categories(*codes: str) -> pl.Expr:
    """Whether the main or a further category is one of these."""
    own = pl.col("category").is_in(codes)
    return own | pl.col("other_categories").fill_null("").str.contains_any(list(codes))


def county_codes() -> list[str]:
    """The counties' divisions."""
    return [place.code for place in of_level("县")]


def facts_in(file: str) -> Callable[[str], Facts]:
    """How the weights and texts of one ledger are looked up in a fact file of the demonstration."""

    def facts(part: str) -> Facts:
        found: Facts = read_toml(f"demo/{file}.toml")[part]
        return found

    return facts


def town_of(village: str = "village") -> pl.Expr:
    """The division of the town in which a village lies."""
    return pl.col(village).str.slice(0, 9) + "000"


def county_of(village: str = "village") -> pl.Expr:
    """The division of the county in which a village lies."""
    return pl.col(village).str.slice(0, 6) + "000000"
