"""冲回: taking one change of a file back by a change that puts the old texts there again (手册第 20 章 可回滚)."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused, refuse
from yizhou.events.actions import action
from yizhou.people.actions.change_log import Origin, matters_of, told
from yizhou.people.actions.changing import NO_REASON, carry_out, cells_for, prepare, read_for_change
from yizhou.people.actions.correct import CORRECT
from yizhou.people.actions.propose import put_forward
from yizhou.people.models import FileChange, Person, Proposal, Source
from yizhou.people.queries.past import changed_since, is_reversed
from yizhou.people.sensitive import hidden_from


def blockers_to_reverse(change: FileChange, actor: Actor) -> list[Blocker]:
    """Why the change cannot be taken back now."""
    if is_reversed(change):
        return [Blocker("REVERSED", "这次变更已经冲回", "要再改，请更正档案")]
    if change.file != change.person.uid:
        return [Blocker("OTHER_FILE", "这是并入的那份档案的变更，不能单独冲回", "要改，请更正档案")]
    if not hidden_from(actor).isdisjoint(change.names):
        return [Blocker("CLOSED", "改动里有您的岗位不能查看的栏", "请有权限的岗位冲回")]
    if later := changed_since(change):
        words = f"{told(later)}后来又改过，冲回会盖掉新的内容"
        return [Blocker("CHANGED_SINCE", words, "先冲回后面的变更，或直接更正档案")]
    return []


@action(CORRECT)
def reverse_change(change: FileChange, reason: str, *, actor: Actor) -> Person | Proposal:
    """Put back what stood there before; identity, category, benefit and account wait for a second person.

    Writes ``person.corrected`` (or ``person.change_proposed``) and an entry that names the one it takes back. Raises
    ``Refused``.
    """
    if not reason.strip():
        raise Refused([NO_REASON])
    refuse(blockers_to_reverse(change, actor))
    was = read_for_change(change.person, actor)
    prepared = prepare(was, cells_for(change.before()), actor, accept_doubts=True)
    if matters_of(prepared.texts):
        return put_forward(prepared, reason, actor, accepted_doubts=False, reverses=change)
    origin = Origin(
        Source.REVERSE, reason=reason, account_id=actor.account_id, actor=actor.name, reverses=change
    )
    return carry_out(prepared, origin, actor)
