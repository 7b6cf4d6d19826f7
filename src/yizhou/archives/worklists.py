"""Requests that wait for a decision, papers to hand over, to sign for and to give back, loans past their day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Q

from yizhou.archives.models import Outing, OutingQuerySet, Stage, Way
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.portal.tasks import WORKLISTS, Task, Worklist


def to_decide(actor: Actor) -> OutingQuerySet:
    """Requests of others."""
    own = Q(asked_by_id=actor.account_id)
    return Outing.objects.visible_to(actor).filter(~own | Q(asked_by_id__isnull=True), stage=Stage.ASKED)


def to_close(actor: Actor) -> OutingQuerySet:
    """Approved and not handed over, lent past the day, sent on without a receipt."""
    late = Q(stage=Stage.OUT) & (Q(until__lt=clock.today()) | Q(way=Way.TRANSFER))
    return Outing.objects.visible_to(actor).filter(Q(stage=Stage.APPROVED) | late)


def to_receive(actor: Actor) -> OutingQuerySet:
    """What the actor has to sign for or to give back."""
    return Outing.objects.visible_to(actor).to_receive(actor.account_id, clock.today())


def tasks_of(rows: OutingQuerySet, step: str, limit: int) -> Sequence[Task]:
    """One line a request, the earliest end first."""
    found = rows.select_related("archive__person").order_by("until", "id")[:limit]
    return [
        Task(
            title=f"档案{Way(one.way).label}：{one.taker}",
            url=one.archive.get_absolute_url(),
            note=one.purpose,
            person=one.archive.person.name,
            step=_step(one) or step,
            due_key=f"{one.until or one.asked_at:%Y-%m-%d}",
        )
        for one in found
    ]


def _step(one: Outing) -> str:
    if one.stage == Stage.APPROVED:
        return "待交出"
    if one.stage != Stage.OUT:
        return ""
    if one.until and one.until < clock.today():
        return f"应于 {one.until} 归还，已逾期"
    return "等待签收或回执" if one.way == Way.TRANSFER else ""


def _lists(
    name: str, title: str, permission: str, url: str, rows: Callable[[Actor], OutingQuerySet], step: str
) -> None:
    """A list of outings that waits for whoever has the permission."""
    found = Worklist(
        name,
        title,
        permission,
        url,
        lambda actor: rows(actor).count(),
        lambda actor, limit: tasks_of(rows(actor), step, limit),
    )
    WORKLISTS.add(name, found)


_lists(
    "archives.to_decide",
    "待审批的档案借阅转递",
    "archives.decide_outing",
    "/archives/?due=asked",
    to_decide,
    "待审批",
)
_lists(
    "archives.to_close",
    "待交出、催还的档案",
    "archives.close_outing",
    "/archives/?due=overdue",
    to_close,
    "待归还",
)
_lists(
    "archives.to_receive",
    "待我签收、归还的档案",
    "archives.sign_outing",
    "/archives/?due=mine",
    to_receive,
    "待签收",
)
