"""Ways out: an SMS gateway that takes signed HTTP requests or, in a demonstration, the log of the server.

The gateway comes from the environment: ``YIZHOU_SMS_URL`` and ``YIZHOU_SMS_SECRET_FILE``. An installation in use
that has none sends nothing and says so: a line in a log has told nobody anything.
"""

from __future__ import annotations

import http.client
import json
import logging
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yizhou.core import crypto, masking

logger = logging.getLogger("yizhou.notices")
TIMEOUT_SECONDS = 5


class NotSent(Exception):
    """The message did not go out; ``str()`` says why in a few words without anything personal."""


class Unreachable(NotSent):
    """The gateway itself does not answer: the next message would fare no better just now."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a gateway is given; ``uid`` is the same in every attempt, so that it can drop repetitions."""

    uid: str
    phone: str
    text: str


Gateway = Callable[[Outgoing], None]
"""Sends one message or raises ``NotSent``."""


def gateway() -> Gateway:
    """The one that the installation uses."""
    if settings.SMS_URL:
        return by_http
    return to_console if settings.DEMO_FILE.exists() else to_nobody


def to_nobody(message: Outgoing) -> None:  # noqa: ARG001  # nothing is done with it
    """Refuse: there is no gateway."""
    raise NotSent("没有设置短信网关")


def to_console(message: Outgoing) -> None:
    """Write the message to the server's log, the number masked: for demonstrations."""
    logger.info("%s %s", masking.mask_phone(message.phone), message.text)


def by_http(message: Outgoing) -> None:
    """POST JSON to the gateway, signed with HMAC-SM3 over time stamp and body."""
    body = json.dumps(
        {"id": message.uid, "phone": message.phone, "text": message.text}, ensure_ascii=False
    ).encode()
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": message.uid,
        "X-Timestamp": stamp,
        "X-Signature": signature(secret(), stamp, body),
    }
    request = urllib.request.Request(settings.SMS_URL, data=body, headers=headers, method="POST")  # noqa: S310  # from the operator's environment
    try:
        with _opener().open(request, timeout=TIMEOUT_SECONDS):
            return
    except urllib.error.HTTPError as error:
        raise NotSent(f"短信网关答复 {error.code}") from None
    except TimeoutError:
        raise Unreachable(f"短信网关 {TIMEOUT_SECONDS} 秒内没有答复") from None
    except http.client.HTTPException:
        raise NotSent("短信网关的答复不合 HTTP 规范") from None
    except OSError:
        raise Unreachable("连不上短信网关") from None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Somebody else's address must not be handed telephones."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """Refuse."""


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))


def secret() -> bytes:
    """The key shared with the gateway."""
    if not settings.SMS_SECRET_FILE:
        raise NotSent("没有设置短信网关的密钥文件")
    try:
        return Path(settings.SMS_SECRET_FILE).read_bytes().strip()
    except OSError:
        raise NotSent("读不到短信网关的密钥文件") from None


def signature(key: bytes, stamp: str, body: bytes) -> str:
    """What the gateway checks: HMAC-SM3 of ``stamp`` + "." + body, in hex."""
    return crypto.hmac_sm3(key, stamp.encode() + b"." + body).hex()
