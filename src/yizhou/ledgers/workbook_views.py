"""Doors to a workbook with a sheet for each ledger."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yizhou.core.refusal import Blocker, Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.ledgers import actions
from yizhou.ledgers import workbook_pages as pages


@permitted("ledgers.upload_file")
@require_POST
def upload_workbook(request: ActingRequest) -> HttpResponseBase:
    """The workbook goes to the worker, sheet by sheet."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused([Blocker("EMPTY", "没有选择文件", "选好文件再上传")])
    upload = actions.Upload(file, file.name or "", file.size or 0)
    return redirect(pages.page_url(actions.upload_workbook(upload, actor=request.actor)))


@permitted("ledgers.upload_file")
@require_GET
def show_workbook(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """Where its sheets stand."""
    found = pages.workbook_or_404(uid, request.actor)
    return render(request, "imports/workbook.html", pages.workbook_page(found, request.actor))


@permitted("ledgers.upload_file")
@require_GET
def show_workbook_job(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The progress line for htmx; it leads on by itself when all sheets are done."""
    job = pages.job(pages.workbook_or_404(uid, request.actor))
    response = render(request, "imports/_job.html", {"job": job})
    if job["finished"]:
        response.headers["HX-Redirect"] = job["next_url"]
    return response


@permitted("ledgers.confirm_import")
@require_POST
def confirm_workbook(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Have all checked sheets stored."""
    found = pages.workbook_or_404(uid, request.actor)
    actions.confirm_workbook(found, hold=request.POST.get("hold") == "1", actor=request.actor)
    return redirect(pages.page_url(uid))


@permitted("ledgers.cancel_import")
@require_POST
def cancel_workbook(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Drop what has not been stored."""
    found = pages.workbook_or_404(uid, request.actor)
    actions.cancel_workbook(found, actor=request.actor)
    return redirect(pages.page_url(uid))


@permitted("ledgers.upload_file")
@require_GET
def give_workbook_errors(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """One errors file of all sheets, to the uploader."""
    found = pages.workbook_or_404(uid, request.actor)
    name = f"{found[0].file_name.rpartition('.')[0]}-错误.xlsx"
    return FileResponse(pages.errors_of(found, request.actor), as_attachment=True, filename=name)
