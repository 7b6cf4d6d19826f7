"""Pages of a ledger's rows: looking through them, and writing single ones."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, absent_is_404, back_of, permitted
from yizhou.files.actions import store_file
from yizhou.files.uploads import upload_of
from yizhou.ledgers import actions, voided, waiting_page
from yizhou.ledgers.browsing import browse_page, row_page
from yizhou.ledgers.editing import ADD, CORRECT, DISCARD, RESTORE, VOID
from yizhou.ledgers.picking import picked
from yizhou.ledgers.queries import ledger_or_404, readable
from yizhou.ledgers.writing_rows import correcting, form_page, keeping_about, new_form


@permitted("ledgers.browse_ledger")
@require_GET
def browse_ledger(request: ActingRequest, name: str) -> HttpResponse:
    """Rows of a ledger inside the actor's areas."""
    page = browse_page(readable(name, request.actor), request.actor, request.GET.dict())
    return render(request, "ledgers/browse.html", page)


@permitted("ledgers.browse_ledger")
@require_GET
def show_row(request: ActingRequest, name: str, uid: uuid.UUID) -> HttpResponse:
    """One row in full."""
    return render(request, "ledgers/row.html", row_page(readable(name, request.actor), uid, request.actor))


@permitted(ADD)
@require_http_methods(["GET", "POST"])
def add_row(request: ActingRequest, name: str) -> HttpResponseBase:
    """Write a new row; ``?person=`` fills in whom it is about, ``?back=`` says where it was asked for."""
    form = new_form(ledger_or_404(name), request.actor, request.GET.get("person", ""))
    if request.method == "POST":
        form.take(request.POST.dict())
        if form.ready():
            added = form.add()
            return redirect(back_of(request) or added)
    page = form_page(form, back=back_of(request))
    return render(request, "ledgers/form.html", page, status=form.status)


@permitted(ADD)
@require_GET
def pick_row(request: ActingRequest, name: str, field: str) -> HttpResponse:
    """Radio buttons of the rows that a text may mean, for a column that refers to another ledger."""
    found = picked(ledger_or_404(name), field, request.GET.get(field, ""), request.actor)
    return render(request, "ledgers/_pick.html", found)


@permitted(CORRECT)
@require_http_methods(["GET", "POST"])
def correct_row(request: ActingRequest, name: str, uid: uuid.UUID) -> HttpResponseBase:
    """Change a row, with a reason."""
    form = correcting(readable(name, request.actor), uid, request.actor)
    if request.method == "POST":
        form.take(request.POST.dict())
        if form.ready():
            corrected = form.correct(uid)
            return redirect(back_of(request) or corrected)
    page = form_page(form, uid, back_of(request))
    return render(request, "ledgers/form.html", page, status=form.status)


@permitted(VOID)
@require_POST
def void_row(request: ActingRequest, name: str, uid: uuid.UUID) -> HttpResponseBase:
    """Take a row out, with a reason; refused on the row's own page."""
    bound, reason = readable(name, request.actor), request.POST.get("reason", "")
    try:
        with absent_is_404():
            return redirect(actions.void_row(name, uid, reason, actor=request.actor))
    except Refused as refusal:
        page = row_page(bound, uid, request.actor) | {"refused": refusal.blockers, "reason": reason}
        return render(request, "ledgers/row.html", page, status=refusal.status)


@permitted("files.store_file")
@require_POST
def attach_file(request: ActingRequest, name: str, uid: uuid.UUID) -> HttpResponseBase:
    """Keep a file about the row."""
    upload = upload_of(request.FILES)
    bound = readable(name, request.actor)
    keeping = keeping_about(bound, uid, request.actor, upload, request.POST.get("title", ""))
    store_file(keeping, actor=request.actor)
    return redirect("ledgers:row", name, uid)


@permitted("ledgers.browse_ledger")
@require_GET
def list_voided(request: ActingRequest, name: str) -> HttpResponse:
    """What was taken out of a ledger."""
    return render(
        request, "ledgers/voided.html", voided.voided_page(readable(name, request.actor), request.actor)
    )


@permitted(RESTORE)
@require_POST
def restore_row(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Put a row back; refused on the list of what was taken out."""
    kept = voided.voided_or_404(uid, request.actor)
    bound = readable(kept.ledger, request.actor)
    try:
        return redirect(actions.restore_row(kept, actor=request.actor))
    except Refused as refusal:
        page = voided.voided_page(bound, request.actor) | {"refused": refusal.blockers}
        return render(request, "ledgers/voided.html", page, status=refusal.status)


@permitted("ledgers.browse_ledger")
@require_GET
def list_waiting(request: ActingRequest) -> HttpResponse:
    """What waits for people or stations that are not there yet."""
    return render(request, "ledgers/waiting.html", waiting_page.waiting_page(request.actor))


@permitted(DISCARD)
@require_POST
def discard_waiting(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Give a waiting row up, with a reason; refused on the list of what waits."""
    try:
        with absent_is_404():
            actions.discard_waiting(uid, request.POST.get("reason", ""), actor=request.actor)
    except Refused as refusal:
        page = waiting_page.waiting_page(request.actor) | {"refused": refusal.blockers}
        return render(request, "ledgers/waiting.html", page, status=refusal.status)
    return redirect("ledgers:waiting")
