"""What happens to every request: who acts, which headers go out, how refusals are shown."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import AlreadyDone, Blocker, Refused
from yizhou.events.problems import TITLES, is_api
from yizhou.events.web import ActingRequest
from yizhou.orgs.models import Account
from yizhou.orgs.queries import actor_for, appointments_of, nobody
from yizhou.portal.actions import CHANGE_OWN

Handler = Callable[[HttpRequest], HttpResponseBase]


class SecureHeaders:
    """Personal pages are never cached, and the browser may use none of the device's sensors (trust.md G19)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ActorOfRequest:
    """Works out the actor anew for each request, so that a withdrawn right ends with the next click (T3)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        acting = cast("ActingRequest", request)
        acting.actor = actor_of(request)
        if acting.actor.permissions == FIRST_STEP and request.path not in OPEN_BEFORE_CHANGE:
            return redirect("portal:password")
        return self.get_response(request)


FIRST_STEP = frozenset({CHANGE_OWN})
"""All that somebody may do who was given a password and has not yet made an own one."""
OPEN_BEFORE_CHANGE = ("/password/", "/login/", "/logout/", "/health")


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request: its account in the post chosen for this session, with the form's token."""
    address, request_id = request.META.get("REMOTE_ADDR", ""), uuid.uuid4().hex
    if is_api(request):
        # A session opens no door there: the token does, and names who acts (events.rest).
        return nobody(address=address, request_id=request_id)
    account = request.user
    if not isinstance(account, Account) or not account.is_active:
        return nobody(address=address, request_id=request_id)
    posts = appointments_of(account, clock.today())
    chosen = request.session.get("appointment")
    post = next((p for p in posts if str(p.uid) == chosen), posts[0] if posts else None)
    cast("ActingRequest", request).posts = tuple(posts)
    actor = actor_for(account, post, address=address, request_id=request_id)
    if account.must_change_password:
        actor = replace(actor, permissions=FIRST_STEP)
    if request.method != "POST":
        return actor
    return actor.with_once(request.headers.get("Idempotency-Key") or request.POST.get("once"))


class Refusals:
    """Turns refusals into pages with reasons and a remedy; a repeated submission is led to its first result."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the exceptions that are answers."""
        if isinstance(exception, AlreadyDone):
            return redirect(exception.result if exception.result.startswith("/") else _came_from(request))
        if isinstance(exception, Refused):
            return error_page(request, exception.status, exception.blockers)
        if isinstance(exception, Http404):
            return error_page(
                request, 404, [Blocker("NOT_FOUND", "没有找到这个页面或记录", "请核对网址，或从搜索进入")]
            )
        return None


def _came_from(request: HttpRequest) -> str:
    """The page of ours that a form was sent from, else the workbench."""
    page, own = request.META.get("HTTP_REFERER", ""), {request.get_host()}
    return page if url_has_allowed_host_and_scheme(page, own, require_https=request.is_secure()) else "/"


def error_page(request: HttpRequest, status: int, blockers: object) -> HttpResponse:
    """A page that says what happened, why, and what to do; absent and out of scope look alike."""
    actor = getattr(request, "actor", None)
    context = {
        "status": status,
        "title": TITLES.get(status, "没有办成"),
        "blockers": blockers,
        "request_id": actor.request_id if actor else "",
    }
    return render(request, "portal/error.html", context, status=status)
