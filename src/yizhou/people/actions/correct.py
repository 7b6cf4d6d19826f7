"""Correcting a person's file: with a reason, against the state that was read, old and new in the log (信息维护台账)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers.rendering import cell, digests_of
from yizhou.people.actions.create import index_name, refuse_problems
from yizhou.people.actions.row import Problem, check_cells, people_ledger, sealed_values, stored_values
from yizhou.people.models import Person
from yizhou.people.queries.facts import values_of
from yizhou.people.sensitive import SPECIAL, hidden

CLEAR = "清空"
"""Typed into a sealed field it empties it; an empty sealed field keeps what is stored."""


@action("people.correct_person")
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
    merged = merged_cells(was, cells, actor)
    checked, found = check_cells(merged, actor)
    refuse_problems(found, accept_doubts=accept_doubts)
    before = values_of(was)
    after = checked.accepted.row(0, named=True)
    changed = [f for f in after if f in before and _plain(before[f]) != _plain(after[f])]
    if "id_number" in changed and _taken(checked, was):
        raise Refused([Blocker("DUP_KEY", "身份证号：这个证件号属于另一份档案", "核对证件号")])
    if not changed:
        raise Refused([Blocker("UNCHANGED", "内容没有变化，不必保存", "改好再保存，或返回档案")])
    rows, values = stored_values(checked)
    now = _write(was, values, sealed_values(checked))
    if "name" in changed:
        index_name(now, rows, is_new=False)
    concern = Concern(now.pk, now.household_area)
    notes = _notes(changed, before, after)
    record(actor, "person.corrected", now, concern=concern, reason=reason, **notes)
    return now


def state_of(person: Person) -> str:
    """A fingerprint of everything the file says now; a form carries it to notice other people's changes."""
    return digests_of(people_ledger(), [person.pk])[person.pk].hex()


def problems_of_correction(person: Person, cells: Mapping[str, str], actor: Actor) -> list[Problem]:
    """Everything that speaks against the correction, errors and doubts."""
    return check_cells(merged_cells(person, cells, actor), actor)[1]


def merged_cells(person: Person, cells: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """The whole row as texts: what the form says over what is stored."""
    stored = values_of(person)
    merged = {}
    for column in people_ledger().layout.columns:
        field = column.field
        typed = cells.get(field)
        is_kept = typed is None or hidden(field, actor) or (field in Person.SEALED and not typed.strip())
        if is_kept:
            merged[field] = cell(column, stored[field])
        else:
            merged[field] = "" if field in Person.SEALED and typed == CLEAR else typed or ""
    return merged


def _write(was: Person, values: dict[str, Any], sealed: dict[str, str | None]) -> Person:
    """Compare and set on the old ciphertext, which every change replaces: never two writers on one state."""
    was_secret = was.secret
    was.seal(sealed)
    mine = Person.objects.everywhere("the row that was just read").filter(pk=was.pk, secret=was_secret)
    if mine.update(**values, secret=was.secret, row_digest=None) != 1:
        raise Conflict
    return Person.objects.everywhere("the row that was just written").get(pk=was.pk)


def _plain(value: Any) -> Any:
    return None if value == "" else value


def _taken(checked: Any, was: Person) -> bool:
    _, values = stored_values(checked)
    others = Person.objects.everywhere("an identity number is unique").exclude(pk=was.pk)
    return others.filter(id_number_index=values["id_number_index"]).exists()


def _notes(changed: list[str], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Field names for all, texts only for what may stand in a log."""
    columns = {c.field: c for c in people_ledger().layout.columns}
    told = [f for f in changed if f not in SPECIAL and f not in Person.SEALED]
    texts = {f: [cell(columns[f], before[f]), cell(columns[f], after[f])] for f in told}
    return {"fields": changed, "changes": texts}
