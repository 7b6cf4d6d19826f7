"""Statements over numbers, as the checks write them: ``a.num + b <= c``. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

NAME = r"[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)*"
_TERM = re.compile(rf"\s*({NAME}|\d+)\s*")
_SIGN = re.compile(r"\s*(<=|>=|=)\s*")

Lookup = Callable[[str], Fraction | None]
"""``code``, ``code.num`` or ``code.den`` → the number; None where it is not measured."""


class AssertionSyntaxError(ValueError):
    """The statement cannot be read."""


def names_in(statement: str) -> list[str]:
    """Every number a statement speaks of."""
    return re.findall(NAME, statement)


def holds(statement: str, lookup: Lookup) -> bool | None:
    """Whether it holds; None where one of its numbers is not measured.

    >>> numbers = {"a": Fraction(2), "b": Fraction(3), "c": None}
    >>> holds("a + b <= 5", numbers.get), holds("a * 2 = b", numbers.get), holds("a = c", numbers.get)
    (True, False, None)
    """
    sides = _SIGN.split(statement)
    if len(sides) != 3:
        raise AssertionSyntaxError(statement)
    left, right = _sum(sides[0], lookup, statement), _sum(sides[2], lookup, statement)
    if left is None or right is None:
        return None
    return {"<=": left <= right, ">=": left >= right, "=": left == right}[sides[1]]


def _sum(text: str, lookup: Lookup, statement: str) -> Fraction | None:
    total: Fraction | None = Fraction(0)
    for addend in text.split("+"):
        product: Fraction | None = Fraction(1)
        for factor in addend.split("*"):
            value = _term(factor, lookup, statement)
            product = None if product is None or value is None else product * value
        total = None if total is None or product is None else total + product
    return total


def _term(text: str, lookup: Lookup, statement: str) -> Fraction | None:
    found = _TERM.fullmatch(text)
    if not found:
        raise AssertionSyntaxError(statement)
    return Fraction(found[1]) if found[1].isdigit() else lookup(found[1])
