"""The form of one row: the ledger's columns, checked by the ledger's own rules, with the words of the errors file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.events.actions import was_submitted
from yizhou.ledgers.columns import Column, code_table, layouts
from yizhou.ledgers.exporting import masked
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.one_row import CLEAR, Problem, check_cells, merged_cells, named_rows, with_named
from yizhou.ledgers.rendering import cell, names_of

KINDS = {"date": "date", "datetime": "datetime-local", "phone": "tel", "int": "number"}
YES_NO = (("是", "是"), ("否", "否"))
NO_REASON = Problem("reason", "更正原因", "REASON", "没有写明更正的原因", "写明凭什么更正", is_doubt=False)

Section = tuple[str, Sequence[Column]]


@dataclass
class RowForm:
    """One row being written: ``cells`` are texts by field, ``stored`` the values of the row it corrects.

    ``ready`` fills ``problems``; doubts alone may be overridden with ``accept_doubts``. ``named`` are the rows
    that a page filled in for the reader, as words by field; ``pk`` is the inner id of the row that is corrected.
    """

    bound: Ledger
    actor: Actor
    cells: dict[str, str]
    stored: Mapping[str, Any] | None = None
    reason: str = ""
    seen: str = ""
    accept_doubts: bool = False
    problems: Sequence[Problem] = ()
    refused: bool = False
    named: dict[str, str] = field(default_factory=dict)
    pk: int | None = None

    def take(self, data: Mapping[str, str]) -> None:
        """Read what was sent. Fields that were not offered are not read."""
        self.cells = {c.field: _typed(c, data.get(c.field, "")) for c in self.offered()}
        self.reason, self.seen = data.get("reason", ""), data.get("seen", "")
        self.accept_doubts = data.get("accept_doubts") == "1"
        self.note_named()

    def note_named(self) -> None:
        """Look up what the rows are called that stand in cells by their public id."""
        self.named = {c.field: name for c, _, name in named_rows(self.bound, self.cells, self.actor)}

    @property
    def status(self) -> int:
        """The answer over HTTP."""
        return 422 if self.refused else 200

    def offered(self) -> list[Column]:
        """Columns that this reader may fill in."""
        return [column for _, columns in self.sections() for column in columns]

    def sections(self) -> list[Section]:
        """Titles with their columns."""
        return [("登记内容", self.bound.layout.columns)]

    def fill(self) -> None:
        """Put in what is stored; masked values stay out."""
        assert self.stored is not None
        for column in self.offered():
            if not column.mask_name:
                self.cells[column.field] = cell(column, self.stored[column.field])

    def ready(self) -> bool:
        """Whether it may be stored as it is; ``problems`` says why not."""
        if was_submitted(self.actor):
            return True
        self.problems = self.check()
        if self.stored is not None and not self.reason.strip():
            self.problems = [NO_REASON, *self.problems]
        self.refused = any(not (p.is_doubt and self.accept_doubts) for p in self.problems)
        return not self.refused

    def check(self) -> list[Problem]:
        """Everything that speaks against storing it, errors and doubts."""
        typed = with_named(self.bound, self.cells, self.actor)
        whole = typed if self.stored is None else merged_cells(self.bound, self.stored, typed)
        return check_cells(self.bound, whole, self.actor, self.pk)[1]

    @property
    def only_doubts(self) -> bool:
        """There are problems, and all of them may be overridden."""
        return bool(self.problems) and all(p.is_doubt for p in self.problems)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        errors = [p for p in self.problems if not p.is_doubt]
        by_field = {p.field: f"{p.message}。{p.remedy}" for p in reversed(errors)}
        return {
            "sections": [
                {"title": title, "fields": [self._field(c, by_field) for c in columns]}
                for title, columns in self.sections()
                if columns
            ],
            "errors": [_summary(p) for p in errors],
            "doubts": [p for p in self.problems if p.is_doubt],
            "only_doubts": self.only_doubts,
            "reason": self.reason,
            "reason_error": by_field.get("reason", ""),
            "seen": self.seen,
            "meanwhile": (),
        }

    def _field(self, column: Column, errors: Mapping[str, str]) -> dict[str, Any]:
        name, options = column.field, _options(column)
        kept = self._kept(column)
        if column.kind == "ref":
            chosen = self.named.get(name, "")
            options = [(self.cells[name], chosen)] if chosen else []
        may_clear = "" if column.required else f"，要清空请填“{CLEAR}”"
        help_text = f"现为 {kept}；不改就空着{may_clear}" if kept else _help(column)
        if column.second_person and self.stored is not None:
            help_text = f"{help_text}；改动须另一人复核" if help_text else "改动须另一人复核"
        return {
            "label": column.header,
            "name": name,
            "kind": self._kind(column),
            "value": _shown(column, self.cells.get(name, "")),
            "error": errors.get(name, ""),
            "help": help_text,
            "required": column.required and not kept,
            "options": options,
            "unit": "元" if column.kind == "money_yuan" else "",
            "wide": self._kind(column) == "textarea",
            "pick_url": reverse("ledgers:pick", args=[self.bound.name, name]) if column.kind == "ref" else "",
            "attrs": {"autocomplete": "off"},
        }

    def _kept(self, column: Column) -> str:
        """What stands in a masked field that is not shown, as far as it may be; whom it refers to by name."""
        if self.stored is None or not column.mask_name:
            return ""
        text = masked(column, cell(column, self.stored[column.field]))
        names = names_of([self.stored], [column]).get(column.field, {})
        return " ".join([*names.values(), text]) if text else ""

    def _kind(self, column: Column) -> str:
        """The kind of field as form.html takes it."""
        if column.kind == "ref" or _options(column):
            return "pick" if column.kind == "ref" else "select"
        if column.kind == "text" and column.field not in self.bound.sealed and not column.multi:
            longest = getattr(self.bound.model_field(column.stored), "max_length", None)
            return "textarea" if longest is None else "text"
        return KINDS.get(column.kind, "text")


def _typed(column: Column, text: str) -> str:
    """Browsers put a T between the day and the time."""
    return text.replace("T", " ") if column.kind == "datetime" else text


def _shown(column: Column, text: str) -> str:
    return text.strip().replace(" ", "T") if column.kind == "datetime" else text


def _options(column: Column) -> list[tuple[str, str]]:
    """Choices of a column, by name, as the ledger writes them."""
    if column.kind == "bool":
        return list(YES_NO)
    if column.kind == "code" and column.argument != "item":
        return [(name, name) for name in code_table(column.argument).names.values()]
    return []


def _help(column: Column) -> str:
    if column.kind == "area":
        return "12 位区划代码，到村（社区）" if column.area_level == "VILLAGE" else "12 位区划代码"
    if column.kind == "ref":
        ledger, _, target = column.argument.partition(".")
        return f"输入姓名、名称或{layouts()[ledger][target].header}，从“{layouts()[ledger].title}”中选"
    return "多个用分号隔开" if column.multi else column.rule.replace("(REQUIRED)", "").replace("(TYPE)", "")


def _summary(problem: Problem) -> dict[str, str]:
    return {"name": problem.field, "label": problem.label, "message": f"{problem.message}。{problem.remedy}"}
