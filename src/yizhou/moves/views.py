"""Doors to moves: parse, permit, call, render."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.moves import actions, pages
from yizhou.moves.forms import wish_of
from yizhou.moves.models import Move
from yizhou.moves.queries import held_file, move_or_404
from yizhou.moves.seams_page import seams_page
from yizhou.moves.sheet import sheet_page


@permitted("moves.view_moves")
@require_GET
def list_moves(request: ActingRequest) -> HttpResponse:
    """Moves in sight, both ways."""
    return render(request, "moves/list.html", pages.list_page(request.GET.dict(), request.actor))


@permitted("moves.ask_move")
@require_http_methods(["GET", "POST"])
def ask_move(request: ActingRequest) -> HttpResponseBase:
    """Ask for a file that lies elsewhere."""
    sent = request.POST.dict()
    if request.method == "GET":
        return render(request, "moves/ask.html", pages.ask_page(request.actor, {}))
    try:
        return redirect(actions.ask_move(wish_of(sent), actor=request.actor))
    except Refused as refusal:
        page = pages.ask_page(request.actor, sent, refused=refusal.blockers)
        return render(request, "moves/ask.html", page, status=refusal.status)


@permitted("moves.view_moves")
@require_GET
def view_move(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One move: how far it is, and the answer for whoever may give it."""
    move = move_or_404(uid, request.actor)
    return render(request, "moves/move.html", pages.move_page(move, request.actor))


@permitted("moves.view_moves")
@require_GET
def print_sheet(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """交接单, ready to print, for the side that holds the file."""
    move = move_or_404(uid, request.actor)
    person = held_file(move, request.actor)
    if person is None:
        raise Http404
    return render(request, "moves/sheet.html", sheet_page(move, person, request.actor))


@permitted("moves.check_seams")
@require_GET
def list_seams(request: ActingRequest) -> HttpResponse:
    """Months that nobody paid or that were paid twice around a move."""
    return render(request, "moves/seams.html", seams_page(request.actor))


@permitted("moves.decide_move")
@require_POST
def confirm_move(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Let the file go over."""
    note = request.POST.get("note", "")
    return _done(request, uid, lambda move: actions.confirm_move(move, note, actor=request.actor))


@permitted("moves.decide_move")
@require_POST
def refuse_move(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Send the request back, with a reason."""
    note = request.POST.get("note", "")
    return _done(request, uid, lambda move: actions.refuse_move(move, note, actor=request.actor))


@permitted("moves.ask_move")
@require_POST
def withdraw_move(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Take one's own request back."""
    return _done(request, uid, lambda move: actions.withdraw_move(move, actor=request.actor))


def _done(request: ActingRequest, uid: uuid.UUID, verb: Callable[[Move], Move]) -> HttpResponseBase:
    try:
        return redirect(verb(move_or_404(uid, request.actor)))
    except Refused as refusal:
        # Read once more: what the refused attempt had set was rolled back, and somebody may have been quicker.
        said = {"note": request.POST.get("note", ""), "refused": refusal.blockers}
        page = pages.move_page(move_or_404(uid, request.actor), request.actor, **said)
        return render(request, "moves/move.html", page, status=refusal.status)
