"""POST of the verbs: one view a verb, all of one shape."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yizhou.cases import actions
from yizhou.cases.forms.verbs import VerbForm
from yizhou.cases.queries.bundle_page import bundle_or_404
from yizhou.cases.queries.pages import case_or_404
from yizhou.cases.views.pages import bundle_response, case_response
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.web import ActingRequest, View, permitted


def verb_view(form: VerbForm) -> View[[uuid.UUID]]:
    """The view of one verb: the case as its user saw it, the action, back to the page."""

    @permitted(form.permission)
    @require_POST
    def run(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
        case = case_or_404(uid, request.actor)
        seen = request.POST.get("version", "")
        case.version = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
        try:
            form.run(case, request.POST, request.actor)
        except (Forbidden, Conflict):
            raise
        except Refused as refusal:
            return case_response(request, case_or_404(uid, request.actor), {form.name: refusal.blockers})
        messages.success(request, f"已{form.label.removeprefix('已')}")
        return redirect(case)

    return run


@permitted("cases.accept_bundle")
@require_POST
def accept_bundle(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """受理并分发."""
    bundle = bundle_or_404(uid, request.actor)
    try:
        actions.accept_bundle(bundle, actor=request.actor)
    except (Forbidden, Conflict):
        raise
    except Refused as refusal:
        return bundle_response(request, bundle, {"accept_bundle": refusal.blockers})
    messages.success(request, "已受理并分发")
    return redirect(bundle)


@permitted("cases.withdraw_bundle")
@require_POST
def withdraw_bundle(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """整体撤回."""
    bundle = bundle_or_404(uid, request.actor)
    try:
        actions.withdraw_bundle(bundle, reason=request.POST.get("reason", ""), actor=request.actor)
    except (Forbidden, Conflict):
        raise
    except Refused as refusal:
        return bundle_response(request, bundle, {"withdraw_bundle": refusal.blockers})
    messages.success(request, "已整体撤回")
    return redirect(bundle)
