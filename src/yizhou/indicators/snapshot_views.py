"""Pages of what is written down about a report: what its drafter adds, and what was frozen."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, absent_is_404, permitted
from yizhou.indicators import actions
from yizhou.indicators.periods import Term
from yizhou.indicators.report import draft_pages, frozen_pages
from yizhou.indicators.report.pages import report_url


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
@require_POST
def download_snapshot(request: ActingRequest, uid: uuid.UUID, suffix: str) -> FileResponse:
    """A frozen report as a file; logged before a byte leaves."""
    snapshot = frozen_pages.snapshot_or_404(uid, request.actor)
    with absent_is_404():
        content, name = frozen_pages.snapshot_file(snapshot, suffix, request.actor)
    return FileResponse(content, as_attachment=True, filename=name)


@permitted(actions.FREEZE)
@require_http_methods(["GET", "POST"])
def freeze_period(request: ActingRequest) -> HttpResponseBase:
    """Keep a report as it stands."""
    sent = (request.POST if request.method == "POST" else request.GET).dict()
    reason, despite = sent.get("reason", ""), sent.get("despite", "")
    with absent_is_404():
        wish = frozen_pages.freeze_wish(sent, request.actor)
        page = frozen_pages.freeze_page(wish, request.actor, reason, despite)
    if request.method == "GET":
        return render(request, "report/freeze.html", page)
    try:
        frozen_pages.require_period(sent)
        return redirect(actions.freeze_period(wish, reason, despite=despite, actor=request.actor))
    except Refused as refusal:
        told = page | {"refused": refusal.blockers}
        return render(request, "report/freeze.html", told, status=refusal.status)


@permitted(actions.DRAFT)
@require_http_methods(["GET", "POST"])
def draft_report(request: ActingRequest, term: Term) -> HttpResponseBase:
    """What the drafter adds to a report."""
    sent = (request.POST if request.method == "POST" else request.GET).dict()
    with absent_is_404():
        wish = draft_pages.draft_wish(term, request.actor, sent)
    if request.method == "GET":
        return render(request, "report/draft.html", draft_pages.draft_page(wish, request.actor))
    try:
        draft = draft_pages.sent_draft(wish, request.actor, sent)
        found = actions.draft_report(wish, draft, actor=request.actor)
        return redirect(report_url(term, area=found.area))
    except Refused as refusal:
        page = draft_pages.draft_page(wish, request.actor, sent) | {"refused": refusal.blockers}
        return render(request, "report/draft.html", page, status=refusal.status)
