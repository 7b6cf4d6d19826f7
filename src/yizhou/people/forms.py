"""The form of a person's file: the ledger's columns in sections, checked by the ledger's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict
from yizhou.ledgers.one_row import Problem
from yizhou.ledgers.row_form import RowForm, Section
from yizhou.people.actions.changing import last_change, people_ledger, state_of
from yizhou.people.actions.correct import correct_person, matters_of_correction, problems_of_correction
from yizhou.people.actions.create import create_person, problems_of_new
from yizhou.people.actions.propose import propose_correction
from yizhou.people.meanwhile import Meanwhile, changed_meanwhile
from yizhou.people.models import Person, Proposal
from yizhou.people.queries.facts import values_of
from yizhou.people.queries.panels import sections
from yizhou.people.sensitive import hidden


class PersonForm(RowForm):
    """One file being written; ``person`` is None for a new one. ``seen`` is its state and its last change."""

    person: Person | None = None
    meanwhile: Meanwhile | None = None

    @classmethod
    def empty(cls, actor: Actor) -> PersonForm:
        """A form for a new file."""
        return cls(people_ledger(), actor, {})

    @classmethod
    def of(cls, person: Person, actor: Actor) -> PersonForm:
        """The file as it stands."""
        form = cls(people_ledger(), actor, {}, values_of(person), seen=_seen(person))
        form.person = person
        form.fill()
        return form

    @property
    def status(self) -> int:
        """The answer over HTTP."""
        return Conflict.status if self.meanwhile else super().status

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

    def kept(self) -> Person | Proposal | None:
        """Carry it out if nothing speaks against it; None leaves the form to be shown again.

        What somebody else changed meanwhile is put into the form, beside what was typed.
        """
        if not self.ready():
            return None
        try:
            return self.store()
        except Conflict:
            if not self._take_in():
                raise
            return None

    def store(self) -> Person | Proposal:
        """The action, which asks everything once more; with a second person where one is wanted. Raises ``Refused``."""
        doubts = self.accept_doubts
        if self.person is None:
            return create_person(self.cells, actor=self.actor, accept_doubts=doubts)
        alone = not matters_of_correction(self.person, self.cells, self.actor)
        verb = correct_person if alone else propose_correction
        seen = self.seen.partition(".")[0]
        return verb(self.person, self.cells, self.reason, actor=self.actor, seen=seen, accept_doubts=doubts)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        told: Sequence[str] = self.meanwhile.lines if self.meanwhile else ()
        return {**super().context(), "meanwhile": told}

    def _take_in(self) -> bool:
        """Go on from what is stored now; False when nobody has changed it."""
        if self.person is None or self.seen == _seen(self.person):
            return False
        self.person = Person.objects.visible_to(self.actor).get(pk=self.person.pk)
        read = self.seen.partition(".")[2]
        self.meanwhile = changed_meanwhile(self.person, int(read) if read.isdigit() else 0, self.cells)
        self.cells.update(
            {name: text for name, text in self.meanwhile.untouched.items() if name in self.cells}
        )
        self.stored, self.seen = values_of(self.person), _seen(self.person)
        return True


def _seen(person: Person) -> str:
    return f"{state_of(person)}.{last_change(person)}"


def form_page(form: PersonForm, back_url: str) -> Mapping[str, Any]:
    """What the template shows."""
    return {"record": form.context(), "person": form.person, "back_url": back_url}
