"""The decorator of every verb that writes: permission, one transaction, once, refusals logged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, models, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import AlreadyDone, Conflict, Forbidden, Refused
from yizhou.events.models import Submission
from yizhou.events.recording import record_refusal

P = ParamSpec("P")
R = TypeVar("R")

ACTIONS: dict[str, Callable[..., object]] = {}
"""Every action by permission code, for the reference page and the tests."""


def action(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action. It must be called with the keyword ``actor``.

    Order: permission (``Forbidden``), transaction, idempotency token (``AlreadyDone`` with the first answer,
    ``Conflict`` when the token came with other content), the body. Any ``Refused`` rolls everything back and is
    then logged in a transaction of its own. An action called inside another one shares its transaction and token.
    """

    def wrap(body: Callable[P, R]) -> Callable[P, R]:
        ACTIONS[permission] = body

        @wraps(body)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs["actor"]
            assert isinstance(actor, Actor)
            nested = transaction.get_connection().in_atomic_block and getattr(_running(), "depth", 0) > 0
            try:
                if not actor.may(permission):
                    raise Forbidden(permission)
                return _perform(permission, actor, nested, body, *args, **kwargs)
            except Refused as refusal:
                if not nested:
                    record_refusal(actor, permission, str(refusal))
                raise

        return run

    return wrap


class _State:
    """How deep actions are nested on the current connection."""

    depth = 0


def _running() -> _State:
    connection = transaction.get_connection()
    state: _State | None = getattr(connection, "yizhou_actions", None)
    if state is None:
        state = _State()
        connection.yizhou_actions = state
    return state


def _perform(
    permission: str,
    actor: Actor,
    nested: bool,
    body: Callable[P, R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    state = _running()
    state.depth += 1
    try:
        with transaction.atomic():
            claimed = None if nested else _claim(permission, actor, args, kwargs)
            result = body(*args, **kwargs)
            if claimed is not None:
                Submission.objects.filter(pk=claimed.pk).update(result=_answer(result))
            return result
    finally:
        state.depth -= 1


def _claim(
    permission: str, actor: Actor, args: tuple[object, ...], kwargs: dict[str, object]
) -> Submission | None:
    """Take the token inside the transaction; a second taker waits for the first and then reads its answer."""
    if not actor.once or actor.account_id is None:
        return None
    named = [(name, _identity(value)) for name, value in sorted(kwargs.items()) if name != "actor"]
    content = repr(([_identity(value) for value in args], named))
    fingerprint = hashlib.sha256(f"{permission}|{content}".encode()).hexdigest()
    earlier = Submission.objects.filter(account_id=actor.account_id, token=actor.once).first()
    if earlier is None:
        try:
            with transaction.atomic():
                return Submission.objects.create(
                    account_id=actor.account_id,
                    token=actor.once,
                    action=permission,
                    fingerprint=fingerprint,
                    at=clock.now(),
                )
        except IntegrityError:
            earlier = Submission.objects.get(account_id=actor.account_id, token=actor.once)
    if earlier.action != permission or earlier.fingerprint != fingerprint:
        raise Conflict("同一提交令牌已用于另一份内容", "请刷新页面后重新填写提交")
    raise AlreadyDone(earlier.result)


def _identity(value: object) -> object:
    """What an argument is, whatever state it is in: a row counts by its key, not by its changing fields."""
    return f"{value._meta.db_table}:{value.pk}" if isinstance(value, models.Model) else value


def _answer(result: object) -> str:
    """What a repeated submission is told: where the first one led."""
    if isinstance(result, models.Model):
        locate = getattr(result, "get_absolute_url", None)
        return locate() if locate else f"{result._meta.db_table}:{result.pk}"
    return result if isinstance(result, str) else ""
