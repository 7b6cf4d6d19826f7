"""The card that somebody is given, and contacts assigned to many at once."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.people.queries.page import person_or_404
from yizhou.visits import actions
from yizhou.visits.batch_pages import assign_page, batch_or_404, batch_page, post_or_404
from yizhou.visits.card import card_page


@permitted("visits.print_card")
@require_GET
def print_card(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One person's card, ready to print."""
    person = person_or_404(uid, request.actor)
    address = request.build_absolute_uri(person.get_absolute_url())
    return render(request, "visits/card.html", card_page(person, address, request.actor))


@permitted("visits.assign_contacts")
@require_http_methods(["GET", "POST"])
def assign_contacts(request: ActingRequest) -> HttpResponseBase:
    """One contact for everybody who fits the filters: the preview, then the deed."""
    query, sent = request.GET.dict(), request.POST
    staff = sent.get("staff") or query.get("staff", "")
    if request.method == "GET":
        return render(request, "visits/assign.html", assign_page(query, staff, request.actor))
    post, reason = post_or_404(staff, request.actor), sent.get("reason", "")
    try:
        return redirect(actions.assign_contacts(query, post, reason, actor=request.actor))
    except Refused as refusal:
        page = assign_page(query, staff, request.actor, refusal.blockers, reason)
        return render(request, "visits/assign.html", page, status=refusal.status)


@permitted("visits.assign_contacts")
@require_GET
def view_batch(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """What became of a batch."""
    return render(request, "visits/batch.html", batch_page(batch_or_404(uid, request.actor), request.actor))


@permitted("visits.assign_contacts")
@require_POST
def undo_contacts(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Put the former contacts back."""
    return redirect(actions.undo_contacts(batch_or_404(uid, request.actor), actor=request.actor))
