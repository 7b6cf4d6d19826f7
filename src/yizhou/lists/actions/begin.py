"""成批设置联系类别: what is to be done with whom is written down first, then carried out bit by bit."""

from __future__ import annotations

from collections.abc import Mapping

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.lists.actions.working import SET, run_class_batch
from yizhou.lists.models import BatchStatus, ClassBatch, ClassMove, MoveState, own_area
from yizhou.lists.queries.weighing import CHUNK, MOST, Plan, classes, plan_of
from yizhou.lists.rules import blockers_of_reason
from yizhou.people.queries.exporting import asked


@action(SET)
def begin_class(query: Mapping[str, str], code: str, reason: str, *, actor: Actor) -> ClassBatch:
    """Set the contact class of everybody ticked, or of all who fit the filters. Raises ``Refused``.

    Only the plan is stored here: ``carry_out`` changes the files, in the worker or at once where they are few.
    """
    if code not in classes():
        refuse([Blocker("CLASS", "没有选联系类别", "选一个类别，再预览")])
    plan = plan_of(query, code, actor, clock.today())
    refuse([*blockers_to_begin(plan), *blockers_of_reason(reason)])
    batch = ClassBatch(
        area=own_area(actor),
        areas=list(actor.areas),
        words=asked(query, actor).words[:600],
        contact_class=code,
        reason=reason.strip(),
        total=len(plan.taken),
        status=BatchStatus.QUEUED,
        account_id=actor.account_id,
        actor=actor.name,
        made_at=clock.now(),
    )
    batch.save(force_insert=True)
    ClassMove.objects.bulk_create(_moves(batch, plan), batch_size=CHUNK)
    told = {"contact_class": code, "planned": len(plan.taken), "skipped": len(plan.skipped)}
    record(actor, "class_batch.begun", batch, concern=Concern(area=batch.area), reason=batch.reason, **told)
    run_class_batch.enqueue(batch.pk)
    return batch


def blockers_to_begin(plan: Plan) -> list[Blocker]:
    """Why nothing can be begun for these people."""
    if plan.is_too_long:
        return [Blocker("TOO_MANY", f"超过 {MOST:,} 人，一次办不了", "加上区域或类别条件，分几次办")]
    if not plan.taken:
        return [Blocker("NOBODY", "没有可以改的人", "放宽条件，或换一个类别")]
    return []


def _moves(batch: ClassBatch, plan: Plan) -> list[ClassMove]:
    planned = [
        ClassMove(batch=batch, person_id=who, former=former, state=MoveState.PLANNED)
        for who, former in plan.taken
    ]
    left = [
        ClassMove(batch=batch, person_id=who, former=former, state=MoveState.SKIPPED, reason=why)
        for who, former, why in plan.skipped
    ]
    return [*planned, *left]
