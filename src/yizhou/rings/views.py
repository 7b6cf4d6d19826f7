"""The page of a ring."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yizhou.events.web import ActingRequest, absent_is_404, permitted
from yizhou.rings.queries import ring_page


@permitted("rings.view_ring")
@require_GET
def view_ring(request: ActingRequest, ring: str) -> HttpResponse:
    """What belongs to a ring, inside the reader's scope."""
    with absent_is_404():
        page = ring_page(ring, request.actor)
    return render(request, "rings/ring.html", page)
