"""The form of one person: the sections of the groups the person belongs to, with their rows, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.configured import parameter
from yizhou.dossier.facts import Section, form
from yizhou.ledgers.columns import Column, layouts
from yizhou.ledgers.counting import counts
from yizhou.ledgers.editing import ADD, CORRECT, may_edit
from yizhou.ledgers.exporting import Choice, masked, rows_of
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.rendering import cell, stored_rows
from yizhou.orgs.queries import division_names
from yizhou.people.models import Person
from yizhou.people.plugs import FORM
from yizhou.people.queries.panels import masked_values
from yizhou.people.sensitive import HIDDEN

MOST_COUNTED = 999
PANEL = "form"


@dataclass(frozen=True)
class Pair:
    """A column with what stands in it, masked; ``needed`` where it must be filled."""

    label: str
    value: str
    needed: bool = False


@dataclass(frozen=True)
class Record:
    """One row: its pairs, its page, where it is corrected ("" where the reader may not)."""

    pairs: Sequence[Pair]
    url: str
    correct_url: str
    values: Mapping[str, Any] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One ledger of a section: rows newest first, how many there are, and where further ones are added."""

    name: str
    title: str
    is_open: bool
    count: int
    records: Sequence[Record]
    headers: Sequence[str]
    more_url: str
    add_url: str


@dataclass(frozen=True)
class Part:
    """A section of this person's form. ``lacking`` names what must be filled and is not."""

    section: Section
    is_required: bool
    pairs: Sequence[Pair]
    correct_url: str
    sheets: Sequence[Sheet]
    lacking: Sequence[str]

    @property
    def count(self) -> int:
        """Rows of all its ledgers."""
        return sum(sheet.count for sheet in self.sheets)

    @property
    def is_closed(self) -> bool:
        """Whether its own ledger is closed to the reader."""
        return bool(self.sheets) and not self.sheets[0].is_open

    @property
    def state(self) -> str:
        """How the section stands, as a tag is coloured."""
        if self.is_closed:
            return ""
        if self.lacking:
            return "late" if self.is_required else "warn"
        return "ok" if self.count or self.pairs else ""

    @property
    def words(self) -> str:
        """How it stands in words."""
        if self.is_closed:
            return HIDDEN
        if self.lacking:
            return f"缺 {len(self.lacking)} 项"
        if self.count:
            return f"{self.count} 条"
        if self.section.plug:
            return "没有"
        return "齐全" if self.pairs else "未填"


def parts_of(person: Person, actor: Actor) -> list[Part]:
    """The sections of the person's groups: one count over all their ledgers, one read of each that holds rows."""
    groups = form().groups_of(person.categories)
    sections = form().sections_of(groups)
    bounds = {name: LEDGERS[name] for section in sections for name in (*section.ledgers, *section.shows)}
    opened = {name: bound for name, bound in bounds.items() if actor.may(bound.browse_permission)}
    rows = {n: rows_of(b, actor, Choice()).filter(person_id=person.pk) for n, b in opened.items()}
    held = counts(rows, MOST_COUNTED)
    asked = {name for section in sections for name in section.ledgers}
    most = {name: parameter("form_rows_shown" if name in asked else "form_rows_elsewhere") for name in bounds}
    reader = _Reader(person, actor, held, most)
    sheets = {name: reader.sheet(bound, rows.get(name)) for name, bound in bounds.items()}
    codes, told = [group.code for group in groups], _of_file(person, actor)
    return [
        reader.part(
            section,
            [*_shown(section, sheets), *_plugged(section, person, actor)],
            told,
            required=section.is_required_of(codes),
        )
        for section in sections
    ]


def _shown(section: Section, sheets: Mapping[str, Sheet]) -> list[Sheet]:
    """What the section asks, and what is kept elsewhere and holds rows."""
    asked = [sheets[name] for name in section.ledgers]
    return asked + [sheets[name] for name in section.shows if sheets[name].count]


