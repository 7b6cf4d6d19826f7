"""What somebody sees whose account is locked after five wrong passwords (trust.md G5)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yizhou.events.recording import record_refusal
from yizhou.orgs.queries import nobody

MINUTES = 15


def locked_out(request: HttpRequest, *_axes: Any) -> HttpResponse:
    """The sign-in page with the reason; known and unknown names are answered alike."""
    actor = nobody(address=request.META.get("REMOTE_ADDR", ""))
    record_refusal(actor, "account.locked", "密码连续输错五次")
    problem = f"密码连续输错，登录已锁定 {MINUTES} 分钟。请稍后再试，或请本单位管理员重置。"
    return render(
        request,
        "portal/login.html",
        {"error": "", "locked": problem, "username": "", "next": "/", "demo_accounts": []},
        status=429,
    )
