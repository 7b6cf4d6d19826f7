"""The card that somebody is given."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yizhou.events.web import ActingRequest, permitted
from yizhou.people.queries.page import person_or_404
from yizhou.visits.card import card_page


@permitted("visits.print_card")
@require_GET
def print_card(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One person's card, ready to print."""
    person = person_or_404(uid, request.actor)
    address = request.build_absolute_uri(person.get_absolute_url())
    return render(request, "visits/card.html", card_page(person, address, request.actor))
