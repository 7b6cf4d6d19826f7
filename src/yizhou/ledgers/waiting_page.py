"""The list of rows that wait for what they refer to."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.editing import DISCARD
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.waiting import waiting_rows

SHOWN = 200


def waiting_page(actor: Actor) -> dict[str, Any]:
    """What waits within the actor's area, newest first."""
    may_discard = actor.may(DISCARD)
    found = waiting_rows(actor)
    return {
        "total": found.count(),
        "shown": SHOWN,
        "refused": (),
        "rows": [
            {
                "ledger": LEDGERS[row.ledger].title,
                "title": row.title,
                "reason": row.reason,
                "actor": row.actor,
                "since": clock.minute_of(row.waiting_since),
                "discard_url": reverse("ledgers:discard", args=[row.uid]) if may_discard else "",
            }
            for row in found.order_by("-id")[:SHOWN]
        ],
    }
