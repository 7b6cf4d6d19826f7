"""Doors to the register: parse, permit, call, render."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.exports import actions
from yizhou.exports.queries import export_or_404, export_page, register_page


@permitted("exports.list_exports")
@require_GET
def list_exports(request: ActingRequest) -> HttpResponse:
    """The register."""
    return render(request, "exports/list.html", register_page(request.actor, request.GET.dict()))


@permitted("exports.list_exports")
@require_GET
def view_export(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One export."""
    return render(
        request, "exports/export.html", export_page(export_or_404(uid, request.actor), request.actor)
    )


@permitted("exports.ask_export")
@require_POST
def take_export(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The file, to the one who asked for it; logged before a byte leaves."""
    export = actions.take_export(export_or_404(uid, request.actor), actor=request.actor)
    return FileResponse(export.file.open("rb"), as_attachment=True, filename=export.file_name)


@permitted("exports.ask_export")
@require_POST
def withdraw_export(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Take a request back."""
    return redirect(actions.withdraw_export(export_or_404(uid, request.actor), actor=request.actor))


@permitted("exports.approve_export")
@require_POST
def approve_export(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The second person agrees."""
    return _decided(request, uid, agrees=True)


@permitted("exports.approve_export")
@require_POST
def decline_export(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The second person does not agree, and says why."""
    return _decided(request, uid, agrees=False)


def _decided(request: ActingRequest, uid: uuid.UUID, *, agrees: bool) -> HttpResponseBase:
    export = export_or_404(uid, request.actor)
    note = request.POST.get("note", "")
    decide = actions.approve_export if agrees else actions.decline_export
    try:
        return redirect(decide(export, note, actor=request.actor))
    except Refused as refusal:
        page = export_page(export, request.actor, refusal.blockers, note)
        return render(request, "exports/export.html", page, status=refusal.status)
