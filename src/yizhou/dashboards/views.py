"""The leader's page, the wall of a hall, and the boundaries of their maps."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yizhou.dashboards.queries.page import dashboard_page, screen_page
from yizhou.dashboards.queries.shapes import shapes_below
from yizhou.events.web import ActingRequest, absent_is_404, permitted


@permitted("dashboards.view_dashboard")
@require_GET
def view_dashboard(request: ActingRequest) -> HttpResponse:
    """The figures of an area and a period at a glance."""
    with absent_is_404():
        page = dashboard_page(request.actor, request.GET.dict())
    return render(request, "dashboards/dashboard.html", page)


@permitted("dashboards.view_screen")
@require_GET
def view_screen(request: ActingRequest) -> HttpResponse:
    """The same figures for a hall: no names, no rows, no small numbers."""
    with absent_is_404():
        page = screen_page(request.actor, request.GET.dict())
    return render(request, "dashboards/screen.html", page)


@permitted("dashboards.view_boundaries")
@require_GET
def view_boundaries(request: ActingRequest) -> HttpResponse:
    """Boundaries of the divisions below an area: public knowledge, whoever asks."""
    area = request.GET.get("area", "")
    return JsonResponse(shapes_below(area[:12]))
