"""Indicators: the list, one with its rows, one as a card beside the report."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from yizhou.core import clock
from yizhou.events.web import ActingRequest, permitted
from yizhou.indicators.pages import detail_page, figure_card, list_page, scope_of
from yizhou.indicators.periods import Term
from yizhou.indicators.report.pages import asked_term, checks_part, report_file, report_page, tables_part
from yizhou.indicators.report.write import UnknownSuffix


@permitted("indicators.view_indicator")
@require_GET
def list_indicators(request: ActingRequest) -> HttpResponse:
    """All indicators by ring, for an area and a period."""
    try:
        page = list_page(request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "indicators/list.html", page)


@permitted("indicators.view_indicator")
@require_GET
def view_indicator(request: ActingRequest, code: str) -> HttpResponse:
    """One indicator: definition, value, parts, rows."""
    try:
        page = detail_page(code, request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "indicators/detail.html", page)


@permitted("indicators.open_rows")
@require_GET
def open_rows(request: ActingRequest, code: str) -> HttpResponse:
    """The same page, turned to the rows of the numerator or the denominator."""
    return view_indicator(request, code)  # type: ignore[return-value]  # a view answers with a response


@permitted("indicators.view_indicator")
@require_GET
def show_figure(request: ActingRequest, code: str) -> HttpResponseBase:
    """The card of one indicator, for the side of the report; without htmx the indicator's own page."""
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('indicators:detail', args=[code])}?{request.GET.urlencode()}")
    try:
        card = figure_card(code, scope_of(request.actor, request.GET.dict()), request.actor)
    except LookupError as error:
        raise Http404 from error
    return render(request, "indicators/_figure.html", card)


@permitted("indicators.view_report")
@require_GET
def latest_annual(request: ActingRequest) -> HttpResponseBase:  # noqa: ARG001  # a view takes a request
    """The report of the last full year."""
    return redirect("indicators:annual", clock.today().year - 1)


@permitted("indicators.view_report")
@require_GET
def view_annual(request: ActingRequest, year: int) -> HttpResponse:
    """The annual report on screen."""
    try:
        page = report_page(Term("annual", year), request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "report/annual.html", page)


@permitted("indicators.view_report")
@require_GET
def show_checks(request: ActingRequest, year: int) -> HttpResponse:
    """What must hold before the report is signed; htmx puts it below the report."""
    try:
        part = checks_part(Term("annual", year), request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "report/_checks.html", part)


@permitted("indicators.view_report")
@require_GET
def show_tables(request: ActingRequest, year: int) -> HttpResponse:
    """The tables behind the chapters."""
    try:
        part = tables_part(Term("annual", year), request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "report/tables.html", part)


@permitted("indicators.write_report")
@require_GET
def download_annual(request: ActingRequest, year: int, suffix: str) -> FileResponse:
    """The annual report as a file."""
    try:
        content, name = report_file(Term("annual", year), suffix, request.actor, request.GET.dict())
    except (LookupError, UnknownSuffix) as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=name)


@permitted("indicators.view_report")
@require_GET
def view_periodic(request: ActingRequest, kind: str, year: int, part: int) -> HttpResponse:
    """The report of a quarter or a month."""
    try:
        page = report_page(asked_term(kind, year, part), request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "report/annual.html", page)


@permitted("indicators.view_report")
@require_GET
def show_periodic_checks(request: ActingRequest, kind: str, year: int, part: int) -> HttpResponse:
    """What must hold before it is signed."""
    try:
        found = checks_part(asked_term(kind, year, part), request.actor, request.GET.dict())
    except LookupError as error:
        raise Http404 from error
    return render(request, "report/_checks.html", found)


@permitted("indicators.write_report")
@require_GET
def download_periodic(request: ActingRequest, kind: str, year: int, part: int, suffix: str) -> FileResponse:
    """The report of a quarter or a month as a file."""
    try:
        content, name = report_file(asked_term(kind, year, part), suffix, request.actor, request.GET.dict())
    except (LookupError, UnknownSuffix) as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=name)
