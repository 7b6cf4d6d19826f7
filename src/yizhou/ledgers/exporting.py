"""Writing a ledger out: the template's headers, streamed, masked unless plain values were asked for and logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import models

from yizhou.core import masking
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Forbidden, Refused
from yizhou.core.scope import is_code, prefix_of, within
from yizhou.events.recording import record, record_refusal
from yizhou.ledgers.columns import Column, code_table
from yizhou.ledgers.editing import EXPORT
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.rendering import cell, stored_rows
from yizhou.ledgers.writing import export_rows

EXPORT_PLAIN = "ledgers.export_plain"


MASKS: dict[str, Callable[[str | None], str]] = {
    "id_number": masking.mask_id_number,
    "phone": masking.mask_phone,
    "address": masking.mask_address,
    "number": masking.mask_bank,
}
"""By the name that a column gives its mask."""


def masked(column: Column, text: str) -> str:
    """A sensitive cell as it may be shown to anybody inside the scope (handbook §21)."""
    if not text:
        return ""
    return MASKS[column.mask_name](text) if column.mask_name else text


@dataclass(frozen=True)
class Choice:
    """Which rows of a ledger: inside a division, dated in a period (both ends included)."""

    area: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


def require_area(code: str) -> None:
    """Raises ``Refused`` for a choice of a division that names none."""
    if code and not is_code(code):
        raise Refused([Blocker("AREA", f"“{code[:20]}”不是区划代码", "写 4、6、9 或 12 位区划代码")])


def rows_of(bound: Ledger, actor: Actor, choice: Choice) -> models.QuerySet[Any]:
    """Stored rows inside the actor's scope and the choice, oldest first; none of a ledger that is closed to him."""
    objects: Any = bound.model._default_manager
    scoped = hasattr(objects, "visible_to")
    rows = objects.visible_to(actor).in_area(choice.area) if scoped else objects.all()
    rows = rows if actor.may(bound.browse_permission) else rows.none()
    if choice.area and not scoped:
        rows = rows.filter(within(bound.area, [prefix_of(choice.area)]))
    if choice.first and bound.date_field:
        rows = rows.filter(**{_from_day(bound): choice.first})
    if choice.last and bound.date_field:
        rows = rows.filter(**{_until_day(bound): choice.last})
    found: models.QuerySet[Any] = rows.order_by("id")
    return found


def _from_day(bound: Ledger) -> str:
    return f"{bound.date_field}__date__gte" if _is_moment(bound) else f"{bound.date_field}__gte"


def _until_day(bound: Ledger) -> str:
    return f"{bound.date_field}__date__lte" if _is_moment(bound) else f"{bound.date_field}__lte"


def _is_moment(bound: Ledger) -> bool:
    return isinstance(bound.model_field(bound.date_field), models.DateTimeField)


def cells_of(
    bound: Ledger, rows: models.QuerySet[Any], *, plain: bool, columns: Sequence[Column] = ()
) -> Iterator[list[str]]:
    """Cells in template order, one list a row; of some columns alone where those are named."""
    writers = [(column.field, writer_of(column, plain=plain)) for column in columns or bound.layout.columns]
    for row in stored_rows(bound, rows):
        yield ["" if (value := row.get(name)) is None else write(value) for name, write in writers]


def writer_of(column: Column, *, plain: bool) -> Callable[[Any], str]:
    """How the values of a column become cells: looked up once a column, not once a cell of a million."""
    if column.mask_name and not plain:
        mask = MASKS[column.mask_name]
        return lambda value: mask(value if value.__class__ is str else cell(column, value) or None)
    if column.kind == "code":
        names = code_table(column.argument).names
        return lambda value: names.get(value) or cell(column, value)
    if column.kind == "date":
        return _day
    if column.kind == "bool":
        return lambda value: "是" if value else "否"
    if column.multi:
        return lambda value: cell(column, value) if value else ""
    if column.kind in ("money_yuan", "datetime", "decimal", "int"):
        return lambda value: cell(column, value)
    return lambda value: value if value.__class__ is str else cell(column, value)


@lru_cache(maxsize=50_000)
def _day(value: dt.date | str) -> str:
    return str(value)


def export_ledger(
    name: str,
    path: Path,
    *,
    actor: Actor,
    choice: Choice = Choice(),
    plain: bool = False,
    reason: str = "",
) -> int:
    """Write a ledger to ``path`` (.xlsx or .csv) and log it first; returns the number of rows.

    Plain sensitive values need the permission ``ledgers.export_plain``. Raises ``Forbidden`` without it.
    """
    bound = LEDGERS[name]
    wanted = EXPORT_PLAIN if plain else EXPORT
    if not (actor.may(wanted) and actor.may(bound.browse_permission)):
        record_refusal(actor, wanted, bound.title)
        raise Forbidden(wanted)
    rows = rows_of(bound, actor, choice)
    count = rows.count()
    record(actor, "ledger.exported", reason=reason, ledger=name, rows=count, plain=plain, asked=choice.area)
    export_rows(path, bound.layout.headers, cells_of(bound, rows, plain=plain))
    return count
