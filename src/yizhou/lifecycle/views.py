"""Doors to the events of lives: parse, permit, call, render."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from yizhou.events.web import ActingRequest, permitted
from yizhou.lifecycle import actions
from yizhou.lifecycle.models import LifeEvent, LifeTask
from yizhou.lifecycle.pages import event_page, list_page


@permitted("lifecycle.view_tasks")
@require_GET
def list_tasks(request: ActingRequest) -> HttpResponse:
    """One page of the tasks in scope."""
    return render(request, "lifecycle/list.html", list_page(request.GET.dict(), request.actor))


@permitted("lifecycle.view_tasks")
@require_GET
def view_event(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One event with its tasks."""
    events = LifeEvent.objects.visible_to(request.actor).select_related("person", "companion__station")
    event = get_object_or_404(events, uid=uid)
    return render(request, "lifecycle/event.html", event_page(event, request.actor))


@permitted("lifecycle.settle_task")
@require_POST
def settle_task(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The task is done."""
    task = _task(request, uid)
    return redirect(actions.settle_task(task, request.POST.get("note", ""), actor=request.actor))


@permitted("lifecycle.skip_task")
@require_POST
def skip_task(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The task is left out for a listed reason."""
    task, sent = _task(request, uid), request.POST
    reason, note = sent.get("reason", ""), sent.get("note", "")
    return redirect(actions.skip_task(task, reason, note, actor=request.actor))


def _task(request: ActingRequest, uid: uuid.UUID) -> LifeTask:
    tasks = LifeTask.objects.visible_to(request.actor).select_related("event__person")
    return get_object_or_404(tasks, uid=uid)
