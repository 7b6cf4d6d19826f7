"""Writing to the outbox inside an action, sending from it after commit, trying again by hand."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from yizhou.core import clock
from yizhou.core.actor import Actor, worker_actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.notices.gateways import Gateway, NotSent, Outgoing, Unreachable, gateway
from yizhou.notices.models import Message, Status
from yizhou.notices.queries import texts
from yizhou.notices.rules import filled, is_given_up, next_attempt

CLAIM = dt.timedelta(minutes=10)
"""After so long a message that was being sent when the worker died is taken up again."""
BATCH_SECONDS = 10
"""How long one round may go on: what else waits for the worker is served in between."""


@dataclass(frozen=True)
class Recipient:
    """Whom a notice is for: number, inner id of the person, owning division."""

    phone: str = field(repr=False)
    person_id: int | None = None
    area: str = ""


def notify(kind: str, key: str, to: Recipient, values: Mapping[str, str]) -> None:
    """Tell somebody what an event means for them; call it inside the action's transaction.

    Nothing happens when the event has no words in ``data/notices``, when there is no number, or when the same
    ``key`` was told before. The message goes out after commit.
    """
    text = texts().get(kind, "")
    if not text or not to.phone:
        return
    if Message.objects.everywhere("told once, whoever tells").filter(key=key).exists():
        return
    now = clock.now()
    message = Message(key=key, kind=kind, person_id=to.person_id, area=to.area, created_at=now, due_at=now)
    message.seal({"phone": to.phone, "text": filled(text, values)})
    message.save(force_insert=True)


def send_due(limit: int = 50, way: Gateway | None = None) -> int:
    """Send what is due; returns how many went out. Safe to run twice at a time: each message is claimed first.

    A round ends early when the gateway does not answer at all, or answers slowly: the rest stays due.
    """
    send, until = way or gateway(), time.monotonic() + BATCH_SECONDS
    due = Message.objects.everywhere("the worker serves everybody").filter(
        status__in=[Status.WAITING, Status.SENDING], due_at__lte=clock.now()
    )
    sent = 0
    for message in due.order_by("due_at", "id")[:limit]:
        try:
            sent += _send(message, send)
        except Unreachable:
            break
        if time.monotonic() > until:
            break
    return sent


def _send(message: Message, send: Gateway) -> bool:
    """Whether it went out. Raises ``Unreachable`` once that is noted."""
    now = clock.now()
    stored = Message.objects.everywhere("the worker serves everybody").filter(pk=message.pk)
    claimed = stored.filter(status=message.status, attempts=message.attempts)
    if is_given_up(message.attempts):
        # It broke off every attempt, the last one too, before that could be noted.
        _give_up(message, claimed, "每次发送都中断，没有结果")
        return False
    if not claimed.update(status=Status.SENDING, attempts=F("attempts") + 1, due_at=now + CLAIM):
        return False
    opened = message.opened()
    try:
        send(Outgoing(message.uid.hex, opened["phone"], opened["text"]))
    except NotSent as problem:
        _failed(message, str(problem))
        if isinstance(problem, Unreachable):
            raise
        return False
    stored.filter(status=Status.SENDING).update(status=Status.SENT, sent_at=clock.now(), error="")
    return True


def _failed(message: Message, reason: str) -> None:
    again = next_attempt(message.attempts + 1, clock.now())
    stored = Message.objects.everywhere("the worker serves everybody").filter(
        pk=message.pk, status=Status.SENDING
    )
    if again is not None:
        stored.update(status=Status.WAITING, due_at=again, error=reason[:200])
    else:
        _give_up(message, stored, reason)


def _give_up(message: Message, stored: ScopedQuerySet[Message], reason: str) -> None:
    with transaction.atomic():
        if stored.update(status=Status.FAILED, error=reason[:200]):
            concern = Concern(message.person_id, message.area)
            record(
                worker_actor(), "notice.failed", message, concern=concern, reason=reason, told=message.kind
            )


@action("notices.retry_message")
def retry_message(message: Message, *, actor: Actor) -> Message:
    """Try a message again that was given up."""
    if message.status != Status.FAILED:
        raise Refused([Blocker("STATUS", "这条消息没有失败", "刷新页面查看现状")])
    mine = Message.objects.visible_to(actor).filter(pk=message.pk, status=Status.FAILED)
    if not mine.update(status=Status.WAITING, attempts=0, due_at=clock.now(), error=""):
        raise Conflict("已有人重新发送")
    record(actor, "notice.retried", message, concern=Concern(message.person_id, message.area))
    return message
