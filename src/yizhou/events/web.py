"""Views and their permission: every page declares one, and the registry test finds those that do not (T1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from yizhou.core.actor import Actor
from yizhou.core.refusal import Forbidden
from yizhou.events.recording import record_refusal

P = ParamSpec("P")


class ActingRequest(HttpRequest):
    """A request with its actor, as the middleware leaves it."""

    actor: Actor


class View(Protocol[P]):
    """A view with what it declares about itself."""

    permission: str
    public: str

    def __call__(self, request: ActingRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase: ...


Body = Callable[Concatenate[ActingRequest, P], HttpResponseBase]


def permitted(permission: str) -> Callable[[Body[P]], View[P]]:
    """A view for those who carry ``permission``: others are sent to sign in, or refused and logged."""

    def wrap(body: Body[P]) -> View[P]:
        @wraps(body)
        def run(request: ActingRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.actor.account_id is None:
                return redirect_to_login(request.get_full_path())
            if not request.actor.may(permission):
                record_refusal(request.actor, permission, f"{request.method} {request.path}")
                raise Forbidden(permission)
            return body(request, *args, **kwargs)

        view = cast("View[P]", run)
        view.permission = permission
        return view

    return wrap


def public(why: str) -> Callable[[Body[P]], View[P]]:
    """A view for everybody; ``why`` is kept for the permission table of the reference."""

    def wrap(body: Body[P]) -> View[P]:
        view = cast("View[P]", body)
        view.public = why
        return view

    return wrap
