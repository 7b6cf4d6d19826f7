"""Doors to ledgers and imports: parse, permit, call, render."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Blocker, Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.ledgers import actions
from yizhou.ledgers import queries as pages


@permitted("ledgers.list_ledgers")
@require_GET
def list_ledgers(request: ActingRequest) -> HttpResponse:
    """All ledgers: rows, template, export, import."""
    return render(request, "imports/ledgers.html", pages.ledgers_page(request.actor))


@permitted("ledgers.list_ledgers")
@require_GET
def give_template(request: ActingRequest, name: str) -> HttpResponseBase:  # noqa: ARG001  # a view takes a request
    """The blank Excel template of a ledger."""
    bound = pages.ledger_or_404(name)
    file = pages.template_file(bound)
    return FileResponse(file, as_attachment=True, filename=f"{bound.title}-模板.xlsx")


@permitted("ledgers.export_ledger")
@require_POST
def export_ledger(request: ActingRequest, name: str) -> HttpResponseBase:
    """A ledger's rows as Excel, masked; logged before a byte leaves."""
    bound, area = pages.ledger_or_404(name), request.POST.get("area", "")
    actions.export_rows_of(name, actor=request.actor, area=area)
    file = pages.export_file(bound, request.actor, area)
    return FileResponse(file, as_attachment=True, filename=f"{bound.title}.xlsx")


@permitted("ledgers.upload_file")
@require_http_methods(["GET", "POST"])
def upload_file(request: ActingRequest) -> HttpResponseBase:
    """Choose a ledger and a file; the file goes to the worker."""
    ledger = request.POST.get("ledger") or request.GET.get("ledger", "")
    if request.method == "GET":
        return render(request, "imports/upload.html", pages.upload_page(request.actor, ledger))
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused([Blocker("EMPTY", "没有选择文件", "选好文件再上传")])
        size = file.size or 0
        batch = actions.upload_file(ledger, file, file.name or "", size, actor=request.actor)
    except Refused as refusal:
        page = pages.upload_page(request.actor, ledger, refusal.blockers)
        return render(request, "imports/upload.html", page, status=422)
    return redirect(batch)


@permitted("ledgers.list_ledgers")
@require_GET
def show_batch(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """Where a batch stands: progress, preview, result or failure."""
    template, context = pages.batch_page(pages.batch_or_404(uid, request.actor), request.actor)
    return render(request, template, context)


@permitted("ledgers.upload_file")
@require_GET
def show_job(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The progress line for htmx; it leads on by itself when there is something to see."""
    batch = pages.batch_or_404(uid, request.actor)
    response = render(request, "imports/_job.html", {"job": pages.job(batch)})
    if batch.status not in pages.RUNNING:
        response.headers["HX-Redirect"] = batch.get_absolute_url()
    return response


@permitted("ledgers.confirm_import")
@require_POST
def confirm_import(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Have the checked file stored."""
    batch = pages.batch_or_404(uid, request.actor)
    return redirect(actions.confirm_import(batch, actor=request.actor, hold=request.POST.get("hold") == "1"))


@permitted("ledgers.approve_import")
@require_POST
def approve_import(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The second person lets the file be stored."""
    return redirect(actions.approve_import(pages.batch_or_404(uid, request.actor), actor=request.actor))


@permitted("ledgers.approve_import")
@require_POST
def refuse_import(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The second person sends the file back."""
    batch, note = pages.batch_or_404(uid, request.actor), request.POST.get("note", "")
    actions.refuse_import(batch, note, actor=request.actor)
    return redirect("ledgers:list")


@permitted("ledgers.cancel_import")
@require_POST
def cancel_import(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Drop the file."""
    batch = pages.batch_or_404(uid, request.actor)
    return redirect(actions.cancel_import(batch, actor=request.actor))


@permitted("ledgers.retry_import")
@require_POST
def retry_import(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Try a failed file once more."""
    batch = pages.batch_or_404(uid, request.actor)
    return redirect(actions.retry_import(batch, actor=request.actor))


@permitted("ledgers.upload_file")
@require_GET
def give_errors(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The errors file, to its uploader."""
    batch = pages.batch_or_404(uid, request.actor)
    path = pages.errors_file(batch, request.actor)
    name = f"{batch.file_name.rpartition('.')[0]}-错误.xlsx"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
