"""The collection form as facts (``data/collection_form.toml``): twelve groups of people, sections in the paper's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from yizhou.core.facts import FactError, build, read_toml
from yizhou.ledgers.columns import code_table, layouts
from yizhou.ledgers.ledger import LEDGERS
from yizhou.people.plugs import FORM

FILE = "collection_form.toml"
ALL = "ALL"


@dataclass(frozen=True)
class Group:
    """One of the twelve kinds of people whose data are collected (采集对象)."""

    code: str
    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A section of the paper. ``fields`` are columns of the people ledger, ``ledgers`` what the section asks, the
    first of them the chief one, whose rows must fill ``needs``; ``shows`` are kept elsewhere and listed where they hold
    rows; ``plug`` is a sheet that another package brings (``people.plugs.FORM``)."""

    name: str
    title: str
    note: str = ""
    fields: tuple[str, ...] = ()
    ledgers: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    single: bool = False
    plug: str = ""

    def applies_to(self, groups: Sequence[str]) -> bool:
        """Whether somebody of these groups fills it in."""
        return not self.groups or bool(set(self.groups) & set(groups))

    def is_required_of(self, groups: Sequence[str]) -> bool:
        """Whether somebody of these groups must fill it in."""
        return ALL in self.required or bool(set(self.required) & set(groups))


@dataclass(frozen=True)
class Form:
    """The whole form."""

    groups: tuple[Group, ...]
    sections: tuple[Section, ...]

    def groups_of(self, categories: Sequence[str]) -> list[Group]:
        """The groups of a person, that of the primary category first."""
        by_category = {category: group for group in self.groups for category in group.categories}
        return list(dict.fromkeys(by_category[c] for c in categories if c in by_category))

    def sections_of(self, groups: Sequence[Group]) -> list[Section]:
        """The union of the sections of these groups, in the paper's order."""
        codes = [group.code for group in groups]
        return [section for section in self.sections if section.applies_to(codes)]


@lru_cache(maxsize=1)
def form() -> Form:
    """The form. Raises ``FactError`` for what it names and nobody knows, and for a category without a group."""
    told = read_toml(FILE)
    groups = tuple(build(Group, row, file=FILE, at=f"group[{n}]") for n, row in enumerate(told["group"], 1))
    sections = tuple(
        build(Section, row, file=FILE, at=f"section[{n}]") for n, row in enumerate(told["section"], 1)
    )
    grouped = [category for group in groups for category in group.categories]
    if sorted(grouped) != sorted(code_table("person_category").names):
        raise FactError(FILE, "每个人员类别应恰好归入一类采集对象", key="group", remedy="对照人员类别代码表")
    for section in sections:
        _check(section, {group.code for group in groups})
    return Form(groups, sections)


def _check(section: Section, groups: set[str]) -> None:
    at = f"section {section.name}"
    if unknown := {*section.groups, *section.required} - groups - {ALL}:
        raise FactError(FILE, f"没有采集对象“{min(unknown)}”", key=at, remedy="填 group 里的 code")
    about_people = {name for name, bound in LEDGERS.items() if bound.person == "person_id"}
    if unknown := {*section.ledgers, *section.shows} - about_people:
        raise FactError(FILE, f"没有这本关于人的台账“{min(unknown)}”", key=at, remedy="填台账名")
    if section.plug and section.plug not in FORM:
        raise FactError(FILE, f"没有哪个模块提供“{section.plug}”", key=at, remedy="核对 plug")
    if unknown := set(section.fields) - {column.field for column in layouts()["people"].columns}:
        raise FactError(FILE, f"人员台账没有列“{min(unknown)}”", key=at, remedy="填人员台账的字段名")
    own = {column.field for name in section.ledgers[:1] for column in layouts()[name].columns}
    if unknown := set(section.needs) - own:
        raise FactError(FILE, f"本节的台账没有列“{min(unknown)}”", key=at, remedy="填该台账的字段名")
