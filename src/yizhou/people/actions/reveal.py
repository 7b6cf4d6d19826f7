"""Showing one sealed field in full: logged in the same transaction before the value leaves (trust.md T6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.actions.approve import blockers_to_decide
from yizhou.people.models import Person, Proposal
from yizhou.people.queries.reveals import ALARM_PER_HOUR, blockers_to_look, reveals_since
from yizhou.people.sensitive import REASONS, REVEAL, column, revealable


@dataclass(frozen=True, slots=True, repr=False)
class Revealed:
    """A value on its way to one pair of eyes. Not a text: an action's text is kept as the answer to repetitions."""

    value: str


@action(REVEAL)
def reveal_field(person: Person, field: str, reason: str, note: str = "", *, actor: Actor) -> Revealed:
    """The full value of a sealed field of a person inside the actor's scope; empty where nothing is stored.

    Writes ``person.revealed``; the thirty-first look in an hour also writes ``person.reveal_alarm`` for the
    security officer, the sixty-first of a day is refused. Raises ``Refused``.
    """
    refuse(blockers_to_reveal(field, reason, actor))
    words = REASONS[reason] + (f"：{note.strip()}" if note.strip() else "")
    concern = Concern(person.pk, person.household_area)
    record(actor, "person.revealed", person, concern=concern, reason=words, field=field)
    alarm_if_many(person, actor)
    return Revealed(person.opened().get(field, ""))


@action(REVEAL)
def reveal_change(proposal: Proposal, reason: str, note: str = "", *, actor: Actor) -> Proposal:
    """Let the second person see what a change would replace and put there, in full.

    One look, however many fields; writes ``person.revealed`` with their names. Raises ``Refused``.
    """
    refuse([*blockers_to_decide(proposal, actor), *blockers_to_look("改动的原文", reason, actor)])
    words = REASONS[reason] + (f"：{note.strip()}" if note.strip() else "")
    person = proposal.person
    concern = Concern(person.pk, person.household_area)
    record(actor, "person.revealed", person, concern=concern, reason=words, fields=proposal.names)
    alarm_if_many(person, actor)
    return proposal


def blockers_to_reveal(field: str, reason: str, actor: Actor) -> list[Blocker]:
    """Why the field may not be shown now."""
    if not revealable(field, actor):
        return [Blocker("NOT_REVEALABLE", "您的岗位不能查看这一项的原文", "请联系本单位管理员核对岗位授权")]
    return blockers_to_look(column(field).header, reason, actor)


def alarm_if_many(person: Person, actor: Actor) -> None:
    """Tell the security officer, once, when the look that was just recorded is one too many for an hour."""
    times = reveals_since(actor, clock.now() - dt.timedelta(hours=1))
    if times == ALARM_PER_HOUR + 1:
        concern = Concern(person.pk, person.household_area)
        record(actor, "person.reveal_alarm", person, concern=concern, times=times)
