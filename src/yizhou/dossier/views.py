"""The printed form."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yizhou.dossier.queries.page import print_page
from yizhou.events.web import ActingRequest, permitted
from yizhou.people.queries.page import person_or_404


@permitted("people.view_person")
@require_GET
def print_form(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One person's form as the paper has it, ready to print."""
    person = person_or_404(uid, request.actor)
    return render(request, "dossier/print.html", print_page(person, request.actor))
