"""Pages of frozen reports."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.indicators import actions
from yizhou.indicators.report import frozen_pages
from yizhou.indicators.report.write import UnknownSuffix


@permitted("indicators.view_report")
@require_GET
def list_snapshots(request: ActingRequest) -> HttpResponse:
    """What was frozen inside the actor's areas."""
    return render(request, "report/snapshots.html", frozen_pages.snapshots_page(request.actor))


@permitted("indicators.view_report")
@require_GET
def view_snapshot(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """A report as it was frozen."""
    snapshot = frozen_pages.snapshot_or_404(uid, request.actor)
    return render(request, "report/frozen.html", frozen_pages.snapshot_page(snapshot, request.actor))


@permitted("indicators.view_report")
@require_GET
def show_changes(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """Which rows changed since, and why."""
    snapshot = frozen_pages.snapshot_or_404(uid, request.actor)
    return render(request, "report/changes.html", frozen_pages.changes_page(snapshot, request.actor))


@permitted("indicators.write_report")
@require_GET
def download_snapshot(request: ActingRequest, uid: uuid.UUID, suffix: str) -> FileResponse:
    """A frozen report as a file."""
    snapshot = frozen_pages.snapshot_or_404(uid, request.actor)
    try:
        content, name = frozen_pages.snapshot_file(snapshot, suffix, request.actor)
    except UnknownSuffix as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=name)


@permitted(actions.FREEZE)
@require_http_methods(["GET", "POST"])
def freeze_period(request: ActingRequest) -> HttpResponseBase:
    """Keep a report as it stands."""
    sent = request.POST if request.method == "POST" else request.GET
    reason, status, refused = sent.get("reason", ""), 200, {}
    try:
        wish = frozen_pages.freeze_wish(sent.dict(), request.actor)
        if request.method == "POST":
            asked = frozen_pages.sent_wish(sent.dict(), request.actor)
            return redirect(actions.freeze_period(asked, reason, actor=request.actor))
    except LookupError as error:
        raise Http404 from error
    except Refused as refusal:
        status, refused = refusal.status, {"refused": refusal.blockers}
    page = frozen_pages.freeze_page(wish, request.actor, reason) | refused
    return render(request, "report/freeze.html", page, status=status)
