"""Doors to unusual looks: parse, permit, call, render."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.watching import actions, pages
from yizhou.watching.queries import reading_or_404


@permitted("watching.view_readings")
@require_GET
def list_readings(request: ActingRequest) -> HttpResponse:
    """Lines in sight, newest first."""
    return render(request, "watching/list.html", pages.list_page(request.actor, request.GET.dict()))


@permitted("watching.view_readings")
@require_GET
def view_reading(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One line with the looks that it stands on."""
    page = pages.reading_page(reading_or_404(uid, request.actor), request.actor)
    return render(request, "watching/reading.html", page)


@permitted("watching.settle_reading")
@require_POST
def settle_reading(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Say what it was, or raise it."""
    reading = reading_or_404(uid, request.actor)
    state, note = request.POST.get("state", ""), request.POST.get("note", "")
    try:
        return redirect(actions.settle_reading(reading, state, note, actor=request.actor))
    except Refused as refusal:
        page = pages.reading_page(reading, request.actor, refused=refusal.blockers, state=state, note=note)
        return render(request, "watching/reading.html", page, status=refusal.status)
