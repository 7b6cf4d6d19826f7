"""Correcting a person's file: with a reason, against the state that was read, old and new in the log (信息维护台账)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers import one_row
from yizhou.ledgers.checking import Checked
from yizhou.ledgers.one_row import Problem
from yizhou.people.actions.create import people_ledger
from yizhou.people.models import Person
from yizhou.people.queries.facts import values_of
from yizhou.people.sensitive import SPECIAL, hidden_from

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
    changed fields; old and new stand there only for fields that are not sensitive. Raises ``Refused``, or
    ``Conflict`` when somebody else changed the file meanwhile.
    """
    if not reason.strip():
        raise Refused([Blocker("REASON", "请写明更正的原因", "例：本人出示新的户口簿")])
    was = Person.objects.visible_to(actor).select_for_update().get(pk=person.pk)
    if state_of(was) != seen:
        raise Conflict
    bound = people_ledger()
    checked, found = one_row.check_cells(bound, merged_cells(was, cells, actor), actor)
    one_row.refuse_problems(found, accept_doubts=accept_doubts)
    notes = one_row.changes_between(bound, values_of(was), checked.accepted.row(0, named=True), SPECIAL)
    if not notes:
        raise Refused([Blocker("UNCHANGED", "内容没有变化，不必保存", "改好再保存，或返回档案")])
    rows, values = one_row.stored_values(bound, checked)
    if one_row.is_taken(bound, values, besides=was.pk):
        raise Refused([Blocker("DUP_KEY", "身份证号：这个证件号属于另一份档案", "核对证件号")])
    if accept_doubts:
        values["doubts"] = ""
    now = _write(was, values, checked)
    if "name" in notes["fields"]:
        one_row.after_load(bound, rows, now.pk, is_new=False)
    record(
        actor, "person.corrected", now, concern=Concern(now.pk, now.household_area), reason=reason, **notes
    )
    return now


def state_of(person: Person) -> str:
    """A fingerprint of everything the file says; a form carries it to notice other people's changes."""
    return one_row.state_of(people_ledger(), values_of(person))


def problems_of_correction(person: Person, cells: Mapping[str, str], actor: Actor) -> list[Problem]:
    """Everything that speaks against the correction, errors and doubts."""
    return one_row.check_cells(people_ledger(), merged_cells(person, cells, actor), actor)[1]


def merged_cells(person: Person, cells: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """The whole row as texts: what the form says over what is stored."""
    return one_row.merged_cells(people_ledger(), values_of(person), cells, hidden_from(actor))


def _write(was: Person, values: dict[str, Any], checked: Checked) -> Person:
    """Compare and set on the old ciphertext, which every change replaces: never two writers on one state."""
    was_secret = was.secret
    was.seal(one_row.sealed_values(people_ledger(), checked))
    mine = Person.objects.everywhere("the row that was just read").filter(pk=was.pk, secret=was_secret)
    today = clock.today()
    if mine.update(**values, secret=was.secret, row_digest=None, confirmed_on=today) != 1:
        raise Conflict
    return Person.objects.everywhere("the row that was just written").get(pk=was.pk)
