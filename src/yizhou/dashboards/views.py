"""The leader's page."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yizhou.dashboards.queries.page import dashboard_page
from yizhou.events.web import ActingRequest, permitted


@permitted("dashboards.view_dashboard")
@require_GET
def view_dashboard(request: ActingRequest) -> HttpResponse:
    """The figures of an area and a period at a glance."""
    try:
        page = dashboard_page(request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "dashboards/dashboard.html", page)
