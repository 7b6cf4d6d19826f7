"""Which items count as done for a person: by a case decided in favour, or by what the file says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from yizhou.cases.models import Case
from yizhou.catalogue.queries import catalogue
from yizhou.policy.rules import value_of
from yizhou.policy.rules.judge import Facts


def items_done(person_id: int, items: Iterable[str]) -> set[str]:
    """Which of the items the person has had done, in cases decided in favour."""
    done = Case.objects.everywhere("predecessors of one person's case").filter(
        person_id=person_id, item__in=list(items), result="DONE", completed_at__isnull=False
    )
    return set(done.values_list("item", flat=True))


def done_among(person_id: int, items: Iterable[str], facts: Facts, on: dt.date) -> frozenset[str]:
    """Items that count as done: decided in favour before, or done by what the file says (``done_when``)."""
    asked = set(items)
    done = items_done(person_id, asked)
    for code in asked - done:
        version = catalogue().items[code].on(on)
        node = catalogue().done.get((code, version.since)) if version else None
        if node is not None and value_of(node, facts, on) is True:
            done.add(code)
    return frozenset(done)
