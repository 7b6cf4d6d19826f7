"""The page of the log."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yizhou.events.pages import log_page
from yizhou.events.web import ActingRequest, permitted


@permitted("events.read_log")
@require_GET
def read_log(request: ActingRequest) -> HttpResponse:
    """Who did what, when, and what was refused, inside the reader's areas."""
    return render(request, "events/log.html", log_page(request.actor, request.GET))
