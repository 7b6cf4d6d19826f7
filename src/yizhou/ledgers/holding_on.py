"""Who holds on to a row by its number: references that are stored as what was written, not as foreign keys.

The database protects foreign keys by itself. A division's code, a staff member's identity number and the like stand
in other ledgers as texts or blind indexes; a row whose number is still in use can neither be voided nor renumbered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.core.refusal import Blocker
from yizhou.ledgers.columns import Column
from yizhou.ledgers.counting import counts
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.loading import key_column

ENOUGH = 1000
"""Beyond so many references the exact number does not matter."""


def blockers_of_holders(bound: Ledger, pk: int, values: Mapping[str, Any], fields: set[str]) -> list[Blocker]:
    """Why a row may not lose these of its values: rows of other ledgers speak of it by them.

    Nothing where another row of the ledger has the same number: a person may hold several posts.
    """
    rows: dict[str, models.QuerySet[Any]] = {}
    for field in fields:
        value, holders = values[field], list(_speaking_of(f"{bound.name}.{field}"))
        if not holders or value in (None, "") or _rows_with(bound, field, value).exclude(pk=pk).exists():
            continue
        for other, column in holders:
            found = _rows_with(other, column.field, value)
            rows[f"{other.title}·{column.header}"] = found.exclude(pk=pk) if other is bound else found
    held = {title: count for title, count in counts(rows, ENOUGH).items() if count}
    if not held:
        return []
    listed = "、".join(f"{title} {count} 条" for title, count in held.items())
    remedy = "先更正引用它的记录；不再使用的，填停用或结束日期即可"
    return [Blocker("REFERRED", f"还有记录引用它：{listed}", remedy)]


def _speaking_of(target: str) -> Iterator[tuple[Ledger, Column]]:
    for other in LEDGERS.values():
        for column in other.layout.columns:
            is_area = target == "areas.area_code" and column.kind == "area"
            if (column.argument == target or is_area) and column.field not in other.links:
                yield other, column


def _rows_with(bound: Ledger, field: str, value: object) -> models.QuerySet[Any]:
    stored = crypto.blind_index(keyring(), str(value)) if field in bound.indexed else value
    # Whoever refers counts, in whatever area: only how many is told.
    return bound.model._base_manager.filter(**{key_column(bound, field): stored})
