"""Filing: choose what and for whom, fill in one form."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.cases.actions import Filing, file_case
from yizhou.cases.forms.filing import entered, filing_of
from yizhou.cases.queries.filing import Plan, plan_of
from yizhou.cases.queries.form_page import Entered, file_page, first_visit
from yizhou.cases.queries.starting import person_or_404, start_page
from yizhou.cases.rules.forms import FormError
from yizhou.core import clock
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.people.models import Person


@permitted("cases.file_case")
@require_GET
def start(request: ActingRequest) -> HttpResponseBase:
    """Choose an item or a bundle and a person."""
    page = start_page(request.GET.dict(), request.actor)
    return redirect(page["go"]) if page["go"] else render(request, "cases/new.html", page)


@permitted("cases.file_case")
@require_http_methods(["GET", "POST"])
def file(request: ActingRequest, subject: str) -> HttpResponseBase:
    """The form of an item or a bundle for one person."""
    plan, person = _asked(request, subject)
    if request.method == "GET":
        return _form(request, plan, person, first_visit(plan, request.actor))
    form = entered(plan, request.POST)
    filing, errors = filing_of(plan, person, form)
    if filing is None:
        return _form(request, plan, person, form, errors)
    try:
        return _filed(request, filing)
    except Refused as refusal:
        if isinstance(refusal, Forbidden | Conflict):
            raise
        return _form(request, plan, person, form, form_errors(refusal))


def _filed(request: ActingRequest, filing: Filing) -> HttpResponseBase:
    filed = file_case(filing, actor=request.actor)
    messages.success(request, f"已收件，编号 {filed.case_no}")
    return redirect(filed)


def form_errors(refusal: Refused) -> list[FormError]:
    """Reasons of a refusal as lines of the form's summary."""
    return [
        FormError("", "", f"{b.message}。{b.remedy}" if b.remedy else b.message) for b in refusal.blockers
    ]


@permitted("cases.file_case")
@require_POST
def estimate(request: ActingRequest, subject: str) -> HttpResponse:
    """The form with the days expected for what is ticked now; stores nothing."""
    plan, person = _asked(request, subject)
    return _form(request, plan, person, entered(plan, request.POST))


def _asked(request: ActingRequest, subject: str) -> tuple[Plan, Person]:
    person = person_or_404(request.GET.get("person", ""), request.actor)
    try:
        return plan_of(subject, person, clock.today()), person
    except KeyError:
        raise Http404 from None


def _form(
    request: ActingRequest, plan: Plan, person: Person, form: Entered, errors: list[FormError] | None = None
) -> HttpResponse:
    context = file_page(plan, person, form, request.actor, errors or [])
    return render(request, "cases/file.html", context, status=422 if errors else 200)
