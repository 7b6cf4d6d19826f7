"""复核: the second person lets a change of identity, category, benefit or account happen, or does not."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.actions.change_log import Origin
from yizhou.people.actions.changing import carry_out, cells_for, prepare, read_for_change
from yizhou.people.actions.propose import settle
from yizhou.people.models import Person, Proposal, ProposalStatus, Source
from yizhou.people.sensitive import hidden_from

APPROVE = "people.approve_change"
LONGEST = 200
MOVED_ON = Blocker(
    "CHANGED_SINCE", "提交之后这些栏又有改动，不能照原样通过", "不通过，请提交人按最新档案重新提交"
)


def blockers_to_decide(proposal: Proposal, actor: Actor) -> list[Blocker]:
    """Why this actor cannot be the second person."""
    if proposal.status != ProposalStatus.WAITING:
        return [Blocker("STATUS", f"这项更正{proposal.get_status_display()}", "刷新页面看最新状态")]
    if proposal.account_id == actor.account_id:
        return [Blocker("SAME_PERSON", "提交人不能复核自己的更正", "请另一人复核")]
    if not hidden_from(actor).isdisjoint(proposal.names):
        return [Blocker("CLOSED", "改动里有您的岗位不能查看的栏", "请有权限的岗位复核")]
    return []


@action(APPROVE)
def approve_change(proposal: Proposal, note: str = "", *, actor: Actor) -> Person:
    """Carry the change out, on what the file says now; only its own fields must still stand as they did.

    Writes ``person.corrected`` and an entry of the ledger of changes with both names. Raises ``Refused``.
    """
    refuse([*blockers_to_decide(proposal, actor), *_too_long(note)])
    was = read_for_change(proposal.person, actor)
    prepared = prepare(was, cells_for(proposal.after()), actor, accept_doubts=True)
    before = {name: old for name, (old, _) in prepared.texts.items()}
    if before != proposal.before():
        raise Refused([MOVED_ON])
    settle(proposal, ProposalStatus.APPROVED, note.strip(), actor)
    origin = Origin(
        Source.REVERSE if proposal.reverses_id else Source.FORM,
        reason=proposal.reason,
        account_id=proposal.account_id,
        actor=proposal.actor,
        approved_by=actor.name,
        reverses=proposal.reverses,
    )
    return carry_out(prepared, origin, actor, settles=proposal.accepted_doubts, proposed_by=proposal.actor)


@action(APPROVE)
def refuse_change(proposal: Proposal, note: str, *, actor: Actor) -> Proposal:
    """Do not let it happen; the file stays as it is. Writes ``person.change_refused`` with the reason."""
    if not note.strip():
        raise Refused([Blocker("NOTE", "没有写明为什么不通过", "写明哪里不对，提交人好改")])
    refuse([*blockers_to_decide(proposal, actor), *_too_long(note)])
    settle(proposal, ProposalStatus.REFUSED, note.strip(), actor)
    person = proposal.person
    concern = Concern(person.pk, person.household_area)
    record(
        actor, "person.change_refused", person, concern=concern, reason=note.strip(), fields=proposal.names
    )
    return proposal


def _too_long(note: str) -> list[Blocker]:
    if len(note.strip()) > LONGEST:
        return [Blocker("NOTE", f"意见最多 {LONGEST} 字", "写短一些")]
    return []
