"""The form of a person's file: the ledger's columns in sections, checked by the ledger's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yizhou.core.actor import Actor
from yizhou.events.actions import was_submitted
from yizhou.ledgers.columns import Column, code_table
from yizhou.ledgers.exporting import masked
from yizhou.ledgers.rendering import cell
from yizhou.people.actions.correct import CLEAR, correct_person, problems_of_correction, state_of
from yizhou.people.actions.create import create_person, problems_of_new
from yizhou.people.actions.row import Problem
from yizhou.people.models import Person
from yizhou.people.queries.facts import values_of
from yizhou.people.queries.panels import sections, undone_cells
from yizhou.people.sensitive import hidden

KINDS = {"date": "date", "phone": "tel", "int": "number"}
NO_REASON = Problem("reason", "更正原因", "REASON", "没有写明更正的原因", "写明凭什么更正", is_doubt=False)
YES_NO = (("是", "是"), ("否", "否"))


@dataclass
class PersonForm:
    """One file being written: ``cells`` are texts by field, ``person`` is None for a new one.

    ``ready`` fills ``problems``; doubts alone may be overridden with ``accept_doubts``.
    """

    actor: Actor
    cells: dict[str, str]
    person: Person | None = None
    reason: str = ""
    seen: str = ""
    accept_doubts: bool = False
    problems: Sequence[Problem] = ()
    refused: bool = False

    @classmethod
    def empty(cls, actor: Actor) -> PersonForm:
        """A form for a new file."""
        return cls(actor, {})

    @classmethod
    def of(cls, person: Person, actor: Actor, undo: str = "") -> PersonForm:
        """The file as it stands; with ``undo`` what that correction replaced is put in again."""
        values = values_of(person)
        cells = {c.field: cell(c, values[c.field]) for c in _offered(actor) if c.field not in Person.SEALED}
        reason = ""
        if undo.isascii() and undo.isdigit() and len(undo) < 19:
            brought_back = undone_cells(person, int(undo), actor)
            cells.update((f, text) for f, text in brought_back.items() if f in cells)
            reason = "撤销上一次更正" if brought_back else ""
        return cls(actor, cells, person, reason, state_of(person))

    @classmethod
    def posted(cls, data: Mapping[str, str], actor: Actor, person: Person | None = None) -> PersonForm:
        """What was sent. Fields hidden from the actor's post are not read."""
        cells = {c.field: data.get(c.field, "") for c in _offered(actor)}
        return cls(
            actor,
            cells,
            person,
            data.get("reason", ""),
            data.get("seen", ""),
            data.get("accept_doubts") == "1",
        )

    def ready(self) -> bool:
        """Whether it may be stored as it is; ``problems`` says why not."""
        if was_submitted(self.actor):
            return True
        if self.person is None:
            self.problems = problems_of_new(self.cells, self.actor)
        else:
            self.problems = problems_of_correction(self.person, self.cells, self.actor)
            if not self.reason.strip():
                self.problems = [NO_REASON, *self.problems]
        self.refused = any(not (p.is_doubt and self.accept_doubts) for p in self.problems)
        return not self.refused

    def store(self) -> Person:
        """Carry it out; the action asks everything once more. Raises ``Refused``."""
        doubts = self.accept_doubts
        if self.person is None:
            return create_person(self.cells, actor=self.actor, accept_doubts=doubts)
        return correct_person(
            self.person, self.cells, self.reason, actor=self.actor, seen=self.seen, accept_doubts=doubts
        )

    @property
    def only_doubts(self) -> bool:
        """There are problems, and all of them may be overridden."""
        return bool(self.problems) and all(p.is_doubt for p in self.problems)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        errors = [p for p in self.problems if not p.is_doubt]
        by_field = {p.field: f"{p.message}。{p.remedy}" for p in reversed(errors)}
        stored = self._stored_hints()
        wanted = [(title, [c for c in columns if c in _offered(self.actor)]) for title, columns in sections()]
        return {
            "sections": [
                {"title": title, "fields": [self._field(c, by_field, stored) for c in columns]}
                for title, columns in wanted
                if columns
            ],
            "errors": [_summary(p) for p in errors],
            "doubts": [p for p in self.problems if p.is_doubt],
            "only_doubts": self.only_doubts,
            "reason": self.reason,
            "reason_error": by_field.get("reason", ""),
            "seen": self.seen,
            "person": self.person,
        }

    def _stored_hints(self) -> dict[str, str]:
        """Masked forms of sealed values: what stands in the file without showing it."""
        if self.person is None:
            return {}
        opened = self.person.opened()
        return {c.field: masked(c, opened[c.field]) for c in _offered(self.actor) if opened.get(c.field)}

    def _field(self, column: Column, errors: Mapping[str, str], stored: Mapping[str, str]) -> dict[str, Any]:
        name, options = column.field, _options(column)
        kind = "select" if options else KINDS.get(column.kind, "text")
        is_kept = name in stored
        help_text = f"已有 {stored[name]}；不改留空，要清空请填“{CLEAR}”" if is_kept else _help(column)
        return {
            "label": column.header,
            "name": name,
            "kind": kind,
            "value": self.cells.get(name, ""),
            "error": errors.get(name, ""),
            "help": help_text,
            "required": column.required and not is_kept,
            "options": options,
            "unit": "元" if column.kind == "money_yuan" else "",
            "attrs": {"autocomplete": "off"},
        }


def _offered(actor: Actor) -> list[Column]:
    """Columns that this actor's post may fill in."""
    return [c for _, columns in sections() for c in columns if not hidden(c.field, actor)]


def _options(column: Column) -> list[tuple[str, str]]:
    """Choices of a column, by name, as the ledger writes them."""
    if column.kind == "bool":
        return list(YES_NO)
    if column.kind == "code":
        return [(name, name) for name in code_table(column.argument).names.values()]
    return []


def _help(column: Column) -> str:
    if column.kind == "area":
        return "12 位区划代码，到村（社区）"
    return "多个用分号隔开" if column.multi else ""


def _summary(problem: Problem) -> dict[str, str]:
    return {"name": problem.field, "label": problem.label, "message": f"{problem.message}。{problem.remedy}"}
