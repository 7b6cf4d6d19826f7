"""The dialog in which a sealed field is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.core.refusal import Blocker
from yizhou.people.models import Person
from yizhou.people.sensitive import REASONS, column

PHONES = ("phone", "emergency_phone")


def reveal_dialog(
    person: Person,
    field: str,
    *,
    reason: str = "",
    note: str = "",
    value: str | None = None,
    blockers: Sequence[Blocker] = (),
) -> dict[str, Any]:
    """Context of ``people/_reveal.html``; ``value`` is None until it may be shown. Raises ``Http404``."""
    if field not in Person.SEALED:
        raise Http404
    return {
        "url": reverse("people:reveal", args=[person.uid, field]),
        "label": column(field).header,
        "name": person.name,
        "reasons": list(REASONS.items()),
        "reason": reason,
        "note": note,
        "errors": [
            {
                "name": "reason" if b.code == "REASON" else "",
                "label": "用途",
                "message": f"{b.message}。{b.remedy}",
            }
            for b in blockers
        ],
        "value": value,
        "call_url": f"tel:{value}" if value and field in PHONES else "",
    }
