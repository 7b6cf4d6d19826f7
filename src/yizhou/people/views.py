"""Doors to the file: parse, permit, call, render."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.backends.utils import csrf_input_lazy
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.exports.actions import ask_export
from yizhou.exports.handing import handed_out
from yizhou.files.actions import Keeping, store_file
from yizhou.files.uploads import upload_of
from yizhou.people import actions
from yizhou.people.confirming import confirm_page
from yizhou.people.forms import PersonForm, form_page
from yizhou.people.models import Person
from yizhou.people.plugs import Panel
from yizhou.people.queries.asking import told
from yizhou.people.queries.columns_page import columns_page
from yizhou.people.queries.listing import counted, list_page
from yizhou.people.queries.page import panel_or_404, person_or_404, person_or_moved, person_page
from yizhou.people.queries.picking import picked
from yizhou.people.queries.quality import quality_page
from yizhou.people.queries.readers import readers_page
from yizhou.people.queries.revealing import reveal_dialog


@permitted("people.list_people")
@require_GET
def list_people(request: ActingRequest) -> HttpResponse:
    """One page of the people in scope; htmx gets the same page and takes its results."""
    return render(request, "people/list.html", list_page(told(request.GET), request.actor))


@permitted("people.list_people")
@require_GET
def count_people(request: ActingRequest) -> HttpResponse:
    """How many the filters fit, for htmx: the page does not wait for it."""
    return HttpResponse(counted(told(request.GET), request.actor), content_type="text/plain; charset=utf-8")


@permitted("people.list_people")
@require_GET
def choose_columns(request: ActingRequest) -> HttpResponse:
    """Which columns the list shows; htmx gets the same for its dialog."""
    page = columns_page(told(request.GET), request.actor)
    name = "people/_columns.html" if request.headers.get("HX-Request") else "people/columns.html"
    return render(request, name, page)


@permitted("people.export_people")
@require_POST
def export_people(request: ActingRequest) -> HttpResponseBase:
    """The filtered list as a file, masked: a few rows at once, more once a second person has agreed."""
    sent, query = request.POST, told(request.GET)
    export = ask_export(
        "people", query, sent.get("purpose", ""), sent.get("form", "xlsx"), actor=request.actor
    )
    return handed_out(export, request.actor)


@permitted("people.view_person")
@require_GET
def pick_person(request: ActingRequest) -> HttpResponse:
    """Radio buttons of the persons that a text may mean, for the forms of other packages."""
    context = picked(request.GET.get("q", ""), request.GET.get("name", "person"), request.actor)
    return render(request, "people/_pick.html", context)


@permitted("people.view_person")
@require_GET
def view_person(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The person's page with the life axis open."""
    person = person_or_moved(uid, request.actor)
    if person.uid != uid:
        return redirect(person)
    page = person_page(person, request.actor, everything="all" in request.GET)
    return render(request, "people/person.html", page)


@permitted("people.view_person")
@require_GET
def view_panel(request: ActingRequest, uid: uuid.UUID, panel: str) -> HttpResponse:
    """The person's page with another tab open."""
    person, found = person_or_moved(uid, request.actor), panel_or_404(panel, request.actor)
    if person.uid != uid:
        return redirect("people:panel", person.uid, panel)
    page = person_page(person, request.actor, found.name)
    page["panel"] = {
        "kind": "html",
        "title": found.title,
        "note": found.note,
        "html": panel_html(request, found, person),
    }
    return render(request, "people/person.html", page)


def panel_html(request: ActingRequest, panel: Panel, person: Person) -> SafeString:
    """A plug's own template; rendered below the context processors, so that the frame is not asked for twice."""
    context: dict[str, Any] = {
        **panel.context(person, request.actor),
        "person": person,
        "actor": request.actor,
    }
    context["csrf_input"] = csrf_input_lazy(request)
    template: Any = get_template(panel.template)
    html: str = template.template.render(context)
    return mark_safe(html)  # noqa: S308  # the template escapes by itself


@permitted("people.reveal_field")
@require_http_methods(["GET", "POST"])
def reveal_field(request: ActingRequest, uid: uuid.UUID, field: str) -> HttpResponse:
    """The reason dialog; a POST with a reason answers with the full value, logged first."""
    person = person_or_404(uid, request.actor)
    if request.method == "GET":
        return render(request, "people/_reveal.html", reveal_dialog(person, field))
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
    try:
        shown = actions.reveal_field(person, field, reason, note, actor=request.actor)
    except Refused as refusal:
        context = reveal_dialog(person, field, reason=reason, note=note, blockers=refusal.blockers)
        return render(request, "people/_reveal.html", context, status=422)
    return render(request, "people/_reveal.html", reveal_dialog(person, field, value=shown.value))


@permitted("people.view_readers")
@require_GET
def print_readers(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """Who looked at the file, ready to print for the person whose file it is."""
    person = person_or_404(uid, request.actor)
    return render(request, "people/readers.html", readers_page(person, request.actor))


@permitted("people.confirm_person")
@require_http_methods(["GET", "POST"])
def confirm_person(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Note that the file is current: nothing in it has changed."""
    person = person_or_404(uid, request.actor)
    sent = request.POST
    way, note, settles = sent.get("way", ""), sent.get("note", ""), sent.get("settles") == "1"
    page = confirm_page(person, request.actor, way, note)
    if request.method == "GET":
        return render(request, "people/confirm.html", page)
    try:
        return redirect(actions.confirm_person(person, way, note, actor=request.actor, settles=settles))
    except Refused as refusal:
        page["refused"] = refusal.blockers
        return render(request, "people/confirm.html", page, status=refusal.status)


@permitted("people.view_quality")
@require_GET
def view_quality(request: ActingRequest) -> HttpResponse:
    """How complete, sound and current the files are, division by division."""
    return render(request, "people/quality.html", quality_page(request.actor, request.GET.dict()))


@permitted("files.store_file")
@require_POST
def attach_file(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Keep a file about the person."""
    person = person_or_404(uid, request.actor)
    upload = upload_of(request.FILES)
    keeping = Keeping(upload, request.POST.get("title", ""), person.pk, person.household_area)
    store_file(keeping, actor=request.actor)
    return redirect("people:panel", person.uid, "files")


@permitted("people.create_person")
@require_http_methods(["GET", "POST"])
def create_person(request: ActingRequest) -> HttpResponseBase:
    """Open a new file."""
    form = PersonForm.empty(request.actor)
    if request.method == "POST":
        form.take(request.POST.dict())
        if kept := form.kept():
            return redirect(kept)
    page = form_page(form, reverse("people:list"))
    return render(request, "people/form.html", page, status=form.status)


@permitted("people.correct_person")
@require_http_methods(["GET", "POST"])
def correct_person(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Change a file, with a reason."""
    person = person_or_404(uid, request.actor)
    form = PersonForm.of(person, request.actor)
    if request.method == "POST":
        form.take(request.POST.dict())
        if kept := form.kept():
            return redirect(kept)
    page = form_page(form, person.get_absolute_url())
    return render(request, "people/form.html", page, status=form.status)
