"""The outbox: what did not go out and why."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from yizhou.events.web import ActingRequest, permitted
from yizhou.notices.actions import retry_message
from yizhou.notices.models import Message
from yizhou.notices.queries import outbox_page


@permitted("notices.view_outbox")
@require_GET
def view_outbox(request: ActingRequest) -> HttpResponse:
    """Messages that wait or failed."""
    return render(request, "notices/outbox.html", outbox_page(request.actor))


@permitted("notices.retry_message")
@require_POST
def retry(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Try one again."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), uid=uid)
    retry_message(message, actor=request.actor)
    return redirect("notices:outbox")
