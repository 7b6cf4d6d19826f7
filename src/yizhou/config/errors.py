"""Pages for addresses that do not exist and for faults: no trace, no setting, only the request's number (T29)."""

from __future__ import annotations

import logging
import uuid

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from yizhou.core.refusal import Blocker
from yizhou.events.problems import NOT_FOUND, is_api, problem
from yizhou.portal.middleware import error_page

FAULT = Blocker("FAULT", "这一步没有办成，数据没有改动", "请稍后重试；再出现时把请求编号告诉管理员")
logger = logging.getLogger("yizhou")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """404: absent and out of scope look alike."""
    if is_api(request):
        return problem(request, 404, [NOT_FOUND])
    return error_page(
        request, 404, [Blocker("NOT_FOUND", "没有找到这个页面或记录", "请核对网址，或从搜索进入")]
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500: rendered without the shell, so that it works when the shell is what failed."""
    actor = getattr(request, "actor", None)
    number = actor.request_id if actor else uuid.uuid4().hex
    logger.error("request %s failed", number)
    if is_api(request):
        return problem(request, 500, [FAULT])
    context = {
        "status": 500,
        "title": "系统出错",
        "reason": f"{FAULT.message}。",
        "remedy": f"{FAULT.remedy}。",
        "request_id": number,
    }
    return HttpResponse(render_to_string("portal/error.html", context), status=500)
