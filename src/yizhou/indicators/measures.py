"""What an indicator answers with: rows and how they are counted, so that the number opens into exactly its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, Func, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

Number = int | float


@dataclass(frozen=True)
class Measure:
    """Rows counted one by one, by different values of ``distinct``, or added up over ``total``.

    ``divisor`` turns the sum into the indicator's unit; nothing is rounded (ledgers.md §5.9). ``area`` is the
    lookup of the owning division where it is not that of the rows' ledger.
    """

    rows: QuerySet[Any]
    distinct: str = ""
    total: str = ""
    divisor: int = 1
    area: str = ""

    def amount(self) -> int:
        """The number before it is turned into its unit; no rows make 0."""
        if self.distinct:
            return int(self.rows.aggregate(n=Count(self.distinct, distinct=True))["n"])
        if self.total:
            return int(self.rows.aggregate(n=Sum(self.total))["n"] or 0)
        return self.rows.count()

    def value(self) -> Number:
        """The number in its unit."""
        amount = self.amount()
        return amount if self.divisor == 1 else float(Decimal(amount) / self.divisor)


@dataclass(frozen=True)
class Rate:
    """A percentage: 100 × numerator ÷ denominator, half up to one decimal; null on an empty denominator."""

    numerator: Measure
    denominator: Measure


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
    if denominator == 0:
        return None
    return (2000 * numerator + denominator) // (2 * denominator) / 10


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
