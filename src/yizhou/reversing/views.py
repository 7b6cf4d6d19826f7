"""Doors to taking a batch back: parse, permit, call, render."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Blocker, Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.reversing import actions, pages
from yizhou.reversing.models import AT_WORK, Reversal
from yizhou.reversing.queries import batch_or_404, reversal_or_404

PAGE = "reversing/reversal.html"


@permitted("reversing.view_reversals")
@require_GET
def list_reversals(request: ActingRequest) -> HttpResponse:
    """Attempts in sight, newest first."""
    return render(request, "reversing/list.html", pages.list_page(request.actor))


@permitted("reversing.begin_reversal")
@require_http_methods(["GET", "POST"])
def view_batch(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """What taking this batch back would mean; asking for it to be looked through."""
    batch = batch_or_404(uid, request.actor)
    refused: tuple[Blocker, ...] = ()
    if request.method == "POST":
        try:
            return redirect(actions.begin_reversal(batch, actor=request.actor))
        except Refused as refusal:
            refused = refusal.blockers
    page = pages.batch_page(batch, request.actor, refused)
    return render(request, "reversing/batch.html", page, status=422 if refused else 200)


@permitted("reversing.view_reversals")
@require_GET
def view_reversal(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """Where it stands: progress, preview, waiting, result."""
    return render(request, PAGE, pages.reversal_page(reversal_or_404(uid, request.actor), request.actor))


@permitted("reversing.view_reversals")
@require_GET
def show_job(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The progress line for htmx; it leads on by itself when there is something to see."""
    reversal = reversal_or_404(uid, request.actor)
    response = render(request, "imports/_job.html", {"job": pages.job(reversal)})
    if reversal.status not in AT_WORK:
        response.headers["HX-Redirect"] = reversal.get_absolute_url()
    return response


@permitted("reversing.view_reversals")
@require_GET
def list_rows(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The files behind one of the numbers."""
    page = pages.rows_page(reversal_or_404(uid, request.actor), request.actor, request.GET.dict())
    return render(request, "reversing/rows.html", page)


@permitted("reversing.begin_reversal")
@require_POST
def confirm_reversal(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Have it carried out."""
    reason = request.POST.get("reason", "")
    return _done(request, uid, lambda one: actions.confirm_reversal(one, reason, actor=request.actor))


@permitted("reversing.approve_reversal")
@require_POST
def approve_reversal(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The second person agrees."""
    note = request.POST.get("note", "")
    return _done(request, uid, lambda one: actions.approve_reversal(one, note, actor=request.actor))


@permitted("reversing.approve_reversal")
@require_POST
def refuse_reversal(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The second person does not agree, and says why."""
    note = request.POST.get("note", "")
    return _done(request, uid, lambda one: actions.refuse_reversal(one, note, actor=request.actor))


@permitted("reversing.begin_reversal")
@require_POST
def cancel_reversal(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Give it up."""
    return _done(request, uid, lambda one: actions.cancel_reversal(one, actor=request.actor))


def _done(request: ActingRequest, uid: uuid.UUID, verb: Callable[[Reversal], Reversal]) -> HttpResponseBase:
    reversal = reversal_or_404(uid, request.actor)
    try:
        return redirect(verb(reversal))
    except Refused as refusal:
        said = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")}
        page = pages.reversal_page(reversal, request.actor, refused=refusal.blockers, **said)
        return render(request, PAGE, page, status=refusal.status)
