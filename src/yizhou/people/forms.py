"""The form of a person's file: the ledger's columns in sections, checked by the ledger's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhou.core.actor import Actor
from yizhou.ledgers.one_row import Problem
from yizhou.ledgers.row_form import RowForm, Section
from yizhou.people.actions.correct import correct_person, problems_of_correction, state_of
from yizhou.people.actions.create import create_person, people_ledger, problems_of_new
from yizhou.people.models import Person
from yizhou.people.queries.facts import values_of
from yizhou.people.queries.panels import sections, undone_cells
from yizhou.people.sensitive import hidden


class PersonForm(RowForm):
    """One file being written; ``person`` is None for a new one."""

    person: Person | None = None

    @classmethod
    def empty(cls, actor: Actor) -> PersonForm:
        """A form for a new file."""
        return cls(people_ledger(), actor, {})

    @classmethod
    def of(cls, person: Person, actor: Actor, undo: str = "") -> PersonForm:
        """The file as it stands; with ``undo`` what that correction replaced is put in again."""
        form = cls(people_ledger(), actor, {}, values_of(person), seen=state_of(person))
        form.person = person
        form.fill()
        if undo.isascii() and undo.isdigit() and len(undo) < 19:
            brought_back = undone_cells(person, int(undo), actor)
            form.cells.update((f, text) for f, text in brought_back.items() if f in form.cells)
            form.reason = "撤销上一次更正" if brought_back else ""
        return form

    def sections(self) -> list[Section]:
        """Columns that the reader's post may fill in, by section."""
        shown = [
            (title, [c for c in columns if not hidden(c.field, self.actor)]) for title, columns in sections()
        ]
        return [(title, columns) for title, columns in shown if columns]

    def check(self) -> list[Problem]:
        """Everything that speaks against storing it, errors and doubts."""
        if self.person is None:
            return problems_of_new(self.cells, self.actor)
        return problems_of_correction(self.person, self.cells, self.actor)

    def store(self) -> Person:
        """Carry it out; the action asks everything once more. Raises ``Refused``."""
        doubts = self.accept_doubts
        if self.person is None:
            return create_person(self.cells, actor=self.actor, accept_doubts=doubts)
        return correct_person(
            self.person, self.cells, self.reason, actor=self.actor, seen=self.seen, accept_doubts=doubts
        )


def form_page(form: PersonForm, back_url: str) -> Mapping[str, Any]:
    """What the template shows."""
    return {"record": form.context(), "person": form.person, "back_url": back_url}
