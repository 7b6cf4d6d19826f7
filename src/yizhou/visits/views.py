"""The card that somebody is given, the plan that is made for him, contacts assigned to many at once."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.people.queries.asking import told
from yizhou.people.queries.page import person_or_404
from yizhou.visits import actions
from yizhou.visits.batch_pages import assign_page, batch_or_404, batch_page, post_or_404
from yizhou.visits.card import card_page
from yizhou.visits.forms import outline_of, step_of
from yizhou.visits.models import Plan, PlanMeasure
from yizhou.visits.queries.plans import list_page, plan_page


@permitted("visits.print_card")
@require_GET
def print_card(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One person's card, ready to print."""
    person = person_or_404(uid, request.actor)
    address = request.build_absolute_uri(person.get_absolute_url())
    return render(request, "visits/card.html", card_page(person, address, request.actor))


@permitted("visits.view_plan")
@require_GET
def list_plans(request: ActingRequest) -> HttpResponse:
    """One page of the plans in scope."""
    return render(request, "visits/plans.html", list_page(request.GET.dict(), request.actor))


@permitted("visits.view_plan")
@require_GET
def view_plan(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """The plans of one person."""
    person = person_or_404(uid, request.actor)
    return render(request, "visits/plan.html", plan_page(person, request.actor))


@permitted("visits.draft_plan")
@require_POST
def draft_plan(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A plan to be."""
    person = person_or_404(uid, request.actor)
    return redirect(actions.draft_plan(person, outline_of(request.POST.dict()), actor=request.actor))


@permitted("visits.add_measure")
@require_POST
def add_measure(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """One more measure."""
    plan = _found(Plan.objects.select_related("person"), uid, request)
    actions.add_measure(plan, step_of(request.POST.dict()), actor=request.actor)
    return redirect(plan)


@permitted("visits.strike_measure")
@require_POST
def strike_measure(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Take a measure out of a draft."""
    measure = _found(PlanMeasure.objects.select_related("plan__person"), uid, request)
    return redirect(actions.strike_measure(measure, actor=request.actor))


@permitted("visits.settle_measure")
@require_POST
def settle_measure(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """What came of a measure."""
    measure, sent = _found(PlanMeasure.objects.select_related("plan__person"), uid, request), request.POST
    is_done, note = sent.get("answer") == "done", sent.get("note", "")
    return redirect(actions.settle_measure(measure, is_done=is_done, note=note, actor=request.actor))


@permitted("visits.start_plan")
@require_POST
def start_plan(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The plan is in force."""
    plan = _found(Plan.objects.select_related("person"), uid, request)
    return redirect(actions.start_plan(plan, actor=request.actor))


@permitted("visits.evaluate_plan")
@require_POST
def evaluate_plan(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """What came of the plan."""
    plan, sent = _found(Plan.objects.select_related("person"), uid, request), request.POST
    result, words = sent.get("result", ""), sent.get("words", "")
    return redirect(actions.evaluate_plan(plan, result, words, actor=request.actor))


def _found(rows: Any, uid: uuid.UUID, request: ActingRequest) -> Any:
    """The row if in sight; absent and out of scope are the same 404 (trust.md D5)."""
    row = rows.visible_to(request.actor).filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


@permitted("visits.assign_contacts")
@require_http_methods(["GET", "POST"])
def assign_contacts(request: ActingRequest) -> HttpResponseBase:
    """One contact for everybody who fits the filters: the preview, then the deed."""
    query, sent = told(request.GET), request.POST
    staff = sent.get("staff") or query.get("staff", "")
    if request.method == "GET":
        return render(request, "visits/assign.html", assign_page(query, staff, request.actor))
    post, reason = post_or_404(staff, request.actor), sent.get("reason", "")
    try:
        return redirect(actions.assign_contacts(query, post, reason, actor=request.actor))
    except Refused as refusal:
        page = assign_page(query, staff, request.actor, refusal.blockers, reason)
        return render(request, "visits/assign.html", page, status=refusal.status)


@permitted("visits.assign_contacts")
@require_GET
def view_batch(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """What became of a batch."""
    return render(request, "visits/batch.html", batch_page(batch_or_404(uid, request.actor), request.actor))


@permitted("visits.assign_contacts")
@require_POST
def undo_contacts(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Put the former contacts back."""
    return redirect(actions.undo_contacts(batch_or_404(uid, request.actor), actor=request.actor))
