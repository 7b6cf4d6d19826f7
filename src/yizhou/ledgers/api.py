"""Ledgers over the API: the same actions and queries as the pages."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any

from django.http import FileResponse, HttpResponse
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import was_submitted
from yizhou.events.rest import (
    Bearer,
    Place,
    led_to,
    next_url,
    once_is_enough,
    page_after,
    require_place,
    state_seen,
)
from yizhou.events.web import ActingRequest, absent_is_404
from yizhou.ledgers import actions, as_json, queries
from yizhou.ledgers.as_json import Change, NewRow, Row
from yizhou.ledgers.editing import ADD, CORRECT, EXPORT, RESTORE, UPLOAD, VOID
from yizhou.ledgers.exporting import Choice
from yizhou.ledgers.ledger import in_order
from yizhou.ledgers.models import VoidedRow
from yizhou.ledgers.voided import out_of, voided_or_404

LIST, BROWSE = "ledgers.list_ledgers", "ledgers.browse_ledger"
MOST = 500
Upload = Annotated[UploadedFile | None, File()]
router = Router(tags=["台账"])


class Column(Schema):
    """A column."""

    field: str
    header: str
    type: str
    required: bool
    key: bool
    masked: bool = Field(description="读到的是掩码；更正时不写或留空即保持原值")
    rule: str


class Ledger(Schema):
    """A ledger."""

    name: str
    title: str
    columns: list[Column]
    filters: list[str]
    by_hand: bool
    may_read: bool
    may_import: bool
    may_export: bool


class WholeRow(Row):
    """A row with the state to send back as ``If-Match``."""

    state: str


class Rows(Schema):
    """A page of rows."""

    rows: list[Row]
    next: str | None


class Wish(Place):
    """Which rows; further parameters are columns of codes of the ledger (``filters``)."""

    area: str = ""
    first: dt.date | None = Field(None, alias="from")
    last: dt.date | None = Field(None, alias="to")
    limit: int = Field(50, ge=1, le=MOST)


class Reason(Schema):
    """Why."""

    reason: str = ""


class Voided(Schema):
    """A row that was taken out."""

    uid: uuid.UUID
    row: uuid.UUID
    title: str
    reason: str
    actor: str
    voided_at: dt.datetime


class VoidedRows(Schema):
    """A page of rows that were taken out."""

    rows: list[Voided]
    next: str | None


class Batch(Schema):
    """A file on its way into a ledger."""

    uid: uuid.UUID
    ledger: str
    file_name: str
    status: str
    status_name: str
    finished: bool
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    warnings: int
    can_wait: int
    waiting: int
    seconds: float
    error: str
    problems: list[dict[str, Any]]
    errors_file: str | None


@router.get("/ledgers", auth=Bearer(LIST), response=list[Ledger])
def list_ledgers(request: ActingRequest) -> Any:
    """全部台账及其列"""
    return [as_json.ledger_json(bound, request.actor) for bound in in_order()]


@router.get("/ledgers/{slug:name}", auth=Bearer(LIST), response=Ledger)
def show_ledger(request: ActingRequest, name: str) -> Any:
    """一本台账及其列"""
    return as_json.ledger_json(queries.ledger_or_404(name), request.actor)


@router.get("/ledgers/{slug:name}/template", auth=Bearer(LIST))
def give_template(request: ActingRequest, name: str) -> Any:  # noqa: ARG001  # an operation takes a request
    """空白 Excel 模板"""
    bound = queries.ledger_or_404(name)
    return FileResponse(queries.template_file(bound), as_attachment=True, filename=f"{bound.title}-模板.xlsx")


@router.get("/ledgers/{slug:name}/export", auth=Bearer(EXPORT))
def export_ledger(request: ActingRequest, name: str, area: str = "") -> Any:
    """导出为 Excel，敏感字段为掩码；先留痕再导出"""
    bound = queries.ledger_or_404(name)
    actions.export_rows_of(name, actor=request.actor, area=area)
    file = queries.export_file(bound, request.actor, area)
    return FileResponse(file, as_attachment=True, filename=f"{bound.title}.xlsx")


@router.get("/ledgers/{slug:name}/rows", auth=Bearer(BROWSE), response=Rows)
def list_rows(request: ActingRequest, name: str, wish: Query[Wish]) -> Any:
    """台账的行，新的在前；可按区划、日期和代码列筛选"""
    bound, choice = queries.readable(name, request.actor), Choice(wish.area, wish.first, wish.last)
    named = {"area", "from", "to", "after", "limit"}
    filters = {field: text for field, text in request.GET.dict().items() if field not in named}
    rows = as_json.asked_rows(bound, request.actor, choice, filters)
    require_place(rows, wish.after)
    found, last = as_json.listed(bound, rows, wish.after, wish.limit)
    return {"rows": found, "next": next_url(request, last)}


@router.get("/ledgers/{slug:name}/rows/{uuid:uid}", auth=Bearer(BROWSE), response=WholeRow)
def show_row(request: ActingRequest, response: HttpResponse, name: str, uid: uuid.UUID) -> Any:
    """一行；ETag 是它的 state"""
    row = as_json.row_json(queries.readable(name, request.actor), uid, request.actor)
    response.headers["ETag"] = f'"{row["state"]}"'
    return row


@router.post("/ledgers/{slug:name}/rows", auth=Bearer(ADD), response={201: WholeRow})
def add_row(request: ActingRequest, name: str, row: NewRow) -> Any:
    """登记一行"""
    bound, actor = queries.ledger_or_404(name), request.actor
    cells, doubts = as_json.texts_of(bound, row.fields), row.accept_doubts
    uid = led_to(lambda: actions.add_row(name, cells, actor=actor, accept_doubts=doubts))
    return Status(201, as_json.row_json(bound, uid, actor))


@router.patch("/ledgers/{slug:name}/rows/{uuid:uid}", auth=Bearer(CORRECT), response=WholeRow)
def correct_row(request: ActingRequest, name: str, uid: uuid.UUID, change: Change) -> Any:
    """更正一行：写明原因和依据的版本"""
    bound, actor = queries.readable(name, request.actor), request.actor
    as_json.row_json(bound, uid, actor)
    seen, cells = state_seen(request, change.seen), as_json.texts_of(bound, change.fields)
    wanted = actions.Correction(cells, change.reason, seen, change.accept_doubts)
    with absent_is_404():
        led_to(lambda: actions.correct_row(name, uid, wanted, actor=actor))
    return as_json.row_json(bound, uid, actor)


@router.post("/ledgers/{slug:name}/rows/{uuid:uid}/void", auth=Bearer(VOID), response=Voided)
def void_row(request: ActingRequest, name: str, uid: uuid.UUID, why: Reason) -> Any:
    """作废一行；凭答复中的 uid 可以恢复"""
    bound, actor = queries.readable(name, request.actor), request.actor
    if not was_submitted(actor):
        as_json.row_json(bound, uid, actor)
    with absent_is_404(), once_is_enough():
        actions.void_row(name, uid, why.reason, actor=actor)
    return as_json.voided_json(as_json.voided_of(bound, uid, actor))


@router.get("/ledgers/{slug:name}/voided", auth=Bearer(BROWSE), response=VoidedRows)
def list_voided(request: ActingRequest, name: str, place: Query[Place]) -> Any:
    """作废记录，新的在前"""
    bound = queries.readable(name, request.actor)
    rows = out_of(bound, VoidedRow.objects.visible_to(request.actor))
    found, last = page_after(rows, place.after)
    return {"rows": [as_json.voided_json(kept) for kept in found], "next": next_url(request, last)}


@router.post("/voided/{uuid:uid}/restore", auth=Bearer(RESTORE), response=WholeRow)
def restore_row(request: ActingRequest, uid: uuid.UUID) -> Any:
    """恢复作废的一行"""
    kept = voided_or_404(uid, request.actor)
    bound = queries.readable(kept.ledger, request.actor)
    led_to(lambda: actions.restore_row(kept, actor=request.actor))
    return as_json.row_json(bound, kept.row_uid, request.actor)


@router.post("/ledgers/{slug:name}/import", auth=Bearer(UPLOAD), response={202: Batch})
def upload_file(request: ActingRequest, name: str, file: Upload = None) -> Any:
    """上传一个文件（.xlsx 或 .csv）；后台校验，之后查看批次、确认入库"""
    queries.ledger_or_404(name)
    if file is None:
        raise Refused([Blocker("EMPTY", "没有文件", "用 multipart/form-data 的 file 一栏上传")])
    size, title = file.size or 0, file.name or ""
    uid = led_to(lambda: actions.upload_file(name, file, title, size, actor=request.actor).get_absolute_url())
    return Status(202, batch_of(request, uid))


@router.get("/imports/{uuid:uid}", auth=Bearer(UPLOAD), response=Batch)
def show_batch(request: ActingRequest, uid: uuid.UUID) -> Any:
    """批次走到哪一步；CHECKED 表示校验完毕、等待确认"""
    return batch_of(request, uid)


@router.get("/imports/{uuid:uid}/errors", auth=Bearer(UPLOAD))
def give_errors(request: ActingRequest, uid: uuid.UUID) -> Any:
    """错误文件，只给上传人"""
    path = queries.errors_file(queries.batch_or_404(uid, request.actor), request.actor)
    return FileResponse(path.open("rb"), as_attachment=True, filename="错误.xlsx")


@router.post("/imports/{uuid:uid}/confirm", auth=Bearer("ledgers.confirm_import"), response={202: Batch})
def confirm_import(request: ActingRequest, uid: uuid.UUID, hold: bool = False) -> Any:
    """确认入库；hold=true 时引用尚未到位的行留待补齐"""
    with once_is_enough():
        actions.confirm_import(queries.batch_or_404(uid, request.actor), actor=request.actor, hold=hold)
    return Status(202, batch_of(request, uid))


@router.post("/imports/{uuid:uid}/cancel", auth=Bearer("ledgers.cancel_import"), response=Batch)
def cancel_import(request: ActingRequest, uid: uuid.UUID) -> Any:
    """取消"""
    with once_is_enough():
        actions.cancel_import(queries.batch_or_404(uid, request.actor), actor=request.actor)
    return batch_of(request, uid)


@router.post("/imports/{uuid:uid}/retry", auth=Bearer("ledgers.retry_import"), response={202: Batch})
def retry_import(request: ActingRequest, uid: uuid.UUID) -> Any:
    """失败的文件再校验一次"""
    with once_is_enough():
        actions.retry_import(queries.batch_or_404(uid, request.actor), actor=request.actor)
    return Status(202, batch_of(request, uid))


def batch_of(request: ActingRequest, uid: uuid.UUID) -> dict[str, Any]:
    """A batch in sight as JSON."""
    return as_json.batch_json(queries.batch_or_404(uid, request.actor), request.actor)
