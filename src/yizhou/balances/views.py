"""Pages of balances: the list, one of them, the names behind a number, confirming, taking out."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.balances import actions, pages
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.web import ActingRequest, absent_is_404, permitted


@permitted("balances.view_balance")
@require_GET
def list_balances(request: ActingRequest) -> HttpResponse:
    """All tables, for an area and a period."""
    with absent_is_404():
        page = pages.list_page(request.actor, request.GET.dict())
    return render(request, "balances/list.html", page)


@permitted("balances.view_balance")
@require_GET
def view_sheet(request: ActingRequest, name: str) -> HttpResponse:
    """One table as the records say now."""
    with absent_is_404():
        page = pages.sheet_page(name, request.actor, request.GET.dict())
    return render(request, "balances/sheet.html", page)


@permitted("indicators.open_rows")
@require_GET
def open_names(request: ActingRequest, name: str) -> HttpResponse:
    """The names behind one of its numbers."""
    with absent_is_404():
        page = pages.names_page(name, request.actor, request.GET.dict())
    return render(request, "balances/names.html", page)


@permitted(actions.CONFIRM)
@require_http_methods(["GET", "POST"])
def confirm_balance(request: ActingRequest, name: str) -> HttpResponseBase:
    """Keep a table as it goes up."""
    query = {**request.GET.dict(), **request.POST.dict()}
    status = 200
    refused: tuple[Blocker, ...] = ()
    try:
        with absent_is_404():
            balance, term, scope = pages.asked(name, request.actor, query)
        if request.method == "POST":
            reason = query.get("reason", "")
            return redirect(actions.confirm_balance(balance, term, scope, reason, actor=request.actor))
    except Refused as refusal:
        refused, status = refusal.blockers, refusal.status
    page = pages.confirm_page(name, request.actor, query) | {"refused": refused}
    return render(request, "balances/confirm.html", page, status=status)


@permitted("balances.view_balance")
@require_GET
def view_confirmed(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """A table as it was confirmed."""
    return render(request, "balances/confirmed.html", pages.confirmed_page(uid, request.actor))


@permitted(actions.EXPORT)
@require_POST
def export_balance(request: ActingRequest, name: str) -> HttpResponseBase:
    """The table with its names as Excel, masked; logged before a byte leaves."""
    with absent_is_404():
        balance, scope, rows, file, title = pages.export_file(name, request.actor, request.GET.dict())
    actions.note_export(balance, scope, rows, actor=request.actor)
    return FileResponse(file, as_attachment=True, filename=title)
