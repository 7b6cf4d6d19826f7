"""The file as it stood on a past day, told backwards from what it says now by the ledger of changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from yizhou.core.actor import Actor
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.rendering import cell
from yizhou.people.models import FileChange, Person
from yizhou.people.queries.facts import values_of

BEGINNINGS = ("person.created", "person.imported")
WHY = "changes of a file that is in sight"


def changes_of(person: Person, actor: Actor) -> QuerySet[FileChange]:
    """Entries of the ledger of changes, newest first; also those of a file that was joined to this one."""
    return FileChange.objects.visible_to(actor).filter(person=person).order_by("-id")


def changed_since(change: FileChange) -> list[str]:
    """Fields of a change that were changed again after it, unless that was taken back as well."""
    later = FileChange.objects.everywhere(WHY).filter(
        person_id=change.person_id, file=change.file, id__gt=change.pk
    )
    now = {name: text for entry in later.order_by("id") for name, text in entry.after().items()}
    was = change.after()
    return [name for name in change.names if now.get(name, was[name]) != was[name]]


def is_reversed(change: FileChange) -> bool:
    """Whether somebody has taken it back already."""
    return FileChange.objects.everywhere(WHY).filter(reverses=change).exists()


@dataclass(frozen=True)
class Past:
    """A file on a past day: texts by field as they were then, and the changes that came after."""

    texts: dict[str, str]
    later: Sequence[FileChange]

    @property
    def differing(self) -> frozenset[str]:
        """Fields that said something else then."""
        return frozenset(name for entry in self.later for name in entry.names)


def file_as_of(person: Person, day: dt.date, actor: Actor) -> Past | None:
    """What the file said at the end of a day; None when there was none yet."""
    end = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    if begun_at(person) >= end:
        return None
    texts = texts_now(person)
    later = list(changes_of(person, actor).filter(file=person.uid, changed_at__gte=end))
    for entry in later:
        texts.update(entry.before())
    return Past(texts, later)


def texts_now(person: Person) -> dict[str, str]:
    """What the file says, as cells of the ledger; in plain, for our own use."""
    values: dict[str, Any] = values_of(person)
    return {c.field: cell(c, values[c.field]) for c in layouts()["people"].columns}


def begun_at(person: Person) -> dt.datetime:
    """When the file was opened; the beginning of time where the log does not tell."""
    events = Event.objects.everywhere(WHY).filter(
        person_id=person.pk,
        about=Person._meta.db_table,
        about_id=person.pk,
        kind__in=BEGINNINGS,
        outcome=Outcome.DONE,
    )
    first = events.order_by("id").values_list("at", flat=True).first()
    return first or dt.datetime.min.replace(tzinfo=dt.UTC)
