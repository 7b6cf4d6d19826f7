"""Pages for addresses that do not exist and for faults: no trace, no setting, only the request's number (T29)."""

from __future__ import annotations

import logging
import uuid

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from yizhou.core.refusal import Blocker
from yizhou.portal.middleware import error_page

logger = logging.getLogger("yizhou")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """404: absent and out of scope look alike."""
    return error_page(
        request, 404, [Blocker("NOT_FOUND", "没有找到这个页面或记录", "请核对网址，或从搜索进入")]
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500: rendered without the shell, so that it works when the shell is what failed."""
    actor = getattr(request, "actor", None)
    number = actor.request_id if actor else uuid.uuid4().hex
    logger.error("request %s failed", number)
    context = {
        "status": 500,
        "title": "系统出错",
        "reason": "这一步没有办成，数据没有改动。",
        "remedy": "请稍后重试；再出现时把请求编号告诉管理员。",
        "request_id": number,
    }
    return HttpResponse(render_to_string("portal/error.html", context), status=500)
