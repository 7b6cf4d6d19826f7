"""Sign-in, workbench, search."""

from __future__ import annotations

from django.contrib import auth
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.events.web import ActingRequest, permitted, public
from yizhou.portal.actions import note_sign_in
from yizhou.portal.queries import demo_accounts, search_page, workbench


@public("登录页")
@require_http_methods(["GET", "POST"])
def login(request: ActingRequest) -> HttpResponseBase:
    """Sign in by name and password; five wrong passwords lock the name for a quarter of an hour."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    target = wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"
    error, name = "", request.POST.get("username", "").strip()
    if request.method == "POST":
        account = auth.authenticate(request, username=name, password=request.POST.get("password", ""))
        note_sign_in(name, account, request.actor)
        if account is not None:
            auth.login(request, account)
            return redirect(target)
        error = "登录名或密码不对。请核对后重试；连续输错五次将锁定 15 分钟。"
    context = {"error": error, "username": name, "next": target, "demo_accounts": demo_accounts()}
    return render(request, "portal/login.html", {"locked": "", **context}, status=401 if error else 200)


@public("退出登录")
@require_POST
def logout(request: ActingRequest) -> HttpResponseBase:
    """Sign out and have the browser forget what it kept."""
    auth.logout(request)
    response = redirect("portal:login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@permitted("portal.open_workbench")
@require_POST
def choose_post(request: ActingRequest) -> HttpResponseBase:
    """Act in another of one's posts for the rest of the session."""
    chosen = request.POST.get("appointment", "")
    if any(str(post.uid) == chosen for post in request.posts):
        request.session["appointment"] = chosen
    return redirect("portal:workbench")


@permitted("portal.open_workbench")
@require_GET
def open_workbench(request: ActingRequest) -> HttpResponse:
    """What waits for me, nearest limit first."""
    return render(request, "portal/workbench.html", workbench(request.actor))


@permitted("portal.search")
@require_GET
def search(request: ActingRequest) -> HttpResponseBase:
    """Find persons and cases by name, pinyin, number or phone tail."""
    page = search_page(request.GET.get("q", ""), request.actor)
    return redirect(page["only"]) if page["only"] else render(request, "portal/search.html", page)


@public("供监控探测，不含业务数据")
@require_GET
def health(request: ActingRequest) -> JsonResponse:  # noqa: ARG001  # a view takes a request
    """Whether the service answers."""
    return JsonResponse({"status": "ok"})
