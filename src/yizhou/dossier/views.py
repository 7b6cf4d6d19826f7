"""The printed form, and the form as a workbook."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from yizhou.dossier.queries.page import print_page
from yizhou.dossier.queries.workbook import NAME, template_file, workbook_page
from yizhou.events.web import ActingRequest, permitted
from yizhou.exports.actions import ask_export
from yizhou.exports.handing import handed_out
from yizhou.people.queries.page import person_or_404


@permitted("people.view_person")
@require_GET
def print_form(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One person's form as the paper has it, ready to print."""
    person = person_or_404(uid, request.actor)
    return render(request, "dossier/print.html", print_page(person, request.actor))


@permitted("ledgers.list_ledgers")
@require_GET
def show_workbook(request: ActingRequest) -> HttpResponse:
    """Template, export and import of the whole form."""
    return render(request, "dossier/workbook.html", workbook_page(request.actor))


@permitted("ledgers.list_ledgers")
@require_GET
def give_template(request: ActingRequest) -> HttpResponseBase:  # noqa: ARG001  # a view takes a request
    """The blank workbook."""
    return FileResponse(template_file(), as_attachment=True, filename="整本采集表-模板.xlsx")


@permitted("dossier.export_form")
@require_POST
def export_workbook(request: ActingRequest) -> HttpResponseBase:
    """One person's or one division's forms, through the register of exports."""
    sent = request.POST.dict()
    export = ask_export(NAME, sent, sent.get("purpose", ""), "xlsx", actor=request.actor)
    return handed_out(export, request.actor)
