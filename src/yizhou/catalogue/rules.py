"""Service items as frozen facts: what a version says, how a bundle hangs together, what may not be wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from yizhou.core.facts import FactError, build, key
from yizhou.policy.rules import Clause, ClauseError, Node, Vocabulary, parse, read_clause

FIELD_KINDS = ("text", "note", "date", "int", "money", "bool", "area", "phone", "choice")


@dataclass(frozen=True)
class ShowWhen:
    """When a box is asked for: the box of the same form named ``field`` holds one of ``values`` (a ticked one: "1")."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One box of an item's form. ``kind``: one of FIELD_KINDS or ``code:TABLE``; ``prefill`` names a fact.

    A box whose ``show_when`` does not hold is neither asked for nor kept.
    """

    name: str
    label: str
    kind: str
    required: bool = False
    prefill: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    show_when: ShowWhen | None = None


@dataclass(frozen=True)
class Eligibility:
    """A condition as it stands in the file; parsed, it is a ``policy`` Clause."""

    label: str
    when: str
    basis: str


@dataclass(frozen=True)
class ItemVersion:
    """What an item says from ``since`` on.

    ``promised_days`` are workdays, 0 is the same day; ``statutory_days`` count in ``statutory_unit``, None
    where the law names none. ``needs`` are items that must be done first, ``done_when`` a condition that
    counts as done without a case, ``effect`` the name of what finishing produces, ``benefits`` the benefit
    types it opens. ``amount`` is an expression in money per ``amount_per``.
    """

    since: date
    name: str
    target: str
    materials: tuple[str, ...]
    lead_dept: str
    co_depts: tuple[str, ...]
    promised_days: int
    result: Literal["certificate", "money", "registration", "service"]
    basis: str
    eligibility_text: str
    online: bool
    agency_ok: bool
    statutory_unit: Literal["workday", "calendar_day"] = "workday"
    statutory_days: int | None = None
    note: str = ""
    needs: tuple[str, ...] = ()
    done_when: str = ""
    effect: str = ""
    benefits: tuple[str, ...] = ()
    amount: str = ""
    amount_per: Literal["month", "year", "once", ""] = ""
    eligibility: tuple[Eligibility, ...] = ()
    fields: tuple[Field, ...] = field(default=(), metadata=key("field"))


@dataclass(frozen=True)
class Item:
    """A service item 办事事项; ``versions`` from the oldest to the newest."""

    code: str
    stage: str
    ring: str
    versions: tuple[ItemVersion, ...] = field(metadata=key("version"))
    bundle: str = ""

    def on(self, day: date) -> ItemVersion | None:
        """The version in force on a day, or None before the first."""
        due = [version for version in self.versions if version.since <= day]
        return max(due, key=lambda version: version.since, default=None)

    @property
    def newest(self) -> ItemVersion:
        """The version with the latest ``since``, whether or not it is in force yet."""
        return max(self.versions, key=lambda version: version.since)


@dataclass(frozen=True)
class Step:
    """One item of a bundle: the department that handles it and the items that must be done before."""

    item: str
    department: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Welcome:
    """One gesture of the welcome ceremony 迎接要素."""

    name: str
    status: Literal["verified", "sample"]


@dataclass(frozen=True)
class Bundle:
    """A 一件事: one form, several items, departments side by side."""

    code: str
    name: str
    slogan: str
    basis: str
    steps: tuple[Step, ...] = field(metadata=key("step"))
    ceremony: str = ""
    welcome: tuple[Welcome, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """The codes of its items in order."""
        return tuple(step.item for step in self.steps)

    def step(self, item: str) -> Step:
        """The step of an item. Raises KeyError."""
        for step in self.steps:
            if step.item == item:
                return step
        raise KeyError(item)

    def waits_for(self, item: str, chosen: Collection[str]) -> tuple[str, ...]:
        """Which of the chosen items must be done before this one may start."""
        return tuple(need for need in self.step(item).needs if need in chosen)


@dataclass(frozen=True)
class Stage:
    """A stage of the life cycle, a stop on the axis."""

    code: str
    name: str
    lifecycle: str


@dataclass(frozen=True)
class Department:
    """A unit that leads or helps with items; ``kind`` groups them (system, county, army …)."""

    code: str
    name: str
    short: str
    kind: Literal["system", "higher", "county", "oversight", "army", "bank", "partner"]


@dataclass(frozen=True)
class Catalogue:
    """Everything, checked, in the order of the life cycle."""

    items: Mapping[str, Item]
    bundles: Mapping[str, Bundle]
    stages: Mapping[str, Stage]
    departments: Mapping[str, Department]
    clauses: Mapping[tuple[str, date], tuple[Clause, ...]]
    amounts: Mapping[tuple[str, date], Node]
    done: Mapping[tuple[str, date], Node]

    @property
    def effects(self) -> frozenset[str]:
        """The names of all effects any version runs when its case is decided."""
        return frozenset(v.effect for item in self.items.values() for v in item.versions if v.effect)


@dataclass(frozen=True)
class Sources:
    """The contents of the files a catalogue is read from: relative path → table."""

    items: Mapping[str, Mapping[str, Any]]
    bundles: Mapping[str, Mapping[str, Any]]
    stages: Mapping[str, Any]
    departments: Mapping[str, Any]
    rings: Collection[str]


def read_catalogue(sources: Sources, vocabulary: Vocabulary) -> Catalogue:
    """The whole catalogue from its files. Raises FactError with file, key, reason and remedy."""
    stages = _rows(Stage, sources.stages, "stages.toml", "stage")
    departments = _rows(Department, sources.departments, "departments.toml", "department")
    order = list(stages)
    files: dict[str, str] = {}
    items: dict[str, Item] = {}
    for file, table in sources.items.items():
        item = build(Item, table, file=file)
        if item.code in items:
            raise FactError(file, f"事项 {item.code} 在 {files[item.code]} 里已有", remedy="改代码或合并")
        items[item.code], files[item.code] = item, file
    reader = _Reader(vocabulary, files, items, departments)
    for item in items.values():
        reader.check_item(item, order, sources.rings)
    ordered = dict(sorted(items.items(), key=lambda pair: (order.index(pair[1].stage), pair[0])))
    bundles = {}
    for file, table in sources.bundles.items():
        bundle = build(Bundle, table, file=file)
        reader.check_bundle(bundle, file)
        bundles[bundle.code] = bundle
    for item in items.values():
        if item.bundle and item.code not in (bundles[item.bundle].items if item.bundle in bundles else ()):
            raise FactError(files[item.code], f"套餐 {item.bundle} 里没有本事项", key="bundle")
    return Catalogue(ordered, bundles, stages, departments, reader.clauses, reader.amounts, reader.done)


def _rows(cls: Any, table: Mapping[str, Any], file: str, name: str) -> dict[str, Any]:
    rows = [build(cls, row, file=file, at=f"{name}[{n}]") for n, row in enumerate(table.get(name, ()), 1)]
    by_code = {row.code: row for row in rows}
    if len(by_code) != len(rows):
        raise FactError(file, "有代码写了两次", key=name)
    return by_code


class _Reader:
    def __init__(
        self,
        vocabulary: Vocabulary,
        files: Mapping[str, str],
        items: Mapping[str, Item],
        departments: Mapping[str, Department],
    ) -> None:
        self.vocabulary, self.files, self.items, self.departments = vocabulary, files, items, departments
        self.clauses: dict[tuple[str, date], tuple[Clause, ...]] = {}
        self.amounts: dict[tuple[str, date], Node] = {}
        self.done: dict[tuple[str, date], Node] = {}

    def check_item(self, item: Item, stages: list[str], rings: Collection[str]) -> None:
        file = self.files[item.code]
        if item.stage not in stages:
            raise FactError(file, f"没有阶段“{item.stage}”", key="stage", remedy=f"可写：{'、'.join(stages)}")
        if item.ring not in rings:
            raise FactError(
                file, f"没有环“{item.ring}”", key="ring", remedy=f"可写：{'、'.join(sorted(rings))}"
            )
        if not file.endswith(f"/{item.stage}/{item.code}.toml"):
            raise FactError(
                file, "文件名与阶段、代码不符", remedy=f"应为 items/{item.stage}/{item.code}.toml"
            )
        if len({version.since for version in item.versions}) != len(item.versions) or not item.versions:
            raise FactError(file, "每个版本的 since 须各不相同，且至少有一版", key="version")
        for number, version in enumerate(item.versions, 1):
            self.check_version(item, version, f"version[{number}]")

    def check_version(self, item: Item, version: ItemVersion, at: str) -> None:
        file = self.files[item.code]
        for code in (version.lead_dept, *version.co_depts):
            self.known(code, self.departments, "单位", file, at)
        for code in version.needs:
            self.known(code, self.items, "前置事项", file, f"{at}.needs")
        for code in version.benefits:
            self.known(code, self.vocabulary.codes["benefit_type"].labels, "待遇类别", file, f"{at}.benefits")
        if version.effect and not re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z]+)+", version.effect):
            raise FactError(file, "effect 应写成 包名.动作", key=at, remedy="如 honours.issue_card")
        self.check_limits(version, file, at)
        self.check_fields(version, file, at)
        self.parse_texts(item, version, at)

    def known(self, code: str, known: Iterable[str], what: str, file: str, at: str) -> None:
        if code not in known:
            raise FactError(file, f"没有{what}“{code}”", key=at, remedy="检查拼写，或先登记它")

    def check_limits(self, version: ItemVersion, file: str, at: str) -> None:
        if version.promised_days < 0:
            raise FactError(file, "承诺时限不能为负", key=f"{at}.promised_days")
        if version.statutory_days is None:
            return
        # The promise counts workdays: five of them take a week of the law's calendar days.
        calendar = version.statutory_unit == "calendar_day"
        if version.promised_days * (7 if calendar else 5) > version.statutory_days * 5:
            raise FactError(
                file, "承诺时限超过法定时限", key=f"{at}.promised_days", remedy="承诺只能短于或等于法定"
            )

    def check_fields(self, version: ItemVersion, file: str, at: str) -> None:
        for number, box in enumerate(version.fields, 1):
            place = f"{at}.field[{number}]"
            table = box.kind.removeprefix("code:") if box.kind.startswith("code:") else ""
            if (table not in self.vocabulary.codes) if table else (box.kind not in FIELD_KINDS):
                raise FactError(
                    file, f"不认识的 kind“{box.kind}”", key=place, remedy=f"可写：{'、'.join(FIELD_KINDS)}"
                )
            if (box.kind == "choice") != bool(box.choices):
                raise FactError(file, "kind 为 choice 时写 choices，其余不写", key=place)
            if box.prefill:
                self.known(box.prefill, self.vocabulary.facts, "事实", file, place)
        if len({box.name for box in version.fields}) != len(version.fields):
            raise FactError(file, "表单里有同名的格子", key=f"{at}.field")
        before: dict[str, Field] = {}
        for number, box in enumerate(version.fields, 1):
            if box.show_when:
                self.check_show_when(box.show_when, before, file, f"{at}.field[{number}].show_when")
            before[box.name] = box

    def check_show_when(self, shown: ShowWhen, before: Mapping[str, Field], file: str, at: str) -> None:
        self.known(shown.field, before, "排在前面的格子", file, at)
        box = before[shown.field]
        known: Collection[str] = ("1",) if box.kind == "bool" else box.choices
        if box.kind.startswith("code:"):
            known = self.vocabulary.codes[box.kind.removeprefix("code:")].labels
        for value in shown.values:
            self.known(value, known, f"{box.label}的选项", file, f"{at}.values")
        if not shown.values:
            raise FactError(file, "没有写 values", key=at, remedy="写出显示本格的选项")

    def parse_texts(self, item: Item, version: ItemVersion, at: str) -> None:
        place = item.code, version.since
        file = self.files[item.code]
        if bool(version.amount) != bool(version.amount_per):
            raise FactError(file, "amount 与 amount_per 须同时写", key=at)
        try:
            self.clauses[place] = tuple(
                read_clause(clause.label, clause.when, clause.basis, self.vocabulary)
                for clause in version.eligibility
            )
            if version.amount:
                self.amounts[place] = parse(version.amount, self.vocabulary, wanted="money")
            if version.done_when:
                self.done[place] = parse(version.done_when, self.vocabulary)
        except ClauseError as problem:
            raise FactError(file, str(problem).rstrip("。"), key=at) from problem

    def check_bundle(self, bundle: Bundle, file: str) -> None:
        before: set[str] = set()
        for number, step in enumerate(bundle.steps, 1):
            at = f"step[{number}]"
            self.known(step.item, self.items, "事项", file, at)
            self.known(step.department, self.departments, "单位", file, at)
            for need in step.needs:
                self.known(need, self.items, "前置事项", file, at)
                if need in bundle.items and need not in before:
                    raise FactError(
                        file, f"前置事项 {need} 排在 {step.item} 之后", key=at, remedy="前置的写在前面"
                    )
            if step.item in before:
                raise FactError(file, f"事项 {step.item} 写了两次", key=at)
            before.add(step.item)
        self.check_shared_boxes(bundle, file)

    def check_shared_boxes(self, bundle: Bundle, file: str) -> None:
        """A box that two items of a bundle share is asked for once: they may not differ in when."""
        seen: dict[str, tuple[str, ShowWhen | None]] = {}
        for code in bundle.items:
            for box in self.items[code].newest.fields:
                other, shown = seen.setdefault(box.name, (code, box.show_when))
                if shown != box.show_when:
                    raise FactError(
                        file,
                        f"格子 {box.name} 在 {other} 与 {code} 中的 show_when 不同",
                        key="step",
                        remedy="改成一致，或换一个名字",
                    )
