"""The link on the page of a stored file that leads here."""

from __future__ import annotations

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.ledgers.models import ImportBatch
from yizhou.ledgers.plugs import AFTER_IMPORT
from yizhou.reversing.actions.begin import TAKE_BACK


def link(batch: ImportBatch, actor: Actor) -> dict[str, str] | None:
    """For posts that may take a batch back, where the file has changed or added something."""
    if not actor.may(TAKE_BACK) or not batch.created + batch.updated:
        return None
    return {"label": "冲回这一批", "url": reverse("reversing:batch", args=[batch.uid])}


AFTER_IMPORT.add("reversing", link)
