"""Correcting a person's file: with a reason, against the state that was read, old and new in the ledger of changes."""

from __future__ import annotations

from collections.abc import Mapping

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.actions import action
from yizhou.ledgers import one_row
from yizhou.ledgers.one_row import Problem
from yizhou.people.actions.change_log import Origin, matters_of, texts_between
from yizhou.people.actions.changing import (
    NO_REASON,
    Prepared,
    carry_out,
    people_ledger,
    prepare,
    read_for_change,
    state_of,
)
from yizhou.people.models import Person, Source
from yizhou.people.queries.facts import values_of
from yizhou.people.sensitive import hidden_from

CORRECT = "people.correct_person"


@action(CORRECT)
def correct_person(
    person: Person,
    cells: Mapping[str, str],
    reason: str,
    *,
    actor: Actor,
    seen: str,
    accept_doubts: bool = False,
) -> Person:
    """Change the file to what the form says.

    ``cells`` are texts by ledger field; absent fields, empty sealed ones and those hidden from the actor's post
    keep what is stored. ``seen`` is the ``state_of`` the form was filled from. Writes ``person.corrected`` with the
    changed fields; old and new stand there only for fields that are not sensitive, and all of them sealed in the
    ledger of changes. Raises ``Refused``, also for what wants a second person (``propose_correction``), or
    ``Conflict`` when somebody else changed the file meanwhile.
    """
    prepared = prepared_correction(person, cells, reason, actor, seen, accept_doubts)
    if matters := matters_of(prepared.texts):
        message = f"改动涉及{'、'.join(matters)}，须另一人复核"
        raise Refused([Blocker("SECOND_PERSON", message, "提交复核，由另一人通过后生效")])
    origin = Origin(Source.FORM, reason=reason, account_id=actor.account_id, actor=actor.name)
    return carry_out(prepared, origin, actor, settles=accept_doubts)


def prepared_correction(
    person: Person, cells: Mapping[str, str], reason: str, actor: Actor, seen: str, accept_doubts: bool
) -> Prepared:
    """The change that a form asks for, checked. Raises ``Refused`` and ``Conflict``."""
    if not reason.strip():
        raise Refused([NO_REASON])
    was = read_for_change(person, actor)
    if state_of(was) != seen:
        raise Conflict
    return prepare(was, cells, actor, closed=hidden_from(actor), accept_doubts=accept_doubts)


def problems_of_correction(person: Person, cells: Mapping[str, str], actor: Actor) -> list[Problem]:
    """Everything that speaks against the correction, errors and doubts."""
    return one_row.check_cells(people_ledger(), merged_cells(person, cells, actor), actor)[1]


def matters_of_correction(person: Person, cells: Mapping[str, str], actor: Actor) -> list[str]:
    """What of the correction wants a second person; nothing for rows that would be rejected."""
    checked, _ = one_row.check_cells(people_ledger(), merged_cells(person, cells, actor), actor)
    if not checked.accepted.height:
        return []
    return matters_of(texts_between(values_of(person), checked.accepted.row(0, named=True)))


def merged_cells(person: Person, cells: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """The whole row as texts: what the form says over what is stored."""
    return one_row.merged_cells(people_ledger(), values_of(person), cells, hidden_from(actor))
