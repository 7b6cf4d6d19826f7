"""Texts of ours written into a statement instead of bound to it: a partial index stands in for its table only then.

SQLite compares the condition of a query with that of an index word by word. Given a parameter it still takes the index,
but looks every row up in the table to compare the text once more.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q, Value

_OURS = re.compile(r"\w*", re.ASCII)


class Literal(Value):
    """A code of ours: letters, digits and underscores. Raises ``ValueError`` for anything else."""

    def __init__(self, text: str) -> None:
        if not _OURS.fullmatch(text):
            raise ValueError(text)
        super().__init__(text)

    def as_sql(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002  # Django's signature
        """The text in quotes."""
        return f"'{self.value}'", []


def spelled_out(condition: Q) -> Q:
    """The condition of a partial index as a query has to ask it: its texts as literals.

    >>> spelled_out(Q(done=True) & ~Q(method="MASS"))
    <Q: (AND: ('done', True), (NOT (AND: ('method', Literal('MASS')))))>
    """
    parts = [_spelled(child) for child in condition.children]
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def _spelled(child: Any) -> Any:
    if isinstance(child, Q):
        return spelled_out(child)
    name, value = child
    return (name, Literal(value)) if isinstance(value, str) else child
