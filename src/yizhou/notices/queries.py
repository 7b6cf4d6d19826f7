"""The words of the notices, and the outbox as a page shows it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Count
from django.utils import timezone

from yizhou.core import masking
from yizhou.core.actor import Actor
from yizhou.core.facts import FactError, read_all
from yizhou.events.kinds import KINDS, label_of
from yizhou.notices.models import Message, Status
from yizhou.notices.rules import slots

KNOWN_SLOTS = frozenset({"name", "item", "no", "due", "reason", "materials"})
SHOWN = 200


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """Words by event type; an event without words tells nobody. Raises ``FactError`` naming what is wrong."""
    found: dict[str, str] = {}
    for file, table in read_all("notices").items():
        for entry in table.get("notice", ()):
            kind, text = entry.get("on", ""), entry.get("text", "")
            if kind not in KINDS:
                raise FactError(
                    file, f"没有“{kind}”这个动作", key="notice.on", remedy="用 event_types.py 中的代码"
                )
            if unknown := slots(text) - KNOWN_SLOTS:
                remedy = f"可用：{'、'.join(sorted(KNOWN_SLOTS))}"
                raise FactError(file, f"不认识 {{{min(unknown)}}}", key=f"{kind}.text", remedy=remedy)
            found[kind] = text
    return found


def failed_count(actor: Actor) -> int:
    """Messages in the actor's areas that were given up."""
    return Message.objects.visible_to(actor).filter(status=Status.FAILED).count()


def outbox_page(actor: Actor) -> dict[str, Any]:
    """The newest messages that did not go out, then how many stand where."""
    mine = Message.objects.visible_to(actor)
    counts = dict(mine.values_list("status").annotate(Count("id")).order_by())
    rows = mine.exclude(status=Status.SENT).order_by("-id")[:SHOWN]
    return {
        "counts": [{"label": status.label, "count": counts.get(status.value, 0)} for status in Status],
        "rows": [_line(message) for message in rows],
    }


def _line(message: Message) -> dict[str, Any]:
    opened = message.opened()
    return {
        "uid": message.uid,
        "kind": label_of(message.kind),
        "phone": masking.mask_phone(opened.get("phone")),
        "created_at": timezone.localtime(message.created_at).strftime("%m-%d %H:%M"),
        "attempts": message.attempts,
        "status": message.get_status_display(),
        "state": "late" if message.status == Status.FAILED else "info",
        "error": message.error,
        "may_retry": message.status == Status.FAILED,
    }
