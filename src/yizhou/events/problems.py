"""Refusals over the API: RFC 9457 problems with Chinese titles, for whatever answers under ``/api/``."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.http import HttpRequest, HttpResponse

from yizhou.core.refusal import Blocker

API_ROOT = "/api/"
TITLES = {
    400: "请求不完整",
    401: "没有有效的令牌",
    403: "没有权限",
    404: "没有找到",
    405: "不支持的方法",
    409: "内容已变动",
    413: "内容过大",
    422: "没有办成",
    428: "没有写明所见的版本",
    429: "尝试过多",
    500: "系统出错",
}
NOT_FOUND = Blocker("NOT_FOUND", "没有找到这个地址或记录", "请核对地址和编号")


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, which wants a problem and no page."""
    return request.path.startswith(API_ROOT)


def problem(request: HttpRequest, status: int, blockers: Sequence[Blocker]) -> HttpResponse:
    """What went wrong: ``title`` by the status, ``detail`` and ``errors`` by the reasons, ``instance`` for the log."""
    actor = getattr(request, "actor", None)
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "没有办成"),
        "status": status,
        "detail": "；".join(blocker.message for blocker in blockers),
        "instance": f"urn:uuid:{actor.request_id}" if actor else "",
        "errors": [{"code": b.code, "message": b.message, "remedy": b.remedy} for b in blockers],
    }
    response = HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
