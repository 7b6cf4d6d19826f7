"""Doors to people from beyond the city: parse, permit, call, render."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.moves import actions
from yizhou.moves import incoming_pages as pages
from yizhou.people.queries.page import person_or_404


@permitted("moves.view_moves")
@require_GET
def list_incoming(request: ActingRequest) -> HttpResponse:
    """One page of those in scope."""
    return render(request, "moves/incoming_list.html", pages.incoming_list(request.GET.dict(), request.actor))


@permitted("moves.note_incoming")
@require_http_methods(["GET", "POST"])
def note_incoming(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Keep what the letter of the former office says."""
    person, sent = person_or_404(uid, request.actor), request.POST.dict()
    if request.method == "GET":
        return render(request, "moves/incoming_form.html", pages.note_page(person, request.actor, {}))
    try:
        letter = pages.letter_of(sent, request.actor)
        return redirect(actions.note_incoming(person, letter, actor=request.actor))
    except Refused as refusal:
        page = pages.note_page(person, request.actor, sent, refusal.blockers)
        return render(request, "moves/incoming_form.html", page, status=refusal.status)


@permitted("moves.view_moves")
@require_GET
def view_incoming(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One of them with its seam."""
    incoming = pages.incoming_or_404(uid, request.actor)
    return render(request, "moves/incoming.html", pages.incoming_page(incoming, request.actor))


@permitted("moves.note_incoming")
@require_POST
def withdraw_incoming(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """It was a mistake."""
    incoming, why = pages.incoming_or_404(uid, request.actor), request.POST.get("why", "")
    try:
        return redirect(actions.withdraw_incoming(incoming, why, actor=request.actor))
    except Refused as refusal:
        page = pages.incoming_page(incoming, request.actor, why=why, refused=refusal.blockers)
        return render(request, "moves/incoming.html", page, status=refusal.status)
