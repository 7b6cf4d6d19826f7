"""Operations of the REST API and their permission: ``auth=Bearer("package.verb_noun")`` on each of them.

A token stands for a post (``orgs.models.ApiToken``). Whoever calls is worked out anew for each request, as for pages,
and permission is asked before anything that was sent is looked at.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, TypeVar, cast
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.security import HttpBearer

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import AlreadyDone, Blocker, Forbidden, Refused
from yizhou.events.recording import record_refusal
from yizhou.events.web import ActingRequest
from yizhou.orgs.actions import note_use
from yizhou.orgs.queries import actor_for, nobody, usable_token

M = TypeVar("M", bound=Model)
PAGE = 50
READING = ("GET", "HEAD", "OPTIONS")
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WRONG = Blocker("TOKEN", "令牌不对、已过期或已吊销", "请向本单位系统管理员申请接口令牌")


class Unanswerable(Refused):
    """The request itself lacks something; ``status`` says what."""

    def __init__(self, status: int, blocker: Blocker) -> None:
        super().__init__([blocker])
        self.status = status


class Bearer(HttpBearer):
    """Whoever holds a token of a post that carries ``permission``. Writes want an ``Idempotency-Key``."""

    def __init__(self, permission: str, *, writes: bool = True) -> None:
        super().__init__()
        self.permission, self.writes = permission, writes

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The actor behind the token. Raises ``Refused``."""
        actor = self.found(request, token)
        acting(request).actor = actor
        if not actor.may(self.permission):
            record_refusal(actor, self.permission, f"{request.method} {request.path}")
            raise Forbidden(self.permission)
        if self.writes and request.method not in READING and not actor.once:
            words = Blocker(
                "IDEMPOTENCY_KEY", "没有写明 Idempotency-Key", "每次写入带一个新的键，重试时用同一个"
            )
            raise Unanswerable(400, words)
        return actor

    def found(self, request: HttpRequest, token: str) -> Actor:
        """The actor in the token's post. Raises ``Unanswerable`` for a token that cannot be used."""
        known = usable_token(token, clock.today())
        if known is None:
            turn_away(request)
        note_use(known)
        asking = acting(request).actor
        actor = actor_for(
            known.post.account, known.post, address=asking.address, request_id=asking.request_id
        )
        return actor.with_once(request.headers.get("Idempotency-Key") if self.writes else None)


def acting(request: HttpRequest) -> ActingRequest:
    """The request as the middleware leaves it: with an actor, who knows where it comes from."""
    return cast("ActingRequest", request)


def turn_away(request: HttpRequest) -> NoReturn:
    """Log a wrong token; after five from one address in a quarter of an hour they are no longer looked into."""
    asking = acting(request).actor
    knock = HttpRequest()
    # Nothing of what was sent goes into the table of attempts.
    knock.META = {"REMOTE_ADDR": asking.address, "HTTP_USER_AGENT": ""}
    who = {"username": f"api {asking.address or nobody().name}"}
    if not AxesProxyHandler.is_allowed(knock, who):
        words = Blocker("TOO_MANY", "令牌连续不对", "请 15 分钟后再试，或核对令牌")
        raise Unanswerable(429, words)
    AxesProxyHandler.user_login_failed("api", who, knock)
    record_refusal(asking, "account.use_token", WRONG.message)
    raise Unanswerable(401, WRONG)


class Place(Schema):
    """Where a page of a list begins."""

    after: uuid.UUID | None = Field(None, description="上一页 next 中的起点")


def next_url(request: HttpRequest, last: uuid.UUID | None) -> str | None:
    """The address of the next page: the same list after its last row; None at the end."""
    if last is None:
        return None
    kept = {name: value for name, value in request.GET.items() if name != "after"}
    return f"{request.path}?{urlencode({**kept, 'after': last})}"


def require_place(rows: QuerySet[Any], after: uuid.UUID | None) -> int | None:
    """The inner id of the row to go on from, None at the beginning.

    Raises ``Refused`` when it is not, or no longer, among the rows: nobody starts over unawares.
    """
    if after is None:
        return None
    place: int | None = rows.filter(uid=after).order_by().values_list("pk", flat=True).first()
    if place is None:
        raise Refused([Blocker("AFTER", "翻页的起点不在结果中", "起点可能已作废或移出，请从第一页重取")])
    return place


def page_after(
    rows: QuerySet[M], after: uuid.UUID | None, size: int = PAGE
) -> tuple[list[M], uuid.UUID | None]:
    """One page of rows in scope, newest first, and the public id to go on after, None on the last page."""
    place = require_place(rows, after)
    if place is not None:
        rows = rows.filter(pk__lt=place)
    found = list(rows.order_by("-pk")[: size + 1])
    last: Any = found[size - 1] if len(found) > size else None
    return found[:size], last.uid if last is not None else None


def require_choice(name: str, value: str, choices: Container[str]) -> None:
    """Raises ``Refused`` for a filter that would be ignored."""
    if value and value not in choices:
        raise Refused([Blocker("FILTER", f"{name} 没有“{value}”这个取值", "取值见接口说明和代码表")])


def state_seen(request: HttpRequest, sent: str) -> str:
    """The state that a correction was based on, from ``If-Match`` or the body. Raises ``Unanswerable`` without one."""
    seen = request.headers.get("If-Match", "").removeprefix("W/").strip('"') or sent
    if not seen:
        words = Blocker("SEEN", "没有写明依据的是哪个版本", "先读取，再把 ETag 放进 If-Match")
        raise Unanswerable(428, words)
    return seen


@contextmanager
def once_is_enough() -> Iterator[None]:
    """A repeated submission is answered like the first one, by what stands now."""
    with suppress(AlreadyDone):
        yield


def led_to(write: Callable[[], str]) -> uuid.UUID:
    """The public id at the end of the address that a write led to, now or when it was first submitted."""
    try:
        address = write()
    except AlreadyDone as done:
        address = done.result
    return uuid.UUID(UID.findall(address)[-1])
