"""One column of many persons at once, for rows of other ledgers that derive something from it."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.people.models import Person

CHUNK = 800


def column_of(field: str, ids: Sequence[int]) -> dict[int, str]:
    """A plain text column by inner id of the person."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), CHUNK):
        people = Person.objects.everywhere("derived columns of ledger rows").filter(
            pk__in=ids[start : start + CHUNK]
        )
        found.update(people.values_list("pk", field))
    return found
