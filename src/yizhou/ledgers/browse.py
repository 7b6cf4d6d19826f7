"""Pages of a ledger's rows."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yizhou.events.web import ActingRequest, permitted
from yizhou.ledgers.browsing import browse_page, row_page


@permitted("ledgers.browse_ledger")
@require_GET
def browse_ledger(request: ActingRequest, name: str) -> HttpResponse:
    """Rows of a ledger inside the actor's areas."""
    try:
        page = browse_page(name, request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "ledgers/browse.html", page)


@permitted("ledgers.browse_ledger")
@require_GET
def show_row(request: ActingRequest, name: str, uid: uuid.UUID) -> HttpResponse:
    """One row in full."""
    try:
        page = row_page(name, uid, request.actor)
    except LookupError as error:
        raise Http404 from error
    return render(request, "ledgers/row.html", page)
