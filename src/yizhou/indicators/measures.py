"""What an indicator answers with: rows and how they are counted, so that the number opens into exactly its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, DateField, Func, Max, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Coalesce, Substr

Number = int | float


@dataclass(frozen=True)
class Measure:
    """Rows counted one by one, by different values of ``distinct``, added up over ``total``, or the ``highest`` of them.

    ``where`` picks among ``rows`` and is kept apart, so that measures over the same rows are taken in one pass: for
    tables without a period to look them up by. ``divisor`` turns the sum into the indicator's unit; nothing is
    rounded (ledgers.md §5.9). ``area`` is the lookup of the owning division where it is not that of the rows' ledger, None where no
    column of theirs says it, or where the number of a part is not made of the rows of the whole.
    ``highest`` is a positive number, and no number at all where there are no rows (无则 null).
    ``opens`` are the rows to show where others are counted: persons, counted over their visits.
    """

    rows: QuerySet[Any]
    where: Q | None = None
    distinct: str = ""
    total: str = ""
    highest: str = ""
    divisor: int = 1
    area: str | None = ""
    opens: QuerySet[Any] | None = None

    @property
    def found(self) -> QuerySet[Any]:
        """The rows into which the number opens."""
        if self.opens is not None:
            return self.opens
        return self.rows if self.where is None else self.rows.filter(self.where)

    def aggregate(self) -> Aggregate:
        """How the rows make the number."""
        if self.distinct:
            return Count(self.distinct, distinct=True, filter=self.where)
        if self.highest:
            return Max(self.highest, filter=self.where)
        return Sum(self.total, filter=self.where) if self.total else Count("pk", filter=self.where)

    def in_unit(self, amount: Number) -> Number | None:
        """An amount in the indicator's unit; None for the highest of no rows."""
        if self.highest and not amount:
            return None
        return amount if self.divisor == 1 else float(Decimal(str(amount)) / self.divisor)

    def value(self) -> Number | None:
        """The number in its unit, asked for alone."""
        return self.in_unit(amounts([self])[0])


def amounts(measures: Sequence[Measure]) -> list[Number]:
    """The numbers before they are turned into their units, one query for all that share their rows; no rows make 0."""
    groups: dict[object, list[int]] = {}
    for n, measured in enumerate(measures):
        key: object = n if measured.where is None else str(measured.rows.query)
        groups.setdefault(key, []).append(n)
    found: list[Number] = [0] * len(measures)
    for members in groups.values():
        asked = {f"n{n}": measures[n].aggregate() for n in members}
        answered = measures[members[0]].rows.order_by().aggregate(**asked)
        for n in members:
            found[n] = answered[f"n{n}"] or 0
    return found


def amounts_at_once(measures: Sequence[Measure]) -> list[Number]:
    """The same numbers in one statement, for many that share no rows: one month after another.

    Its parts stand in a UNION ALL, so that twelve months of an indicator cost one way to the database.
    """
    parts = [
        measured.rows.order_by()
        .annotate(nth_measure=Value(n))
        .values("nth_measure")
        .annotate(its_amount=measured.aggregate())
        .values_list("nth_measure", "its_amount")
        for n, measured in enumerate(measures)
    ]
    found: list[Number] = [0] * len(measures)
    for place, amount in parts[0].union(*parts[1:], all=True) if parts else ():
        found[place] = amount or 0
    return found


def amounts_by_prefix(measured: Measure, area: str, length: int) -> dict[str, Number]:
    """The amount for each beginning of the division code of that length, in one query."""
    rows = measured.rows.order_by().annotate(part=Substr(area, 1, length)).values("part")
    counted = rows.annotate(n=measured.aggregate()).values("part", "n")
    return {row["part"]: row["n"] or 0 for row in counted}


@dataclass(frozen=True)
class Rate:
    """A percentage: 100 × numerator ÷ denominator, half up to one decimal; null on an empty denominator.

    ``average`` is instead what falls to one, in the numerator's unit, half up to two decimals.
    """

    numerator: Measure
    denominator: Measure
    average: bool = False

    def value(self, numerator: Number, denominator: Number) -> float | None:
        """The quotient of two whole amounts, before they are turned into their units."""
        if self.average:
            return quotient(int(numerator), int(denominator) * self.numerator.divisor, 2)
        return percentage(int(numerator), int(denominator))


@dataclass(frozen=True)
class Known:
    """A number that follows from configuration, with the names behind it; None where the site removed it."""

    value: int | None
    names: tuple[str, ...] = ()
    reason: str = ""


Answer = Measure | Rate | Known


def percentage(numerator: int, denominator: int) -> float | None:
    """100 × n ÷ d rounded half up to one decimal, exactly; None when d is 0.

    >>> percentage(1, 8), percentage(843, 1000), percentage(1, 3), percentage(0, 5), percentage(0, 0)
    (12.5, 84.3, 33.3, 0.0, None)
    >>> percentage(201, 400), percentage(1, 800)
    (50.3, 0.1)
    """
    return quotient(100 * numerator, denominator, 1)


def quotient(numerator: int, denominator: int, places: int) -> float | None:
    """n ÷ d rounded half up to so many decimals, exactly; None when d is 0.

    >>> quotient(450, 13, 2), quotient(1, 8, 2), quotient(5, 0, 2)
    (34.62, 0.13, None)
    """
    if denominator == 0:
        return None
    tenfold: int = 10**places
    return (2 * tenfold * numerator + denominator) // (2 * denominator) / tenfold


class AddDays(Func):
    """A date plus a number of calendar days; an empty number counts as 0."""

    output_field = DateField()

    def __init__(self, day: str, days: str) -> None:
        super().__init__(day, Coalesce(days, Value(0)))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps dates as text and moves them by its date function."""
        return super().as_sql(
            compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", '+' || ", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """A date plus an integer is a date."""
        return super().as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" + ", **extra)


class CodePoints(Func):
    """Text in the order of its code points (字典序), which is SQLite's; PostgreSQL has that of its collation otherwise."""

    template = "%(expressions)s"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The collation that every PostgreSQL has."""
        return super().as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **extra)
