"""提交复核: a change of identity, category, benefit or account waits for a second person (手册第 20 章 须双人)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.actions.change_log import matters_of, sealed_texts
from yizhou.people.actions.changing import Prepared
from yizhou.people.actions.correct import CORRECT, prepared_correction
from yizhou.people.models import FileChange, Person, Proposal, ProposalStatus

ALREADY = Blocker("WAITING", "这份档案已有一项更正在等复核", "先复核或撤回那一项，再提交新的")


@action(CORRECT)
def propose_correction(
    person: Person,
    cells: Mapping[str, str],
    reason: str,
    *,
    actor: Actor,
    seen: str,
    accept_doubts: bool = False,
) -> Proposal:
    """Put a change before a second person; the file stays as it is until then.

    Arguments as in ``correct_person``. Writes ``person.change_proposed``. Raises ``Refused``, also when another
    change of this file is waiting, and ``Conflict``.
    """
    prepared = prepared_correction(person, cells, reason, actor, seen, accept_doubts)
    return put_forward(prepared, reason, actor, accepted_doubts=accept_doubts)


def put_forward(
    prepared: Prepared,
    reason: str,
    actor: Actor,
    *,
    accepted_doubts: bool,
    reverses: FileChange | None = None,
) -> Proposal:
    """Keep a prepared change until somebody has decided; inside an action."""
    matters = matters_of(prepared.texts)
    if not matters:
        raise Refused([Blocker("ALONE", "这些改动不必复核", "直接保存")])
    proposal = Proposal(
        person=prepared.was,
        fields=";".join(prepared.texts),
        guarded="、".join(matters),
        reason=reason.strip()[:300],
        status=ProposalStatus.WAITING,
        account_id=actor.account_id,
        actor=actor.name,
        asked_at=clock.now(),
        accepted_doubts=accepted_doubts,
        reverses=reverses,
    )
    proposal.seal(sealed_texts(prepared.texts))
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError:
        raise Refused([ALREADY]) from None
    _tell(actor, "person.change_proposed", proposal, reason.strip())
    return proposal


@action(CORRECT)
def withdraw_change(proposal: Proposal, *, actor: Actor) -> Proposal:
    """Take back what one has put forward oneself. Writes ``person.change_withdrawn``."""
    refuse(blockers_to_withdraw(proposal, actor))
    settle(proposal, ProposalStatus.WITHDRAWN, "", actor)
    _tell(actor, "person.change_withdrawn", proposal, "")
    return proposal


def blockers_to_withdraw(proposal: Proposal, actor: Actor) -> list[Blocker]:
    """Why the actor cannot take it back."""
    if proposal.status != ProposalStatus.WAITING:
        return [Blocker("STATUS", f"这项更正{proposal.get_status_display()}", "刷新页面看最新状态")]
    if proposal.account_id != actor.account_id:
        return [Blocker("NOT_YOURS", "只有提交人可以撤回", f"请 {proposal.actor} 撤回，或复核时不通过")]
    return []


def settle(proposal: Proposal, to: ProposalStatus, note: str, actor: Actor) -> None:
    """Compare and set on the status. Raises ``Conflict`` when somebody else was quicker."""
    mine = Proposal.objects.everywhere("one proposal").filter(pk=proposal.pk, status=ProposalStatus.WAITING)
    decided = {"decided_by_id": actor.account_id, "decided_by": actor.name, "decided_at": clock.now()}
    if mine.update(status=to, note=note, **decided) != 1:
        raise Conflict
    proposal.status = to


def _tell(actor: Actor, kind: str, proposal: Proposal, reason: str) -> None:
    person = proposal.person
    concern = Concern(person.pk, person.household_area)
    record(actor, kind, person, concern=concern, reason=reason, fields=proposal.names)
