"""The decorator of every verb that writes: permission, one transaction, once, refusals logged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, ParamSpec, TypeVar

from django.core.files import File
from django.db import IntegrityError, models, transaction

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import AlreadyDone, Conflict, Forbidden, Refused
from yizhou.events.models import Submission
from yizhou.events.recording import record_refusal

P = ParamSpec("P")
R = TypeVar("R")
TOKEN = re.compile(r"[\w-]{1,64}", re.ASCII)

ACTIONS: dict[str, tuple[str, Callable[..., object]]] = {}
"""Every action by its full name with its permission, for the reference page and the tests."""


def load_actions(packages: Iterable[str]) -> None:
    """Import every ``actions`` module of the packages (dotted names), so that ``ACTIONS`` is complete."""
    for package in packages:
        if find_spec(f"{package}.actions") is None:
            continue
        module = import_module(f"{package}.actions")
        for inner in iter_modules(getattr(module, "__path__", ())):
            import_module(f"{package}.actions.{inner.name}")


def action(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action. It must be called with the keyword ``actor``.

    Order: permission (``Forbidden``), transaction, idempotency token (``AlreadyDone`` with the first answer,
    ``Conflict`` when the token came with other content), the body. Any ``Refused`` rolls everything back and is
    then logged in a transaction of its own. An action called inside another one shares its transaction and token.
    """

    def wrap(body: Callable[P, R]) -> Callable[P, R]:
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

        ACTIONS[f"{body.__module__}.{body.__qualname__}"] = (permission, run)
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
        # Before the transaction: files are read for it.
        kept = None if nested else _kept_under(actor)
        sent = _fingerprint(permission, args, kwargs) if kept else ""
        with transaction.atomic():
            claimed = _claim(kept, permission, sent) if kept else None
            result = body(*args, **kwargs)
            if claimed is not None:
                Submission.objects.filter(pk=claimed.pk).update(result=_answer(result))
            return result
    finally:
        state.depth -= 1


def _fingerprint(permission: str, args: tuple[object, ...], kwargs: dict[str, object]) -> str:
    """What was sent, keyed: it may be a password or an identity number, and guesses must not be checkable."""
    named = {name: value for name, value in kwargs.items() if name != "actor"}
    content = f"{permission}|{_identity((args, named))!r}".encode()
    return crypto.hmac_sm3(keyring().seal_key, b"submission|" + content).hex()


def _claim(kept: Mapping[str, Any], permission: str, fingerprint: str) -> Submission:
    """Take the token inside the transaction; a second taker waits for the first and then reads its answer."""
    earlier = Submission.objects.filter(**kept).first()
    if earlier is None:
        try:
            with transaction.atomic():
                return Submission.objects.create(
                    **kept, action=permission, fingerprint=fingerprint, at=clock.now()
                )
        except IntegrityError:
            earlier = Submission.objects.get(**kept)
    if earlier.fingerprint != fingerprint:
        raise Conflict("同一提交令牌已用于另一份内容", "请刷新页面后重新填写提交")
    raise AlreadyDone(earlier.result)


def was_submitted(actor: Actor) -> bool:
    """Whether the actor's token was used before: a form then leaves the answer to the action, which knows the first.

    What the form would check has been changed by the first submission itself.
    """
    kept = _kept_under(actor)
    return kept is not None and Submission.objects.filter(**kept).exists()


def _kept_under(actor: Actor) -> dict[str, Any] | None:
    """Account and token of a submission; None for what is done without a token, or by somebody without an account."""
    if not actor.once or actor.account_id is None:
        return None
    return {"account_id": actor.account_id, "token": _token(actor.once)}


def _token(sent: str) -> str:
    """The token as it is kept: whatever a client sends fits the column on both databases."""
    return sent if TOKEN.fullmatch(sent) else crypto.sm3(sent.encode(errors="replace")).hex()


def _identity(value: object) -> object:
    """What an argument is, the same in every process: a row counts by its key, a file by what it holds, a set
    without its order, a dataclass by the fields that it is compared by.
    """
    if isinstance(value, models.Model):
        return f"{value._meta.db_table}:{value.pk}"
    if is_dataclass(value) and not isinstance(value, type):
        return [
            type(value).__name__,
            *(_identity(getattr(value, f.name)) for f in fields(value) if f.compare),
        ]
    if isinstance(value, File):
        held = crypto.sm3_of(value.chunks()).hex()
        value.seek(0)
        return held
    if isinstance(value, Mapping):
        return sorted(((str(key), _identity(item)) for key, item in value.items()), key=repr)
    if isinstance(value, Set):
        return sorted((_identity(item) for item in value), key=repr)
    if isinstance(value, list | tuple):
        return [_identity(item) for item in value]
    return value


def _answer(result: object) -> str:
    """What a repeated submission is told: where the first one led."""
    locate = getattr(result, "get_absolute_url", None)
    if locate is not None:
        return str(locate())
    if isinstance(result, models.Model):
        return f"{result._meta.db_table}:{result.pk}"
    return result if isinstance(result, str) else ""
