"""评价: the page of the person served, and what staff do about bad ones."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.cases import actions
from yizhou.cases.models import Rating
from yizhou.cases.queries.ratings import invited_or_404, rate_page, ratings_page
from yizhou.core.actor import Actor, system_actor
from yizhou.core.refusal import Conflict, Refused
from yizhou.events.web import ActingRequest, permitted, public


def applicant(request: ActingRequest) -> Actor:
    """Whoever holds the invitation: allowed to rate and nothing else."""
    known = system_actor("申请人", frozenset({"cases.rate_case"}))
    return replace(known, address=request.actor.address, request_id=request.actor.request_id)


@public("申请人凭邀评链接评价，页面不含证件号和电话")
@require_http_methods(["GET", "POST"])
def rate(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Answer an invitation."""
    rating = invited_or_404(uid)
    if request.method == "GET":
        return render(request, "portal/my_rating.html", rate_page(rating))
    level, comment = request.POST.get("level", ""), request.POST.get("comment", "")
    try:
        actions.rate_case(rating, level=level, comment=comment, actor=applicant(request))
    except Conflict:
        raise
    except Refused as refusal:
        page = rate_page(rating, level=level, comment=comment, errors=refusal.blockers)
        return render(request, "portal/my_rating.html", page, status=422)
    return redirect("cases:rate", uid)


@permitted("cases.list_ratings")
@require_GET
def list_ratings(request: ActingRequest) -> HttpResponseBase:
    """Bad ratings and how far they have been followed up."""
    return render(request, "cases/ratings.html", ratings_page(request.GET.dict(), request.actor))


@permitted("cases.follow_up_rating")
@require_POST
def follow_up_rating(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """回访."""
    genuine = request.POST.get("genuine") == "1"
    rating, note = _rating(request, uid), request.POST.get("note", "")
    actions.follow_up_rating(rating, is_genuine=genuine, note=note, actor=request.actor)
    return redirect("cases:ratings")


@permitted("cases.fix_rating")
@require_POST
def fix_rating(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """整改反馈."""
    actions.fix_rating(_rating(request, uid), note=request.POST.get("note", ""), actor=request.actor)
    return redirect("cases:ratings")


@permitted("cases.void_rating")
@require_POST
def void_rating(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """认定无效."""
    actions.void_rating(_rating(request, uid), note=request.POST.get("note", ""), actor=request.actor)
    return redirect("cases:ratings")


def _rating(request: ActingRequest, uid: uuid.UUID) -> Rating:
    found: Rating | None = Rating.objects.visible_to(request.actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found