def _plugged(section: Section, person: Person, actor: Actor) -> list[Sheet]:
    """What another package keeps and brings, as a sheet like the others."""
    if not section.plug:
        return []
    told = FORM[section.plug](person, actor)
    records = [
        Record([Pair(*pair) for pair in zip(told.headers, row.values, strict=True)], row.url, "")
        for row in told.rows
    ]
    sheet = Sheet(
        section.plug,
        told.title,
        is_open=True,
        count=len(records),
        records=records,
        headers=told.headers,
        more_url="",
        add_url=told.add_url,
    )
    return [sheet]


def _of_file(person: Person, actor: Actor) -> dict[str, str | None]:
    """What the people ledger says, masked, divisions by name."""
    told = masked_values(person, actor)
    names = division_names([person.household_area, person.residence_area])
    return {f: f"{names[text]} {text}" if text and text in names else text for f, text in told.items()}


@dataclass(frozen=True)
class _Reader:
    """Reads the ledgers of one person for one reader."""

    person: Person
    actor: Actor
    held: Mapping[str, int]
    most: Mapping[str, int]

    def sheet(self, bound: Ledger, rows: Any) -> Sheet:
        """A ledger with its newest rows; nothing of one that is closed to the reader."""
        count, about = self.held.get(bound.name, 0), {"person": str(self.person.uid)}
        may_add = may_edit(bound, self.actor, ADD)
        back = {"back": f"{panel_url(self.person)}#{bound.name}"}
        columns = columns_of(bound)
        add_url, more_url = (
            reverse("ledgers:add", args=[bound.name]),
            reverse("ledgers:browse", args=[bound.name]),
        )
        return Sheet(
            bound.name,
            bound.title.removesuffix("台账"),
            rows is not None,
            count,
            self._records(bound, rows, columns) if count else (),
            [column.header for column in columns],
            f"{more_url}?{urlencode(about)}" if count else "",
            f"{add_url}?{urlencode(about | back)}" if may_add else "",
        )

    def _records(self, bound: Ledger, rows: Any, columns: Sequence[Column]) -> list[Record]:
        order = [f"-{bound.date_field}", "-id"] if bound.date_field else ["id"]
        newest = rows.order_by(*order)[: self.most[bound.name]]
        # What stands in references is not shown here: the person is this one, others have pages of their own.
        said = {name: {0: ""} for name in bound.links}
        back = urlencode({"back": f"{panel_url(self.person)}#{bound.name}"})
        may = may_edit(bound, self.actor, CORRECT)
        found = []
        for values in stored_rows(bound, newest, said):
            args = [bound.name, values["uid"]]
            pairs = [Pair(c.header, masked(c, cell(c, values.get(c.field)))) for c in columns]
            correct_url = f"{reverse('ledgers:correct', args=args)}?{back}" if may else ""
            found.append(Record(pairs, reverse("ledgers:row", args=args), correct_url, values))
        return found

    def part(
        self, section: Section, sheets: Sequence[Sheet], told: Mapping[str, str | None], *, required: bool
    ) -> Part:
        """A section with what it lacks."""
        columns = {column.field: column for column in layouts()["people"].columns}
        pairs = [
            Pair(columns[f].header, told[f] or "", columns[f].essential == "all") for f in section.fields
        ]
        lacking = [pair.label for pair in pairs if pair.needed and not pair.value]
        lacking += _lacking(section, sheets, required=required)
        correct = reverse("people:correct", args=[self.person.uid])
        may_correct = bool(pairs) and self.actor.may("people.correct_person")
        return Part(section, required, pairs, correct if may_correct else "", sheets, lacking)


def _lacking(section: Section, sheets: Sequence[Sheet], *, required: bool) -> list[str]:
    """What the section's own ledger must hold and does not; of a ledger that is closed nothing is told."""
    if not section.ledgers or not sheets[0].is_open:
        return []
    own = sheets[0]
    if not own.count:
        return [own.title] if required else []
    layout = layouts()[own.name]
    empty = [f for f in section.needs if any(r.values.get(f) in (None, "") for r in own.records)]
    return [layout[f].header for f in empty]


def columns_of(bound: Ledger) -> list[Column]:
    """The columns that the form shows: all but references."""
    return [column for column in bound.layout.columns if column.kind != "ref"]


def panel_url(person: Person) -> str:
    """The tab of the form."""
    return reverse("people:panel", args=[person.uid, PANEL])
