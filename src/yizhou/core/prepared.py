"""Statements put together once: for the few queries that every request asks.

Django composes the SQL of a query anew each time it is asked, which takes several times as long as running a
look-up by key. A query whose shape never changes is composed at its first use and then only run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from django.db import connection, models

from yizhou.core.scope import ScopedQuerySet

M = TypeVar("M", bound=models.Model)
Value = int | str | dt.date
Values = Mapping[str, Value]
Converter = tuple[int, list[Callable[..., Any]], Any]


class Statement:
    """A composed query for plain rows: its SQL, where its values go, how its columns become values of Python.

    ``rows`` was built from ``samples``: values of the right types that occur nowhere else in it. Made for the
    kind of database that is in use; the rows are those of ``values_list``, as lists.
    """

    def __init__(self, rows: models.QuerySet[Any, Any], samples: Values) -> None:
        if isinstance(rows, ScopedQuerySet):
            rows.guard()
        compiler = rows.query.get_compiler(connection=connection)
        self._sql, params = compiler.as_sql()
        found: Any = compiler.get_converters([column[0] for column in compiler.select])
        self._converters: list[Converter] = [(place, *how) for place, how in found.items()]
        names = {_adapted(sample): name for name, sample in samples.items()}
        self._params = [(names.get(param, ""), param) for param in params]
        missing = set(samples) - {name for name, _ in self._params}
        if missing:
            raise AssertionError(f"not a value of the statement: {missing}")

    def run(self, values: Values) -> list[list[Any]]:
        """The rows for these values."""
        params = [_adapted(values[name]) if name else param for name, param in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            rows = [list(row) for row in cursor.fetchall()]
        for place, converters, expression in self._converters:
            for row in rows:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
        return rows


def _adapted(value: Value) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


class Prepared(Generic[M]):
    """A query for instances by a few values. It must fetch no relations along and annotate nothing."""

    def __init__(self, build: Callable[..., models.QuerySet[M]], samples: Values) -> None:
        self._build, self._samples = build, samples
        self._statements: dict[str, tuple[type[M], list[str], Statement]] = {}

    def __call__(self, **values: Value) -> list[M]:
        """Run it with these values."""
        made = self._statements.get(connection.vendor)
        if made is None:
            rows = self._build(**self._samples)
            fields = [field.attname for field in rows.model._meta.concrete_fields]
            made = rows.model, fields, Statement(rows.values_list(*fields), self._samples)
            self._statements[connection.vendor] = made
        model, fields, statement = made
        return [model.from_db(connection.alias, fields, row) for row in statement.run(values)]


def prepared(**samples: Value) -> Callable[[Callable[..., models.QuerySet[M]]], Prepared[M]]:
    """``Prepared`` as a decorator of the function that builds the queryset."""

    def wrap(build: Callable[..., models.QuerySet[M]]) -> Prepared[M]:
        return Prepared(build, samples)

    return wrap
