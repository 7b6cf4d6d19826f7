"""Row scope by construction: a scoped table cannot be read before somebody said for whom.

A query on a scoped model raises ``ScopeError`` when it is evaluated unless it passed through
``.visible_to(actor)`` or, for work that is nobody's in particular, ``.everywhere("why")``.
Areas are half-open ranges on the 12-digit division code, so that both databases use the index
(a LIKE prefix does not on SQLite).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Q

from yizhou.core.actor import Actor

M = TypeVar("M", bound=models.Model)
CODE = re.compile(r"\d{4,12}", re.ASCII)


class ScopeError(RuntimeError):
    """A scoped table was read without saying for whom."""


def is_code(text: str) -> bool:
    """Whether a text is a division code or the beginning of one; nothing else makes a range.

    >>> is_code("339901"), is_code("abc"), is_code("")
    (True, False, False)
    """
    return CODE.fullmatch(text) is not None


def prefix_of(code: str) -> str:
    """The significant prefix of a division code (ledgers.md §5.6): 9 → '', city 4, county 6, town 9, village 12.

    >>> prefix_of("339901000000"), prefix_of("3399"), prefix_of("339901001203")
    ('339901', '3399', '339901001203')
    """
    code = code.ljust(12, "0")
    for zeros, length in ((8, 4), (6, 6), (3, 9)):
        if code.endswith("0" * zeros):
            return code[:length]
    return code


def area_range(prefix: str) -> tuple[str, str]:
    """First code inside the prefix and the first one after it.

    >>> area_range("3399")
    ('3399', '3400')
    """
    return prefix, str(int(prefix) + 1).zfill(len(prefix))


def innermost(area: str, prefixes: Iterable[str]) -> str:
    """The longest of the prefixes in which a division lies; they need not be of one level. "" for none.

    >>> innermost("339901001203", ["339901", "339901001", "339902"])
    '339901001'
    """
    return max(filter(area.startswith, prefixes), key=len, default="")


def within(field: str, prefixes: Iterable[str]) -> Q:
    """Condition that ``field`` lies in one of the prefixes; no prefix at all matches nothing."""
    parts = []
    for prefix in prefixes:
        if prefix == "":
            return Q()
        first, after = area_range(prefix)
        parts.append(Q(**{f"{field}__gte": first, f"{field}__lt": after}))
    return reduce(or_, parts) if parts else Q(pk__in=[])


class ScopedQuerySet(models.QuerySet[M]):
    """A query set that must be told for whom it is read."""

    _scoped = False

    @property
    def area_field(self) -> str:
        """The lookup of the owning division's code: ``AREA`` of the model, else its column ``area``."""
        return str(getattr(self.model, "AREA", "area"))

    def visible_to(self, actor: Actor) -> Self:
        """Rows inside the actor's areas; the one door to data for pages, exports and figures."""
        found = self.filter(self.visibility(actor))
        found._scoped = True
        return found

    def visibility(self, actor: Actor) -> Q:
        """The condition behind ``visible_to``; tables with further doors (a department's legs) widen it."""
        return within(self.area_field, actor.areas)

    def everywhere(self, why: str) -> Self:
        """All rows, for work that serves no single actor (uniqueness, sealing, set-wise loading)."""
        if not why:
            raise ScopeError("everywhere() wants a reason")
        found = self.all()
        found._scoped = True
        return found

    def in_area(self, code: str) -> Self:
        """Rows whose owning area lies in the division ``code`` (ledgers.md §5.6); empty means no filter."""
        return self.filter(within(self.area_field, [prefix_of(code)])) if code else self.all()

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # private in the stubs, stable in Django
        clone._scoped = self._scoped
        return clone

    def guard(self) -> None:
        """Raises ``ScopeError`` unless it was said for whom this is read."""
        if not self._scoped:
            raise ScopeError(f"{self.model.__name__} read outside a scope: call .visible_to(actor) first")

    def _fetch_all(self) -> None:
        self.guard()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        self.guard()
        return super().iterator(chunk_size=chunk_size or 2000)

    def count(self) -> int:
        self.guard()
        return super().count()

    def exists(self) -> bool:
        self.guard()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.guard()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self.guard()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.guard()
        return super().delete()

    def explain(self, *, format: str | None = None, **options: Any) -> str:  # noqa: A002  # Django's name
        self.guard()
        return super().explain(format=format, **options)

    def raw(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ScopeError(f"{self.model.__name__} read by raw SQL, which knows no scope")

    def union(self, *others: Any, all: bool = False) -> Self:  # noqa: A002  # Django's name
        self._guard_with(*others)
        return super().union(*others, all=all)

    def __or__(self, other: Any) -> Self:
        self._guard_with(other)
        return super().__or__(other)

    def __xor__(self, other: Any) -> Self:
        self._guard_with(other)
        return super().__xor__(other)

    def _guard_with(self, *others: Any) -> None:
        """Rows joined to these must have been scoped as well: one side alone would let the other through."""
        for rows in (self, *others):
            if isinstance(rows, ScopedQuerySet):
                rows.guard()
