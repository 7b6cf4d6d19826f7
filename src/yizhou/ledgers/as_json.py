"""Ledgers over the API: columns, rows and batches as JSON, and rows as they are sent.

Cells are the texts of an export, masked like those of a page; None is an empty cell, both ways.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse
from ninja import Field, Schema

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.ledgers import queries
from yizhou.ledgers.browsing import Cursor, Page, Rows, filter_columns, page_of
from yizhou.ledgers.columns import Column, code_table
from yizhou.ledgers.editing import may_export, may_import
from yizhou.ledgers.exporting import Choice, masked, require_area, rows_of
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.models import ImportBatch, VoidedRow
from yizhou.ledgers.one_row import CLEAR, state_of
from yizhou.ledgers.rendering import cell, stored_rows
from yizhou.ledgers.voided import out_of


class Row(Schema):
    """A row as it is listed."""

    uid: uuid.UUID
    fields: dict[str, str | None]


Sent = str | int | float | bool | None
"""What a cell may be sent as; the ledger's own reading makes the value of its text."""


class NewRow(Schema):
    """A row to add."""

    fields: dict[str, Sent] = {}
    accept_doubts: bool = False


class Change(NewRow):
    """A row to correct: columns left out keep what they say, null empties."""

    reason: str = ""
    seen: str = Field("", description="没有 If-Match 时写所见的 state")


def ledger_json(bound: Ledger, actor: Actor) -> dict[str, Any]:
    """A ledger with its columns and what this caller may do with it."""
    return {
        "name": bound.name,
        "title": bound.title,
        "columns": [_column(column) for column in bound.layout.columns],
        "filters": [column.field for column in filter_columns(bound)],
        "by_hand": bound.by_hand,
        "may_import": may_import(bound, actor),
        "may_read": actor.may(bound.browse_permission),
        "may_export": may_export(bound, actor),
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "field": column.field,
        "header": column.header,
        "type": column.type,
        "required": column.required,
        "key": column.key,
        "masked": bool(column.mask_name),
        "rule": column.rule,
    }


def asked_rows(bound: Ledger, actor: Actor, choice: Choice, sent: Mapping[str, str]) -> Rows:
    """Rows inside the choice and the filters by code. Raises ``Refused`` for filters that there are not."""
    require_area(choice.area)
    columns = {column.field: column for column in filter_columns(bound)}
    wanted = {}
    for name, text in sent.items():
        readings = code_table(columns[name].argument).readings() if name in columns else {}
        if text not in readings:
            known = "、".join(columns) or "无"
            words = Blocker(
                "FILTER", f"不能按 {name}={text} 筛选", f"可用的筛选列：{known}；取值用代码或名称"
            )
            raise Refused([words])
        wanted[name] = readings[text]
    return rows_of(bound, actor, choice).filter(**wanted)


def listed(bound: Ledger, rows: Rows, after: uuid.UUID | None, size: int) -> tuple[list[dict[str, Any]], Any]:
    """One page of rows, newest first, and the public id to go on after, None on the last page."""
    page: Page = page_of(bound, rows, Cursor(str(after or "")), size)
    found = [{"uid": row["uid"], "fields": _cells(bound, row)} for row in page.rows]
    return found, page.rows[-1]["uid"] if page.has_next and page.rows else None


def row_json(bound: Ledger, uid: uuid.UUID, actor: Actor) -> dict[str, Any]:
    """One row with the state that a correction refers to. Raises ``Http404``."""
    row = next(stored_rows(bound, rows_of(bound, actor, Choice()).filter(uid=uid)), None)
    if row is None:
        raise Http404
    return {"uid": uid, "state": state_of(bound, row), "fields": _cells(bound, row)}


def _cells(bound: Ledger, row: Mapping[str, Any]) -> dict[str, str | None]:
    return {c.field: masked(c, cell(c, row.get(c.field))) or None for c in bound.layout.columns}


def texts_of(bound: Ledger, fields: Mapping[str, Sent]) -> dict[str, str]:
    """What was sent as texts by field. Raises ``Refused`` for a field that the ledger has not."""
    columns = {column.field: column for column in bound.layout.columns}
    if strange := [name for name in fields if name not in columns]:
        words = Blocker(
            "UNKNOWN_FIELD", f"“{bound.title}”没有这些列：{'、'.join(strange)}", "列见台账的 columns"
        )
        raise Refused([words])
    return {name: _text(columns[name], value) for name, value in fields.items()}


def _text(column: Column, value: Sent) -> str:
    if value is None:
        return CLEAR if column.mask_name else ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def batch_json(batch: ImportBatch, actor: Actor) -> dict[str, Any]:
    """Where a file stands: the counts of ``yizhou import --json``, and the first problems."""
    counts = (
        "rows",
        "created",
        "updated",
        "unchanged",
        "rejected",
        "warnings",
        "can_wait",
        "waiting",
        "seconds",
    )
    mine = bool(batch.errors_path) and batch.account_id == actor.account_id
    return {
        "uid": batch.uid,
        "ledger": batch.ledger,
        "file_name": batch.file_name,
        "status": batch.status,
        "status_name": batch.get_status_display(),
        "finished": batch.status not in queries.RUNNING,
        **{name: getattr(batch, name) for name in counts},
        "error": batch.error,
        "problems": batch.sample,
        "errors_file": reverse("api:give_errors", args=[batch.uid]) if mine else None,
    }


def voided_of(bound: Ledger, uid: uuid.UUID, actor: Actor) -> VoidedRow:
    """What was kept of a row that was taken out. Raises ``Http404``."""
    kept = out_of(bound, VoidedRow.objects.visible_to(actor)).filter(row_uid=uid).first()
    if kept is None:
        raise Http404
    return kept


def voided_json(kept: VoidedRow) -> dict[str, Any]:
    """A row that was taken out."""
    at: dt.datetime = kept.voided_at
    return {
        "uid": kept.uid,
        "row": kept.row_uid,
        "title": kept.title,
        "reason": kept.reason,
        "actor": kept.actor,
        "voided_at": at,
    }
