"""The list of rows that wait for what they refer to."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from yizhou.core.actor import Actor
from yizhou.ledgers.editing import DISCARD
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import WaitingRow

SHOWN = 200


def waiting_page(actor: Actor) -> dict[str, Any]:
    """What waits within the actor's area, newest first."""
    may_discard = actor.may(DISCARD)
    open_ledgers = [name for name, bound in LEDGERS.items() if actor.may(bound.browse_permission)]
    found = WaitingRow.objects.visible_to(actor).filter(ledger__in=open_ledgers)
    return {
        "total": found.count(),
        "shown": SHOWN,
        "rows": [
            {
                "ledger": LEDGERS[row.ledger].title,
                "title": row.title,
                "reason": row.reason,
                "actor": row.actor,
                "since": f"{timezone.localtime(row.waiting_since):%Y-%m-%d %H:%M}",
                "discard_url": reverse("ledgers:discard", args=[row.uid]) if may_discard else "",
            }
            for row in found.order_by("-id")[:SHOWN]
        ],
    }


def waiting_or_404(uid: uuid.UUID, actor: Actor) -> WaitingRow:
    """One waiting row. Absent and out of sight are the same ``Http404``."""
    found = WaitingRow.objects.visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found
