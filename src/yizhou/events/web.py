"""Views and their permission: every page declares one, and the registry test finds those that do not (T1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import getclosurevars
from typing import Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLResolver, get_resolver
from django.utils.http import url_has_allowed_host_and_scheme

from yizhou.core.actor import Actor
from yizhou.core.refusal import Forbidden
from yizhou.events.problems import API_ROOT
from yizhou.events.recording import record_refusal
from yizhou.orgs.models import Appointment

P = ParamSpec("P")


class ActingRequest(HttpRequest):
    """A request with its actor, as the middleware leaves it; ``posts`` are all those of somebody signed in."""

    actor: Actor
    posts: tuple[Appointment, ...]


class View(Protocol[P]):
    """A view with what it declares about itself."""

    permission: str
    public: str

    def __call__(self, request: ActingRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase: ...


Body = Callable[Concatenate[ActingRequest, P], HttpResponseBase]


def back_of(request: HttpRequest) -> str:
    """The page of ours that ``?back=`` names, to which a form leads back; empty when it names none."""
    page = request.GET.get("back", "")
    ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if ours else ""


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


@contextmanager
def absent_is_404() -> Iterator[None]:
    """Whatever a query or an action cannot find in the actor's sight is answered with 404; faults stay faults."""
    try:
        yield
    except (KeyError, IndexError):
        raise
    except LookupError as error:
        raise Http404 from error


ANY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the site: its pattern, name, view, what the view declares, the methods it answers."""

    path: str
    name: str
    view: Callable[..., object]
    permission: str
    public: str
    methods: tuple[str, ...]
    parameters: tuple[str, ...]

    @property
    def is_api(self) -> bool:
        """Whether programs call it, with a token."""
        return self.path.startswith(API_ROOT)


def routes() -> list[Route]:
    """Every address in the order in which they are tried; the permission table and the tests walk them."""
    return list(_walk(get_resolver(), "/", ""))


def _walk(resolver: URLResolver, path: str, space: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        below = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, below, ":".join(filter(None, (space, entry.namespace))))
            continue
        view = entry.callback
        yield Route(
            path=below,
            name=":".join(filter(None, (space, entry.name))),
            view=view,
            permission=getattr(view, "permission", ""),
            public=getattr(view, "public", ""),
            methods=getattr(view, "methods", None) or _methods(view),
            parameters=tuple(entry.pattern.converters),
        )


def _methods(view: Callable[..., object]) -> tuple[str, ...]:
    """What ``require_http_methods`` was told, through however many decorators; any method when it was not."""
    layer: Callable[..., object] | None = view
    while layer is not None:
        told = getclosurevars(layer).nonlocals.get("request_method_list")
        if told is not None:
            return tuple(told)
        layer = getattr(layer, "__wrapped__", None)
    return ANY_METHOD
