"""The tab 附件: what is on file about a person, and the form to add to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.files.models import StoredFile
from yizhou.files.queries import files_of, line
from yizhou.people.models import Person


def attachments_panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Files newest first; ``attach_url`` is empty for those who may not add."""
    return {
        "rows": [line(stored, actor) for stored in files_of(person.pk, actor)],
        "attach_url": reverse("people:attach", args=[person.uid]) if actor.may("files.store_file") else "",
    }


def count_attachments(person: Person, actor: Actor) -> int:
    """The number on the tab."""
    return StoredFile.objects.visible_to(actor).filter(person_id=person.pk).count()
