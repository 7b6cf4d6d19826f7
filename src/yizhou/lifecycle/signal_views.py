"""Doors to signals and to whoever accompanies a family: parse, permit, call, render."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.files.uploads import upload_of
from yizhou.lifecycle import actions
from yizhou.lifecycle.models import LifeEvent, LifeSignal
from yizhou.lifecycle.pages import companion_of
from yizhou.lifecycle.signal_pages import compare_page, compared_page, list_or_404, note_page, signals_page
from yizhou.people.queries.page import person_or_404


@permitted("lifecycle.view_tasks")
@require_GET
def list_signals(request: ActingRequest) -> HttpResponse:
    """One page of the hints in scope."""
    return render(request, "lifecycle/signals.html", signals_page(request.GET.dict(), request.actor))


@permitted("lifecycle.note_signal")
@require_http_methods(["GET", "POST"])
def note_signal(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Keep one hint about a person."""
    person, sent = person_or_404(uid, request.actor), request.POST.dict()
    if request.method == "GET":
        return render(request, "lifecycle/note.html", note_page(person, {}))
    kind, words = sent.get("kind", ""), sent.get("words", "")
    try:
        actions.note_signal(person, kind, _day(sent.get("noted_on", "")), words, actor=request.actor)
    except Refused as refusal:
        page = note_page(person, sent, refusal.blockers)
        return render(request, "lifecycle/note.html", page, status=refusal.status)
    return redirect(person)


@permitted("lifecycle.note_signal")
@require_POST
def withdraw_signal(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A hint was a mistake."""
    signals = LifeSignal.objects.visible_to(request.actor).select_related("person")
    signal = get_object_or_404(signals, uid=uid)
    actions.withdraw_signal(signal, request.POST.get("why", ""), actor=request.actor)
    return redirect("lifecycle:signals")


@permitted("lifecycle.take_in_list")
@require_http_methods(["GET", "POST"])
def compare_list(request: ActingRequest) -> HttpResponseBase:
    """Choose a list of another office; it is compared at once."""
    sent = request.POST.dict()
    if request.method == "GET":
        return render(request, "lifecycle/compare.html", compare_page(request.actor, {}))
    day = _day(sent.get("noted_on", ""))
    try:
        with tempfile.TemporaryDirectory(prefix="list-", dir=settings.IMPORTS_DIR) as folder:
            path = _kept(upload_of(request.FILES), Path(folder))
            kind, title = sent.get("kind", ""), sent.get("title", "")
            listed = actions.take_in_list(path, kind, title, day, actor=request.actor)
    except Refused as refusal:
        page = compare_page(request.actor, sent, refusal.blockers)
        return render(request, "lifecycle/compare.html", page, status=refusal.status)
    return redirect(listed)


@permitted("lifecycle.view_tasks")
@require_GET
def show_list(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """What became of a list."""
    listed = list_or_404(uid, request.actor)
    return render(request, "lifecycle/compared.html", compared_page(listed, request.actor))


@permitted("lifecycle.accompany_event")
@require_POST
def accompany_event(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Name who accompanies the family."""
    events = LifeEvent.objects.visible_to(request.actor).select_related("person", "companion")
    event = get_object_or_404(events, uid=uid)
    post, seen = (
        companion_of(event, request.POST.get("post", ""), request.actor),
        request.POST.get("seen", ""),
    )
    known = event.companion_id if event.companion and str(event.companion.uid) == seen else None
    if seen and known is None:
        known = -1  # somebody else was named since the page was opened
    return redirect(actions.accompany_event(event, post, actor=request.actor, seen=known))


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _kept(upload: UploadedFile[Any], folder: Path) -> Path:
    """The bytes under a name of our own; the ending tells how they are read."""
    suffix = Path(upload.name or "").suffix.lower()
    path = folder / f"list{suffix if suffix in ('.xlsx', '.csv') else '.other'}"
    with path.open("xb") as out:
        shutil.copyfileobj(upload, out)
    return path
