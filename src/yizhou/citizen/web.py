"""Pages of one person: the session of an access, apart from the accounts of staff; a brake on guessing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpResponseBase
from django.shortcuts import redirect

from yizhou.citizen.models import Access
from yizhou.citizen.queries import ENTER, access_of, own_actor
from yizhou.core import crypto, id_numbers
from yizhou.core.actor import Actor, system_actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.web import ActingRequest, View, public
from yizhou.people.models import Person

P = ParamSpec("P")
OwnBody = Callable[Concatenate[ActingRequest, Person, P], HttpResponseBase]
KEY = "citizen"
STAY = dt.timedelta(hours=2)
"""A phone passes through many hands: who stays longer signs in again."""
TOO_OFTEN = Blocker("TOO_OFTEN", "连续输错，已锁定 15 分钟", "稍后再试，或带身份证到服务站重新领取激活单")


def own(why: str) -> Callable[[OwnBody[P]], View[P]]:
    """A page for whoever signed in with an access; the body is given the person, others are sent to sign in."""

    def wrap(body: OwnBody[P]) -> View[P]:
        @wraps(body)
        def run(request: ActingRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            access = access_of(*cast("tuple[str, int]", request.session.get(KEY, ("", 0))))
            if access is None:
                return redirect("citizen:login")
            request.actor = own_actor(address=request.actor.address, request_id=request.actor.request_id)
            return body(request, access.person, *args, **kwargs)

        return public(why)(cast("Any", run))

    return wrap


def enter(request: ActingRequest, access: Access) -> None:
    """Begin the session of an access; whatever was open in this browser before ends."""
    request.session.flush()
    request.session[KEY] = (str(access.uid), access.generation)
    request.session.set_expiry(STAY)


def visitor(request: ActingRequest) -> Actor:
    """Whoever stands before the door: allowed to try and nothing else."""
    known = system_actor("本人", frozenset({ENTER}), areas=())
    return replace(known, address=request.actor.address, request_id=request.actor.request_id)


def braked(request: ActingRequest, number: str, attempt: Callable[[], Access]) -> Access:
    """The attempt, unless that number failed too often; known and unknown numbers are counted alike.

    Raises ``Refused``.
    """
    plain = id_numbers.normalise(number).encode()
    named = {"username": f"my:{crypto.hmac_sm3(keyring().seal_key, b'my|' + plain).hex()}"}
    if not AxesProxyHandler.is_allowed(request, named):
        _keep_answer(request)
        raise Refused([TOO_OFTEN])
    try:
        access = attempt()
    except Refused:
        AxesProxyHandler.user_login_failed(__name__, named, request)
        _keep_answer(request)
        raise
    AxesProxyHandler.reset_attempts(username=named["username"])
    return access


def _keep_answer(request: ActingRequest) -> None:
    """Have our page answer: the middleware would put the sign-in of staff in its place."""
    setattr(request, "axes_locked_out", False)  # noqa: B010  # an attribute of the middleware's, unknown to the type
