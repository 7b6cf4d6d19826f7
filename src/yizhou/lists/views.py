"""Doors to saved filters and bulk changes: parse, permit, call, render."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.lists import actions, pages
from yizhou.lists.queries.saved import menu, save_page, saved_page
from yizhou.lists.queries.weighing import CHUNK
from yizhou.people.queries.asking import told


@permitted("lists.save_filter")
@require_GET
def list_saved(request: ActingRequest) -> HttpResponse:
    """One's own saved filters and those of the unit."""
    return render(request, "lists/saved.html", saved_page(request.actor))


@permitted("lists.save_filter")
@require_GET
def show_menu(request: ActingRequest) -> HttpResponse:
    """The same as links, for the menu above the list."""
    return render(request, "lists/_menu.html", menu(told(request.GET), request.actor))


@permitted("lists.save_filter")
@require_http_methods(["GET", "POST"])
def save_filter(request: ActingRequest) -> HttpResponseBase:
    """Give what the list shows a name."""
    query, sent = told(request.GET), request.POST
    if request.method == "GET":
        return render(request, "lists/save.html", save_page(query, request.actor))
    name, is_shared = sent.get("name", ""), sent.get("is_shared") == "1"
    try:
        return redirect(actions.save_filter(query, name, actor=request.actor, is_shared=is_shared))
    except Refused as refusal:
        said = {"name": name, "is_shared": is_shared, "refused": refusal.blockers}
        page = save_page(query, request.actor, **said)
        return render(request, "lists/save.html", page, status=refusal.status)


@permitted("lists.save_filter")
@require_POST
def edit_filter(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Another name, shared or not."""
    saved, sent = pages.saved_or_404(uid, request.actor), request.POST
    name, is_shared = sent.get("name", ""), sent.get("is_shared") == "1"
    try:
        return redirect(actions.edit_filter(saved, name, actor=request.actor, is_shared=is_shared))
    except Refused as refusal:
        page = saved_page(request.actor, refused=refusal.blockers)
        return render(request, "lists/saved.html", page, status=refusal.status)


@permitted("lists.save_filter")
@require_POST
def remove_filter(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Forget one."""
    saved = pages.saved_or_404(uid, request.actor)
    try:
        actions.remove_filter(saved, actor=request.actor)
    except Refused as refusal:
        page = saved_page(request.actor, refused=refusal.blockers)
        return render(request, "lists/saved.html", page, status=refusal.status)
    return redirect("lists:saved")


@permitted("lists.set_class")
@require_GET
def list_batches(request: ActingRequest) -> HttpResponse:
    """What was done with many, newest first."""
    return render(request, "lists/batches.html", pages.batches_page(request.actor))


@permitted("lists.set_class")
@require_http_methods(["GET", "POST"])
def set_class(request: ActingRequest) -> HttpResponseBase:
    """One contact class for many: the preview, then the deed; where they are few it is done when the page comes."""
    query, sent = told(request.GET), request.POST
    code, reason = sent.get("class") or query.get("class", ""), sent.get("reason", "")
    if request.method == "GET":
        return render(request, "lists/set_class.html", pages.set_page(query, code, request.actor))
    try:
        batch = actions.begin_class(query, code, reason, actor=request.actor)
    except Refused as refusal:
        page = pages.set_page(query, code, request.actor, refused=refusal.blockers, reason=reason)
        return render(request, "lists/set_class.html", page, status=refusal.status)
    return pages.carried_on(batch, CHUNK)


@permitted("lists.set_class")
@require_GET
def view_batch(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """How far it is and what came of it."""
    batch = pages.batch_or_404(uid, request.actor)
    return render(request, "lists/batch.html", pages.batch_page(batch, request.actor))


@permitted("lists.set_class")
@require_POST
def undo_class(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Take it back."""
    batch = actions.undo_class(pages.batch_or_404(uid, request.actor), actor=request.actor)
    return pages.carried_on(batch, CHUNK)
