"""Looking a batch through and taking it back outside the web.

The row is the job (trust.md D9). Everything is written in one transaction with the row's own end: a worker that is
killed leaves all or nothing, and beginning again does no harm.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django_tasks import task

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.bulk import roomy_cache
from yizhou.core.memory import without_cycle_search
from yizhou.core.refusal import Conflict, Refused
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.models import Event
from yizhou.events.recording import Concern, record
from yizhou.ledgers import loading
from yizhou.ledgers.batch_files import note, progress_file
from yizhou.ledgers.importing import ALONE
from yizhou.ledgers.ledger import Arrival
from yizhou.ledgers.models import ImportBatch
from yizhou.orgs.queries import holder_of
from yizhou.people.models import Person
from yizhou.reversing.actions.planning import AT_ONCE, Planned, plan_reversal
from yizhou.reversing.models import AT_WORK, LeftAlone, Reversal, ReversalStatus

MAY = "reversing.begin_reversal"
WHY = "the worker serves everybody"
ATTEMPTS = 3
ABANDONED_AFTER = dt.timedelta(hours=1)
logger = logging.getLogger("yizhou")


@task()
def run_reversal(reversal_id: int) -> None:
    """The queued job: look through or carry out, whichever it waits for."""
    run(reversal_id)


def _all() -> ScopedQuerySet[Reversal]:
    return Reversal.objects.everywhere(WHY)


def run(reversal_id: int) -> Reversal | None:
    """Do what a reversal waits for; None when it waits for nothing. It gets an end that its requester sees."""
    mine = _all().filter(pk=reversal_id)
    waiting = mine.filter(status__in=(ReversalStatus.QUEUED, ReversalStatus.RUNNING))
    carries = waiting.update(status=ReversalStatus.RUNNING, attempted_at=clock.now()) == 1
    if not carries and not mine.filter(status=ReversalStatus.CHECKING).update(attempted_at=clock.now()):
        return None
    reversal = _all().select_related("batch").get(pk=reversal_id)
    actor = _actor_of(reversal)
    try:
        if actor is None:
            _fail(reversal, "申请人已没有可以冲回的任职，请由现任人员重新申请")
        else:
            (_carry_out if carries else _look_through)(reversal, actor)
    except Conflict:
        _fail(reversal, "档案正在被别人改动，没有冲回任何一份。请重新核对")
    except Refused as refusal:
        _fail(reversal, f"{refusal.blockers[0].message}。请重新核对，由另一人复核")
    except Exception:
        # Whatever it is, the row must not stay "at work" for ever; what it was is in the system's log.
        logger.exception("reversal %s failed", reversal.uid)
        _fail(reversal, f"系统出错，没有冲回任何一份。请把编号 {reversal.uid} 告诉管理员，再重新核对")
    finally:
        progress_file(reversal).unlink(missing_ok=True)
    return _all().select_related("batch").get(pk=reversal_id)


def _actor_of(reversal: Reversal) -> Actor | None:
    """Who asked for it in the post in which it was asked for, as far as that post is still held."""
    account = reversal.account_id
    return holder_of(account, reversal.areas, MAY, clock.today()) if account else None


def _look_through(reversal: Reversal, actor: Actor) -> None:
    note(reversal, "比对档案现在的内容", 0.2)
    with without_cycle_search():
        planned = plan_reversal(reversal.batch, actor, "")
    note(reversal, "查找这一批新建的档案", 0.8)
    opened = _opened(reversal.batch)
    values = {**_counted(planned), **opened, "status": ReversalStatus.CHECKED}
    assert planned.bound.keeper
    examples = planned.bound.keeper.examples(planned.plan.changes)
    with transaction.atomic():
        _keep_left(reversal, planned)
        still = _all().filter(pk=reversal.pk, status=ReversalStatus.CHECKING)
        still.update(examples=examples, ended_at=clock.now(), **values)


def _opened(batch: ImportBatch) -> dict[str, Any]:
    """The files that the batch opened: they stand in the log as one block."""
    if not batch.created:
        return {"opened": 0}
    events = Event.objects.everywhere(WHY).filter(
        kind="person.imported", at__gte=batch.submitted_at, data__batch=batch.uid.hex
    )
    block = events.aggregate(opened_from=Min("id"), opened_to=Max("id"))
    return {"opened": batch.created, **block}


def _carry_out(reversal: Reversal, actor: Actor) -> None:
    began = time.perf_counter()
    for attempt in range(ATTEMPTS):
        note(reversal, "比对档案现在的内容", 0.1)
        try:
            with without_cycle_search():
                planned = plan_reversal(reversal.batch, actor, reversal.reason)
                if planned.guarded and not reversal.decided_by:
                    raise Refused([ALONE])
                _store(reversal, planned, actor, began)
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return


def _store(reversal: Reversal, planned: Planned, actor: Actor, began: float) -> None:
    """All of it in one transaction. Raises ``Conflict`` when one of the files was changed since it was read."""
    arrival = Arrival(reversal.uid, actor, reversal.decided_by)
    with roomy_cache(), transaction.atomic():
        require_unchanged(planned)
        loading.store(planned.bound, planned.plan, arrival, lambda words, done: note(reversal, words, done))
        _keep_left(reversal, planned)
        values = {**_counted(planned), "status": ReversalStatus.DONE, "ended_at": clock.now()}
        values["seconds"] = round(time.perf_counter() - began, 2)
        if _all().filter(pk=reversal.pk, status=ReversalStatus.RUNNING).update(**values) != 1:
            raise Conflict
        told = {"batch": reversal.batch.uid.hex, "rows": planned.taken, "left": len(planned.left)}
        record(
            actor,
            "reversal.done",
            reversal,
            concern=Concern(area=reversal.area),
            reason=reversal.reason,
            **told,
        )


def require_unchanged(planned: Planned) -> None:
    """Hold the files that go back until the transaction ends. Raises ``Conflict`` when one was changed since."""
    ids: Sequence[int] = planned.plan.updated["id"].to_list() if planned.taken else []
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        held = Person.objects.everywhere(WHY).select_for_update().filter(pk__in=part)
        now = {pk: bytes(secret) if secret else None for pk, secret in held.values_list("pk", "secret")}
        if now != {pk: planned.secrets[pk] for pk in part}:
            raise Conflict


def _counted(planned: Planned) -> dict[str, int]:
    counts = {"changes": planned.count, "taken": planned.taken, "left": len(planned.left)}
    return {**counts, "guarded": planned.guarded}


def _keep_left(reversal: Reversal, planned: Planned) -> None:
    LeftAlone.objects.everywhere(WHY).filter(reversal=reversal).delete()
    rows = [LeftAlone(reversal=reversal, change_id=pk, why=why) for pk, why in planned.left.items()]
    LeftAlone.objects.bulk_create(rows, batch_size=AT_ONCE)


def _fail(reversal: Reversal, error: str) -> None:
    with transaction.atomic():
        mine = _all().filter(pk=reversal.pk, status__in=AT_WORK)
        mine.update(status=ReversalStatus.FAILED, error=error[:300], ended_at=clock.now())


def clean() -> int:
    """Give up what has been at work for too long: its worker is gone; returns how many."""
    lost = _all().filter(status__in=AT_WORK, attempted_at__lt=clock.now() - ABANDONED_AFTER)
    error = "处理中断，没有冲回任何一份。请重新核对"
    return lost.update(status=ReversalStatus.FAILED, error=error, ended_at=clock.now())
