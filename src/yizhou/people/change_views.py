"""Doors to what waits for a second person, to the file as it stood, and to taking a change back."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.people import actions
from yizhou.people import second_person as pages
from yizhou.people.queries.page import person_or_404
from yizhou.people.queries.past_page import past_page


@permitted("people.view_changes")
@require_GET
def list_proposals(request: ActingRequest) -> HttpResponse:
    """Changes of files by what became of them."""
    return render(request, "people/proposals.html", pages.proposals_page(request.GET.dict(), request.actor))


@permitted("people.view_changes")
@require_GET
def view_proposal(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One change: what is to stand where, and who decides."""
    page = pages.proposal_page(pages.proposal_or_404(uid, request.actor), request.actor)
    return render(request, "people/proposal.html", page)


@permitted("people.approve_change")
@require_POST
def approve_change(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The second person lets it happen."""
    proposal, note = pages.proposal_or_404(uid, request.actor), request.POST.get("note", "")
    try:
        return redirect(actions.approve_change(proposal, note, actor=request.actor))
    except Refused as refusal:
        page = pages.proposal_page(proposal, request.actor, note=note, refused=refusal.blockers)
        return render(request, "people/proposal.html", page, status=refusal.status)


@permitted("people.approve_change")
@require_POST
def refuse_change(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The second person does not let it happen."""
    proposal, note = pages.proposal_or_404(uid, request.actor), request.POST.get("note", "")
    try:
        return redirect(actions.refuse_change(proposal, note, actor=request.actor))
    except Refused as refusal:
        page = pages.proposal_page(proposal, request.actor, note=note, refused=refusal.blockers)
        return render(request, "people/proposal.html", page, status=refusal.status)


@permitted("people.correct_person")
@require_POST
def withdraw_change(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Whoever put it forward takes it back."""
    return redirect(actions.withdraw_change(pages.proposal_or_404(uid, request.actor), actor=request.actor))


@permitted("people.reveal_field")
@require_POST
def reveal_change(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The second person sees what is masked, logged first."""
    proposal, sent = pages.proposal_or_404(uid, request.actor), request.POST
    reason, note = sent.get("reason", ""), sent.get("reveal_note", "")
    try:
        actions.reveal_change(proposal, reason, note, actor=request.actor)
    except Refused as refusal:
        page = pages.proposal_page(proposal, request.actor, refused=refusal.blockers)
        return render(request, "people/proposal.html", page, status=refusal.status)
    return render(request, "people/proposal.html", pages.proposal_page(proposal, request.actor, plain=True))


@permitted("people.view_person")
@require_GET
def view_past(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The file as it stood on a day."""
    person = person_or_404(uid, request.actor)
    return render(request, "people/past.html", past_page(person, request.GET.get("on", ""), request.actor))


@permitted("people.correct_person")
@require_http_methods(["GET", "POST"])
def reverse_change(request: ActingRequest, uid: uuid.UUID, change: uuid.UUID) -> HttpResponseBase:
    """Take one change of a file back."""
    found = pages.change_or_404(person_or_404(uid, request.actor), change, request.actor)
    reason = request.POST.get("reason", "")
    if request.method == "GET":
        return render(request, "people/reverse.html", pages.reverse_page(found, request.actor))
    try:
        return redirect(actions.reverse_change(found, reason, actor=request.actor))
    except Refused as refusal:
        page = pages.reverse_page(found, request.actor, reason=reason, refused=refusal.blockers)
        return render(request, "people/reverse.html", page, status=refusal.status)
