"""借阅与转递: asked for by one, decided by another, handed over, signed for, given back or received."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from yizhou.archives.actions.keeping import note_on
from yizhou.archives.models import UNDER_WAY, Archive, Outing, Place, Stage, Way
from yizhou.archives.rules import (
    Wish,
    blockers_to_ask,
    blockers_to_decide,
    blockers_to_hand_over,
    blockers_to_sign,
)
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.events.actions import action

ANY, UNSIGNED = Q(), Q(signed_at__isnull=True)


@action("archives.ask_outing")
def ask_outing(archive: Archive, wish: Wish, *, actor: Actor) -> Outing:
    """申请: who wants the paper, what for, until when."""
    has_open = Outing.objects.visible_to(actor).under_way().filter(archive=archive).exists()
    at_hand = archive.place == Place.KEPT
    refuse(blockers_to_ask(wish, at_hand=at_hand, has_open=has_open, today=clock.today()))
    try:
        with transaction.atomic():
            outing = Outing.objects.create(
                archive=archive,
                way=Way.LOAN if wish.is_loan else Way.TRANSFER,
                taker=wish.taker.strip()[:80],
                purpose=wish.purpose.strip()[:200],
                until=wish.until if wish.is_loan else None,
                asked_by_id=actor.account_id,
                asked_by=actor.name,
                asked_at=clock.now(),
            )
    except IntegrityError:
        raise Conflict("这份档案刚由别人申请了借阅转递") from None
    _note(outing, actor, "archive.outing_asked", outing.purpose, taker=outing.taker)
    return outing


@action("archives.decide_outing")
def decide_outing(outing: Outing, *, approve: bool, note: str = "", actor: Actor) -> Outing:
    """审批 by somebody else than who asked."""
    refuse(blockers_to_decide(outing.asked_by_id, actor.account_id, note, approve=approve))
    stage = Stage.APPROVED if approve else Stage.REFUSED
    _move(
        outing,
        actor,
        (Stage.ASKED,),
        stage=stage,
        decided_by_id=actor.account_id,
        decided_by=actor.name,
        decided_at=clock.now(),
        note=note.strip()[:200],
    )
    _note(outing, actor, "archive.outing_decided", note.strip(), approved=approve)
    return outing


@action("archives.withdraw_outing")
def withdraw_outing(outing: Outing, *, actor: Actor) -> Outing:
    """撤回 before the paper has left."""
    _move(outing, actor, (Stage.ASKED, Stage.APPROVED), stage=Stage.WITHDRAWN, closed_at=clock.now())
    _note(outing, actor, "archive.outing_withdrawn")
    return outing


@action("archives.hand_over_outing")
def hand_over_outing(outing: Outing, *, seal_no: str = "", way: str = "", actor: Actor) -> Outing:
    """交出: the paper leaves; one that goes for good is sealed and numbered."""
    is_loan = outing.way == Way.LOAN
    refuse(blockers_to_hand_over(is_loan=is_loan, seal_no=seal_no, way=way))
    sent: dict[str, Any] = {} if is_loan else {"seal_no": seal_no.strip()[:40], "sent_by": way}
    handed: dict[str, Any] = {
        "handed_by_id": actor.account_id,
        "handed_by": actor.name,
        "handed_at": clock.now(),
    }
    _move(outing, actor, (Stage.APPROVED,), stage=Stage.OUT, **handed, **sent)
    _note(outing, actor, "archive.handed_over", taker=outing.taker, seal=seal_no.strip()[:40])
    return outing


@action("archives.sign_outing")
def sign_outing(outing: Outing, *, actor: Actor) -> Outing:
    """电子签收: the one who has the paper now says so, under his account; what was sent on has thereby arrived."""
    refuse(blockers_to_sign(outing, actor.account_id))
    now, arrives = clock.now(), outing.way == Way.TRANSFER
    signed: dict[str, Any] = {"signed_by_id": actor.account_id, "signed_by": actor.name, "signed_at": now}
    done: dict[str, Any] = (
        {"stage": Stage.DONE, "closed_at": now, "closing_note": "电子签收"} if arrives else {}
    )
    _move(outing, actor, (Stage.OUT,), still=UNSIGNED, **signed, **done)
    _note(outing, actor, "archive.signed_for", handed_by=outing.handed_by)
    return outing


@action("archives.close_outing")
def close_outing(outing: Outing, *, note: str, actor: Actor) -> Outing:
    """归还, or 回执 of whoever received it: the archive is back, or gone for good."""
    if not note.strip():
        raise Refused([Blocker("NOTE", "没有写归还或回执情况", "例：完好归还；回执编号与日期")])
    _move(
        outing, actor, (Stage.OUT,), stage=Stage.DONE, closed_at=clock.now(), closing_note=note.strip()[:200]
    )
    _note(outing, actor, "archive.outing_closed", note.strip(), taker=outing.taker)
    return outing


def _move(outing: Outing, actor: Actor, before: tuple[Stage, ...], *, still: Q = ANY, **changes: Any) -> None:
    """Compare-and-set; whoever comes second gets ``Conflict``."""
    assert set(before) <= set(UNDER_WAY)
    mine = Outing.objects.visible_to(actor).filter(still, pk=outing.pk, stage__in=before)
    if mine.update(**changes) != 1:
        raise Conflict("这张单子已由别人办理")
    for name, value in changes.items():
        setattr(outing, name, value)


def _note(outing: Outing, actor: Actor, kind: str, reason: str = "", **data: Any) -> None:
    note_on(outing.archive, actor, kind, outing, reason, way=outing.way, **data)
