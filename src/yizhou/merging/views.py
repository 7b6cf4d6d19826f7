"""Pages of duplicates: the queue, a pair side by side, many at once, what was merged."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.merging import actions, jobs, pages
from yizhou.merging.wanted import Wanted

VIEW = "merging.view_pair"


@permitted(VIEW)
@require_GET
def list_pairs(request: ActingRequest) -> HttpResponse:
    """Pairs that wait."""
    return render(request, "merging/list.html", pages.list_page(request.actor, request.GET.dict()))


@permitted("merging.find_pairs")
@require_POST
def find_pairs(request: ActingRequest) -> HttpResponseBase:
    """Ask for a search through all files."""
    try:
        jobs.ask(request.actor)
    except Refused as refusal:
        page = pages.list_page(request.actor, {}, refusal.blockers)
        return render(request, "merging/list.html", page, status=refusal.status)
    return redirect("merging:list")


@permitted("merging.judge_pair")
@require_POST
def settle_pairs(request: ActingRequest) -> HttpResponseBase:
    """Many at once: first what would be done, then, when it was looked at, doing it."""
    pairs, sent = pages.chosen_pairs(request.POST.getlist("pair"), request.actor), request.POST.dict()
    if "sure" not in sent:
        return render(request, "merging/settle.html", pages.settle_page(pairs, sent, request.actor))
    act = actions.merge_pairs if sent.get("verdict") == "merge" else actions.judge_pairs
    try:
        act(pairs, sent.get("note", ""), actor=request.actor)
    except Refused as refusal:
        page = pages.settle_page(pairs, sent, request.actor, refusal.blockers)
        return render(request, "merging/settle.html", page, status=refusal.status)
    return redirect(Wanted.of(sent).url())


@permitted(VIEW)
@require_GET
def view_pair(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """Both files side by side."""
    pair = pages.pair_or_404(uid, request.actor)
    return render(request, "merging/pair.html", pages.pair_page(pair, request.actor, request.GET.dict()))


@permitted("merging.merge_people")
@require_POST
def merge_people(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Join the two files, then show the next pair."""
    pair, sent = pages.pair_or_404(uid, request.actor), request.POST.dict()
    kept, lost = pages.files_of(pair, request.actor, sent.get("keep", ""))
    note, seen = sent.get("note", ""), sent.get("seen", "")
    try:
        actions.merge_people(kept, lost, note, actor=request.actor, seen=seen, chosen=sent)
    except Refused as refusal:
        page = pages.pair_page(pair, request.actor, sent, refusal.blockers)
        return render(request, "merging/pair.html", page, status=refusal.status)
    return redirect(Wanted.of(request.POST.dict()).next_url(request.actor, pair))


@permitted("merging.judge_pair")
@require_POST
def judge_pair(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Say that they are two people, then show the next pair."""
    pair = pages.pair_or_404(uid, request.actor)
    try:
        actions.judge_pairs([pair], request.POST.get("note", ""), actor=request.actor)
    except Refused as refusal:
        page = pages.pair_page(pair, request.actor, request.POST.dict(), refusal.blockers)
        return render(request, "merging/pair.html", page, status=refusal.status)
    return redirect(Wanted.of(request.POST.dict()).next_url(request.actor, pair))


@permitted(VIEW)
@require_GET
def list_done(request: ActingRequest) -> HttpResponse:
    """What was merged, and what of it was taken back."""
    return render(request, "merging/done.html", pages.done_page(request.actor, request.GET.dict()))


@permitted("merging.undo_merge")
@require_POST
def undo_merge(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Take a merge back."""
    merge = pages.merge_or_404(uid, request.actor)
    try:
        actions.undo_merge(merge, request.POST.get("reason", ""), actor=request.actor)
    except Refused as refusal:
        page = pages.done_page(request.actor, refused=refusal.blockers)
        return render(request, "merging/done.html", page, status=refusal.status)
    return redirect(f"{reverse('merging:done')}?undone={merge.uid}")
