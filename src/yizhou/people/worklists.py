"""Imports that wait for their uploader (trust.md D9: a failure reaches a name), what waits for a second person, and files
that a station has to refresh."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.ledgers.queries import title_of
from yizhou.people.actions.approve import APPROVE
from yizhou.people.actions.confirm import CONFIRM
from yizhou.people.freshness import KEY, due_on, refreshed_on, stale
from yizhou.people.models import Person, PersonQuerySet
from yizhou.people.second_person import to_decide
from yizhou.portal.tasks import WORKLISTS, Task, Worklist

TOWN_DIGITS = 9
COUNTED = 1_000
"""Whoever has more to refresh needs no exact number."""

LAST = "9999"
"""Sorts behind whatever has a day of its own: a file can wait, an applicant cannot."""


def mine(actor: Actor) -> QuerySet[ImportBatch]:
    """The actor's own batches that wait for a decision."""
    waiting = (BatchStatus.CHECKED, BatchStatus.FAILED)
    found = ImportBatch.objects.visible_to(actor)
    return found.filter(account_id=actor.account_id, status__in=waiting)


def tasks(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a batch, newest first."""
    return [
        Task(
            title=f"导入{title_of(batch)}",
            url=batch.get_absolute_url(),
            note=batch.file_name,
            step="导入失败" if batch.status == BatchStatus.FAILED else "待确认入库",
            action="处理" if batch.status == BatchStatus.FAILED else "核对",
        )
        for batch in mine(actor).order_by("-id")[:limit]
    ]


WORKLISTS.add(
    "imports",
    Worklist(
        "imports",
        "待处理的导入",
        "ledgers.upload_file",
        "/ledgers/",
        lambda actor: mine(actor).count(),
        tasks,
    ),
)


def approving(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a change that waits for its second person, the oldest first."""
    return [
        Task(
            title="复核更正",
            url=proposal.get_absolute_url(),
            note=f"{proposal.actor}：{proposal.reason}",
            person=proposal.person.name,
            step=proposal.guarded,
            action="复核",
            due_key=f"{proposal.asked_at:%Y-%m-%d}",
        )
        for proposal in to_decide(actor)[:limit]
    ]


WORKLISTS.add(
    "proposals",
    Worklist(
        "proposals",
        "待复核的更正",
        APPROVE,
        "/people/changes/",
        lambda actor: to_decide(actor)[:COUNTED].count(),
        approving,
    ),
)


def seconding(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a batch of somebody else that waits for a second person."""
    return [
        Task(
            title=f"复核导入{title_of(batch)}",
            url=batch.get_absolute_url(),
            note=f"{batch.file_name}，{batch.actor} 上传",
            step=f"{batch.guarded:,} 行须复核",
            action="复核",
            due_key=f"{batch.submitted_at:%Y-%m-%d}",
        )
        for batch in awaiting(actor).order_by("id")[:limit]
    ]


def awaiting(actor: Actor) -> QuerySet[ImportBatch]:
    """Batches in the actor's areas that wait for somebody other than their uploader."""
    waiting = ImportBatch.objects.visible_to(actor).filter(status=BatchStatus.AWAITING)
    return waiting.exclude(account_id=actor.account_id)


WORKLISTS.add(
    "batches",
    Worklist(
        "batches",
        "待复核的导入",
        "ledgers.approve_import",
        "/ledgers/",
        lambda actor: awaiting(actor).count(),
        seconding,
    ),
)


def outdated(actor: Actor) -> PersonQuerySet:
    """Files past their cycle, for who works in a town or below: larger offices read the page of data quality."""
    mine, today = Person.objects.visible_to(actor), clock.today()
    if any(len(prefix) < TOWN_DIGITS for prefix in actor.areas):
        return mine.none()
    return mine.registered(today).filter(stale(today))


def refreshing(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a file: those who are looked after most closely first, then by how long ago."""
    closely = Case(When(contact_class=KEY, then=Value(0)), default=Value(1))
    found = outdated(actor).order_by(closely, Coalesce("confirmed_on", "collected_on"), "id")[:limit]
    return [
        Task(
            title="核实档案",
            url=reverse("people:confirm", args=[person.uid]),
            note=f"最近更新 {refreshed_on(person)}",
            person=person.name,
            person_note=code_name("contact_class", person.contact_class) if person.contact_class else "",
            step=f"{due_on(person)} 到期",
            action="核实",
            due_key=f"{LAST}{due_on(person)}",
        )
        for person in found
    ]


WORKLISTS.add(
    "outdated",
    Worklist(
        "outdated",
        "到期应更新的档案",
        CONFIRM,
        "/people/?fresh=stale",
        lambda actor: outdated(actor)[:COUNTED].count(),
        refreshing,
    ),
)
