"""One contact for everybody who fits the filters: the former ones end that day, and the trace is kept (handbook §7)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record, record_many
from yizhou.orgs.models import StaffPost
from yizhou.people.queries.exporting import asked
from yizhou.visits.assigning import CHUNK, MOST, WHY, Plan, plan_of
from yizhou.visits.models import ContactAssignment, ContactBatch, ContactMove, MoveState

ASSIGN = "visits.assign_contacts"
SHORTEST, LONGEST = 4, 200


@action(ASSIGN)
def assign_contacts(query: Mapping[str, str], post: StaffPost, reason: str, *, actor: Actor) -> ContactBatch:
    """Give all of them the contact from today on. ``post`` was found in the actor's sight.

    Raises ``Refused`` without a reason, for nobody and for too many, ``Conflict`` when somebody was quicker.
    """
    today = clock.today()
    plan = plan_of(query, post, actor, today)
    refuse(blockers_to_assign(plan, reason))
    batch = ContactBatch(
        area=next((area.ljust(12, "0") for area in actor.areas if area), ""),
        words=asked(query, actor).words[:600],
        staff=post.name,
        reason=reason.strip(),
        assigned_on=today,
        assigned=len(plan.taken),
        handed_over=plan.handed_over,
        skipped=len(plan.skipped),
        account_id=actor.account_id,
        actor=actor.name,
        made_at=clock.now(),
    )
    batch.save(force_insert=True)
    try:
        with transaction.atomic():
            _move(plan, post, batch, actor)
    except IntegrityError:
        raise Conflict("有人刚刚更换了其中一些人的联系人", "返回后重新预览") from None
    told = {"staff": post.name, "assigned": batch.assigned, "handed_over": batch.handed_over}
    record(actor, "contact_batch.assigned", batch, concern=Concern(area=batch.area), reason=reason, **told)
    return batch


def blockers_to_assign(plan: Plan, reason: str) -> list[Blocker]:
    """Why the batch cannot be made."""
    found = []
    if plan.is_too_long:
        found.append(Blocker("TOO_MANY", f"超过 {MOST:,} 人，一次办不了", "加上区域或类别条件，分几次办"))
    elif not plan.taken:
        found.append(Blocker("NOBODY", "没有可以指派的人", "放宽条件，或换一位联系人"))
    if not SHORTEST <= len(reason.strip()) <= LONGEST:
        found.append(Blocker("REASON", "没有写明原因，或写得太长", "写 4 到 200 字，例：原联系人调离"))
    return found


def _move(plan: Plan, post: StaffPost, batch: ContactBatch, actor: Actor) -> None:
    formers = [former.id for _, _, former in plan.taken if former]
    for start in range(0, len(formers), CHUNK):
        ending = ContactAssignment.objects.everywhere(WHY).filter(pk__in=formers[start : start + CHUNK])
        ending.update(ended_on=batch.assigned_on, row_digest=None)
    sealed = {"staff_id_number": post.opened().get("id_number")}
    made = [
        ContactAssignment(
            person_id=person_id, staff_index=post.id_number_index, assigned_on=batch.assigned_on
        )
        for person_id, _, _ in plan.taken
    ]
    for row in made:
        row.seal(sealed)
    ContactAssignment.objects.bulk_create(made, batch_size=CHUNK)
    done = [
        ContactMove(
            batch=batch,
            person_id=person_id,
            made_id=row.pk,
            former_id=former.id if former else None,
            former_ended_on=former.ended_on if former else None,
            state=MoveState.DONE,
        )
        for row, (person_id, _, former) in zip(made, plan.taken, strict=True)
    ]
    left = [
        ContactMove(batch=batch, person_id=person_id, state=MoveState.SKIPPED, reason=why)
        for person_id, why in plan.skipped
    ]
    ContactMove.objects.bulk_create([*done, *left], batch_size=CHUNK)
    told = {"batch": batch.uid.hex, "staff": batch.staff}
    concerns = (Concern(person_id, area) for person_id, area, _ in plan.taken)
    record_many(
        actor, "contact.assigned", [(row, concern, told) for row, concern in zip(made, concerns, strict=True)]
    )
