"""The slip as it is printed: the code, until when, and where to go with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from yizhou.citizen.actions import IssuedSlip
from yizhou.citizen.rules import shown_code
from yizhou.visits.card import code_of


def slip_shown(issued: IssuedSlip) -> dict[str, Any]:
    """The slip; its QR code leads to the page of activation and says nothing about anybody."""
    address = f"{settings.BASE_URL.rstrip('/')}{reverse('citizen:activate')}"
    return {
        "name": issued.slip.person.name,
        "code": shown_code(issued.code),
        "until": issued.slip.expires_on.isoformat(),
        "address": address,
        "qr": code_of(address),
    }
