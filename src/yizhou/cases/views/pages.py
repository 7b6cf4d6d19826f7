"""Lists, the page of a case and of a bundle, the inbox of a department."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from yizhou.cases.actions import reveal_form_case
from yizhou.cases.forms.verbs import offered, offered_for_bundle
from yizhou.cases.models import BundleCase, Case
from yizhou.cases.queries.bundle_page import bundle_or_404, bundle_page
from yizhou.cases.queries.lists import bundles_page, inbox_page, list_page
from yizhou.cases.queries.pages import case_or_404, case_page, revealed_pairs
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.web import ActingRequest, permitted


@permitted("cases.list_cases")
@require_GET
def list_cases(request: ActingRequest) -> HttpResponse:
    """Items and legs, newest first."""
    actions = [
        {"label": "一件事联办", "url": "bundles/", "kind": ""},
        {"label": "收件", "url": "new/", "kind": "primary"},
    ]
    context = {**list_page(request.GET.dict(), request.actor), "actions": actions}
    return render(request, "cases/list.html", context)


@permitted("cases.list_cases")
@require_GET
def list_bundles(request: ActingRequest) -> HttpResponse:
    """Bundles, newest first."""
    context = {**bundles_page(request.GET.dict(), request.actor), "actions": []}
    return render(request, "cases/list.html", context)


@permitted("cases.open_inbox")
@require_GET
def inbox(request: ActingRequest) -> HttpResponse:
    """A partner department's own legs."""
    return render(request, "cases/inbox.html", inbox_page(request.GET.dict(), request.actor))


@permitted("cases.view_case")
@require_GET
def detail(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One case."""
    return case_response(request, case_or_404(uid, request.actor))


@permitted("cases.reveal_form_case")
@require_POST
def reveal_form(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The page with the form in plain text, this once; asked for with a purpose and logged before it leaves."""
    case = case_or_404(uid, request.actor)
    try:
        shown = reveal_form_case(case, reason=request.POST.get("reason", ""), actor=request.actor)
    except Refused as refusal:
        return case_response(request, case, {"reveal_form": refusal.blockers})
    page, state, calendar = case_page(case, request.actor)
    pairs = revealed_pairs(state, shown.form, shown.person)
    verbs = offered(state, request.actor, calendar)
    return render(request, "cases/detail.html", {**vars(page), "form_pairs": pairs, "verbs": verbs})


@permitted("cases.view_case")
@require_GET
def bundle(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One bundle with its legs."""
    return bundle_response(request, bundle_or_404(uid, request.actor))


def case_response(
    request: ActingRequest, case: Case, refused: Mapping[str, Sequence[Blocker]] | None = None
) -> HttpResponse:
    """The page of a case; after a refusal with its reasons, the form that was tried unfolded, and status 422."""
    page, state, calendar = case_page(case, request.actor)
    context = {
        **vars(page),
        "errors": errors_of(refused),
        "verbs": offered(state, request.actor, calendar, refused),
    }
    return render(request, "cases/detail.html", context, status=422 if refused else 200)


def bundle_response(
    request: ActingRequest, row: BundleCase, refused: Mapping[str, Sequence[Blocker]] | None = None
) -> HttpResponse:
    """The same for a bundle."""
    context = {
        **vars(bundle_page(row, request.actor)),
        "errors": errors_of(refused),
        "verbs": offered_for_bundle(row, request.actor),
    }
    return render(request, "cases/detail.html", context, status=422 if refused else 200)


def errors_of(refused: Mapping[str, Sequence[Blocker]] | None) -> list[dict[str, str]]:
    """Reasons of a refusal as lines of the summary."""
    return [
        {"name": "", "label": "", "message": f"{b.message}。{b.remedy}" if b.remedy else b.message}
        for blockers in (refused or {}).values()
        for b in blockers
    ]
