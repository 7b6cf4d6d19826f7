"""Pages of /my/: the person's own, and the one on which the station hands over a slip."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.cases.queries.starting import person_or_404
from yizhou.citizen import actions, queries
from yizhou.citizen.models import Access
from yizhou.citizen.paper import slip_shown
from yizhou.citizen.web import braked, enter, own, visitor
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.web import ActingRequest, permitted, public
from yizhou.people.models import Person

OWN = "本人凭激活的口令登录，只见本人的档案与办件"


@public("本人登录页，不含业务数据")
@require_http_methods(["GET", "POST"])
def login(request: ActingRequest) -> HttpResponseBase:
    """Sign in by identity number and own password."""
    number, refused = request.POST.get("id_number", ""), list[Blocker]()
    if request.method == "POST":
        try:
            enter(request, braked(request, number, _attempt(request, number)))
        except Refused as refusal:
            refused = list(refusal.blockers)
        else:
            return redirect("citizen:home")
    context = {"number": number, "refused": refused}
    return render(request, "citizen/login.html", context, status=401 if refused else 200)


@public("凭服务站发的激活单开通，不含业务数据")
@require_http_methods(["GET", "POST"])
def activate(request: ActingRequest) -> HttpResponseBase:
    """Make an own access with a slip."""
    sent, refused = request.POST, list[Blocker]()
    number, code = sent.get("id_number", ""), sent.get("code", "")
    if request.method == "POST":
        wish = actions.Activation(number, code, sent.get("password", ""), sent.get("again", ""))
        try:
            enter(request, braked(request, number, lambda: actions.activate(wish, actor=visitor(request))))
        except Refused as refusal:
            refused = list(refusal.blockers)
        else:
            return redirect("citizen:home")
    context = {"number": number, "code": code, "refused": refused}
    return render(request, "citizen/activate.html", context, status=422 if refused else 200)


def _attempt(request: ActingRequest, number: str) -> Callable[[], Access]:
    password, actor = request.POST.get("password", ""), visitor(request)
    return lambda: actions.sign_in(number, password, actor=actor)


@public("退出本人登录")
@require_POST
def logout(request: ActingRequest) -> HttpResponseBase:
    """End the session and have the browser forget what it kept."""
    request.session.flush()
    response = redirect("citizen:login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_GET
@own(OWN)
def home(request: ActingRequest, person: Person) -> HttpResponse:
    """What is under way and what one is entitled to."""
    return render(request, "citizen/home.html", queries.home_page(person, request.actor))


@require_GET
@own(OWN)
def list_cases(request: ActingRequest, person: Person) -> HttpResponse:
    """All own matters: who has them, until when."""
    return render(request, "citizen/cases.html", queries.cases_page(person))


@require_GET
@own(OWN)
def view_file(request: ActingRequest, person: Person) -> HttpResponse:
    """The own file."""
    return render(request, "citizen/file.html", queries.file_page(person, request.actor))


@require_GET
@own(OWN)
def list_readers(request: ActingRequest, person: Person) -> HttpResponse:
    """Who looked at the own file."""
    return render(request, "citizen/readers.html", queries.readers_page(person))


@permitted(queries.ISSUE)
@require_http_methods(["GET", "POST"])
def view_access(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Whether somebody uses 我的服务; a slip for who stands at the window, shown once to be printed."""
    person = person_or_404(str(uid), request.actor)
    page = queries.access_page(person, request.actor)
    if request.method == "GET":
        return render(request, "citizen/access.html", {**page, "refused": [], "slip": None})
    try:
        issued = actions.issue_slip(person, seen=request.POST.get("seen") == "1", actor=request.actor)
    except Refused as refusal:
        context = {**page, "refused": refusal.blockers, "slip": None}
        return render(request, "citizen/access.html", context, status=refusal.status)
    return render(request, "citizen/access.html", {**page, "refused": [], "slip": slip_shown(issued)})


@permitted(queries.ISSUE)
@require_POST
def close_access(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """End an access at once."""
    person = person_or_404(str(uid), request.actor)
    actions.close_access(person, actor=request.actor)
    return redirect("citizen:access", person.uid)
