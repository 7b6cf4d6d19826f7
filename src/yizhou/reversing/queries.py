"""Reads: what may be taken back, what was, and the changes behind every number."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import Http404

from yizhou.core.actor import Actor
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.models import Event
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.ledgers.queries import batches
from yizhou.people.models import FileChange, Person, Source
from yizhou.reversing.models import LeftAlone, Reversal, ReversalStatus

APPROVE = "reversing.approve_reversal"
PAGE = 50
WHY = "the changes of one batch in files in sight"


def reversals(actor: Actor) -> ScopedQuerySet[Reversal]:
    """One's own, and all of one's areas for whoever may be the second person."""
    found = Reversal.objects.visible_to(actor)
    return found if actor.may(APPROVE) else found.filter(account_id=actor.account_id)


def reversal_or_404(uid: uuid.UUID, actor: Actor) -> Reversal:
    """A reversal in sight; absent and out of sight are the same 404."""
    found = reversals(actor).select_related("batch").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def batch_or_404(uid: uuid.UUID, actor: Actor) -> ImportBatch:
    """A stored batch in sight."""
    found = batches(actor).filter(uid=uid, status=BatchStatus.DONE).first()
    if found is None:
        raise Http404
    return found


def awaiting(actor: Actor) -> QuerySet[Reversal]:
    """What waits for this actor as the second person, oldest first."""
    waiting = Reversal.objects.visible_to(actor).filter(status=ReversalStatus.AWAITING)
    return waiting.exclude(account_id=actor.account_id).order_by("id")


def unfinished(actor: Actor) -> QuerySet[Reversal]:
    """One's own that wait for a word of one's own."""
    mine = Reversal.objects.visible_to(actor).filter(account_id=actor.account_id)
    return mine.filter(status__in=(ReversalStatus.CHECKED, ReversalStatus.FAILED)).order_by("-id")


def open_of(batch: ImportBatch) -> Reversal | None:
    """The newest attempt at a batch."""
    found = Reversal.objects.everywhere("one batch is taken back by one person at a time").filter(batch=batch)
    return found.order_by("-id").first()


def taken_changes(reversal: Reversal, actor: Actor, after: int) -> list[FileChange]:
    """A page of the changes that go back, or went: in sight of the actor, in the order of the file."""
    visible = FileChange.objects.visible_to(actor).select_related("person").filter(pk__gt=after)
    batch = visible.filter(batch=reversal.batch.uid.hex)
    if reversal.status == ReversalStatus.DONE:
        went = FileChange.objects.everywhere(WHY).filter(batch=reversal.uid.hex).values("reverses_id")
        return list(batch.filter(pk__in=went).order_by("id")[: PAGE + 1])
    left = LeftAlone.objects.everywhere(WHY).filter(reversal=reversal).values("change_id")
    return list(batch.exclude(source=Source.REVERSE).exclude(pk__in=left).order_by("id")[: PAGE + 1])


def left_changes(reversal: Reversal, why: str, actor: Actor, after: int) -> list[FileChange]:
    """A page of the changes that were left alone for one reason."""
    left = LeftAlone.objects.everywhere(WHY).filter(reversal=reversal, why=why, change__gt=after)
    ids = list(left.order_by("change").values_list("change_id", flat=True)[: PAGE + 1])
    return list(
        FileChange.objects.visible_to(actor).select_related("person").filter(pk__in=ids).order_by("id")
    )


def opened_files(reversal: Reversal, actor: Actor, after: int) -> tuple[Sequence[Person], int]:
    """A page of the files that the batch opened, as far as they are still there; and the last event of the page."""
    if reversal.opened_from is None:
        return [], 0
    events = Event.objects.everywhere(WHY).filter(
        pk__gt=max(after, reversal.opened_from - 1),
        pk__lte=reversal.opened_to,
        kind="person.imported",
        data__batch=reversal.batch.uid.hex,
    )
    pairs = list(events.order_by("id").values_list("id", "about_id")[: PAGE + 1])
    shown = Person.objects.visible_to(actor).filter(pk__in=[about for _, about in pairs[:PAGE]])
    return list(shown.order_by("id")), pairs[PAGE - 1][0] if len(pairs) > PAGE else 0
