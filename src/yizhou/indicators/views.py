"""Indicators: the list, one with its rows, one as a card beside the report; and the reports."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yizhou.core import clock
from yizhou.events.web import ActingRequest, absent_is_404, permitted
from yizhou.indicators.pages import detail_page, figure_card, list_page, scope_of, whole_card
from yizhou.indicators.periods import Term
from yizhou.indicators.report.pages import checks_part, report_file, report_page, tables_part


@permitted("indicators.view_indicator")
@require_GET
def list_indicators(request: ActingRequest) -> HttpResponse:
    """All indicators by ring, for an area and a period."""
    with absent_is_404():
        page = list_page(request.actor, request.GET.dict())
    return render(request, "indicators/list.html", page)


@permitted("indicators.view_indicator")
@require_GET
def view_indicator(request: ActingRequest, code: str) -> HttpResponse:
    """One indicator: definition, value, parts, rows."""
    with absent_is_404():
        page = detail_page(code, request.actor, request.GET.dict())
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
    with absent_is_404():
        make = whole_card if request.GET.get("quarters") else figure_card
        card = make(code, scope_of(request.actor, request.GET.dict()), request.actor)
    return render(request, "indicators/_figure.html", card)


@permitted("indicators.view_report")
@require_GET
def latest_annual(request: ActingRequest) -> HttpResponseBase:  # noqa: ARG001  # a view takes a request
    """The report of the last full year."""
    return redirect("indicators:report", Term("annual", clock.today().year - 1))


@permitted("indicators.view_report")
@require_GET
def view_report(request: ActingRequest, term: Term) -> HttpResponse:
    """The report of a year, a quarter or a month on screen."""
    with absent_is_404():
        page = report_page(term, request.actor, request.GET.dict())
    return render(request, "report/annual.html", page)


@permitted("indicators.view_report")
@require_GET
def show_checks(request: ActingRequest, term: Term) -> HttpResponse:
    """What must hold before the report is signed; htmx puts it below the report."""
    with absent_is_404():
        part = checks_part(term, request.actor, request.GET.dict())
    return render(request, "report/_checks.html", part)


@permitted("indicators.view_report")
@require_GET
def show_tables(request: ActingRequest, term: Term) -> HttpResponse:
    """The tables behind the chapters."""
    with absent_is_404():
        part = tables_part(term, request.actor, request.GET.dict())
    return render(request, "report/tables.html", part)


@permitted("indicators.write_report")
@require_POST
def download_report(request: ActingRequest, term: Term, suffix: str) -> FileResponse:
    """The report as a file; logged before a byte leaves."""
    with absent_is_404():
        content, name = report_file(term, suffix, request.actor, request.GET.dict())
    return FileResponse(content, as_attachment=True, filename=name)
