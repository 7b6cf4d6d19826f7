"""The tab 附件: what is on file about a person, and the form to add to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.files.models import StoredFile
from yizhou.files.queries import files_of
from yizhou.people.models import Person


def attachments_panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Files newest first; ``attach_url`` is empty for those who may not add."""
    may_add, may_open = actor.may("files.store_file"), actor.may("files.open_file")
    return {
        "rows": [_line(stored, may_open=may_open) for stored in files_of(person.pk, actor)],
        "attach_url": reverse("people:attach", args=[person.uid]) if may_add else "",
    }


def count_attachments(person: Person, actor: Actor) -> int:
    """The number on the tab."""
    return StoredFile.objects.visible_to(actor).filter(person_id=person.pk).count()


def _line(stored: StoredFile, *, may_open: bool) -> dict[str, Any]:
    return {
        "title": stored.title,
        "kind": stored.suffix.lstrip(".").upper(),
        "size": f"{max(stored.size // 1024, 1)} KB",
        "stored_at": stored.stored_at,
        "actor": stored.actor,
        "open_url": reverse("files:open", args=[stored.uid]) if may_open else "",
    }
