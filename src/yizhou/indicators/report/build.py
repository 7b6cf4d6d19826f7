"""The annual report of a division for a year: chapters with their filled sentences; what all reports share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.indicators.drafts import draft_of
from yizhou.indicators.facts import definitions_version, facts
from yizhou.indicators.measures import Number as Amount
from yizhou.indicators.models import Snapshot
from yizhou.indicators.periods import Kind, Term
from yizhou.indicators.queries import NOT_STARTED, Figure, compute, measure_many, scope_for, started
from yizhou.indicators.report.compose import Filled, Setting, fill
from yizhou.indicators.report.facts import FormName, Section, Sentence, form, other
from yizhou.indicators.report.language import BESIDE, Context, Number, Words, parse
from yizhou.indicators.report.tables import Table, tables_of
from yizhou.indicators.rules import Draft
from yizhou.indicators.scope import Scope
from yizhou.indicators.snapshots import REDEFINED, comparable, newest
from yizhou.indicators.wording import date_words
from yizhou.orgs.models import Division, Level
from yizhou.orgs.queries import full_division_name

NOTHING = "本期无此项业务记录。"
OFFICE = "退役军人事务局"


class Measured:
    """Numbers of a scope and of the year before, each measured once.

    Where the same period of the year before was frozen, ``frozen`` holds what was then: it is compared with.
    """

    def __init__(self, scope: Scope, frozen: Snapshot | None = None) -> None:
        self.scope = scope
        self.frozen = frozen
        self._known: dict[str, tuple[Figure, Figure]] = {}

    def prepare(self, codes: Iterable[str]) -> None:
        """Measure what will be asked for together, which takes fewer passes than one by one."""
        fresh = [code for code in dict.fromkeys(codes) if code not in self._known]
        begun = started(fresh, self.scope)
        held = self.frozen.values if self.frozen else {}
        earlier = self.scope.a_year_earlier()
        again = [code for code in begun if code not in held]
        wanted = [*((code, self.scope) for code in begun), *((code, earlier) for code in again)]
        measured = measure_many(wanted)
        now = dict(zip(begun, measured, strict=False))
        before = dict(zip(again, measured[len(begun) :], strict=True))
        before |= {code: comparable(code, held[code]) for code in fresh if code in held}
        for code in fresh:
            absent = Figure(facts()[code], None, reason=NOT_STARTED)
            self._known[code] = now.get(code, absent), before.get(code, absent)

    def now(self, code: str) -> Figure:
        """The indicator in the period; None where its ledger never had a row in the area."""
        self.prepare([code])
        return self._known[code][0]

    def before(self, code: str) -> Figure:
        """The same a year earlier."""
        self.prepare([code])
        return self._known[code][1]

    def everything(self) -> dict[str, Figure]:
        """Every indicator as ``compute`` answers: what was measured here already is not measured again."""
        known = {code: now for code, (now, _) in self._known.items() if now.reason != NOT_STARTED}
        known |= compute([code for code in facts() if code not in known], self.scope)
        return {code: known[code] for code in facts()}


@dataclass(frozen=True)
class FilledSection:
    """A section with what is left of its sentences; without any it says that there was no business."""

    section: Section
    sentences: tuple[Filled, ...]
    nothing: str = ""

    @classmethod
    def of(cls, section: Section, found: Iterable[Filled | None]) -> FilledSection:
        """With the words for a section of which no sentence is left; one that never had any needs none."""
        sentences = tuple(sentence for sentence in found if sentence)
        return cls(section, sentences, NOTHING if section.sentences and not sentences else "")


@dataclass(frozen=True)
class Stored:
    """What a frozen report brings along instead of making it anew."""

    tables: tuple[Table, ...]
    definition_rows: tuple[tuple[str, ...], ...]
    name: str
    cards: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Report:
    """A finished report. ``drawn_at`` is the moment of the data; ``measured`` also serves the checks.

    One that was frozen is not measured again: it brings what it prints along in ``stored``. ``below``: indicators of
    the divisions that it looked at, by code and division.
    """

    form: FormName
    title: str
    org: str
    term: Term
    scope: Scope
    sections: tuple[FilledSection, ...]
    measured: Measured | None = field(repr=False)
    drawn_at: dt.datetime
    definitions: str = field(default_factory=definitions_version)
    notes: tuple[str, ...] = ()
    stored: Stored | None = None
    below: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    heading: Draft = field(default_factory=Draft)

    @property
    def year(self) -> int:
        """The year that it is about."""
        return self.term.year

    @property
    def numbers(self) -> Measured:
        """What it was filled from; a frozen report has nothing of the kind."""
        assert self.measured is not None, f"{self.title}: a frozen report is not measured again"
        return self.measured

    @cached_property
    def sentences(self) -> list[Filled]:
        """All sentences in order."""
        return [sentence for section in self.sections for sentence in section.sentences]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables behind the chapters of a year: made when first asked for, as not every page shows them."""
        if self.stored:
            return self.stored.tables
        if self.term.kind != "annual":
            return ()
        return tuple(made for filled in self.sections for made in tables_of(filled.section.id, self.scope))

    @property
    def codes(self) -> list[str]:
        """Indicators that it prints, in order, each once."""
        return list(dict.fromkeys(p.code for s in self.sentences for p in s.pieces if p.is_number))


@dataclass(frozen=True)
class Wish:
    """Which report: a year, a division ("" for all), aims, sentences of the other form; else a part of the year."""

    year: int
    area: str = ""
    targets: Mapping[str, Amount] = field(default_factory=dict)
    borrow: bool = False
    kind: Kind = "annual"
    part: int = 1

    @property
    def term(self) -> Term:
        """Its time."""
        return Term(self.kind, self.year, self.part)


@dataclass(frozen=True)
class Place:
    """The division of a report: its scope, its form, its office, how the report calls it."""

    scope: Scope
    form: FormName
    org: str
    common: str


def place_of(wish: Wish, actor: Actor) -> Place:
    """The division of a wish. Raises ``UnknownArea``."""
    scope = scope_for(actor, wish.area, *wish.term.period)
    division = Division.objects.filter(area_code=scope.area).first() if scope.area else None
    name: FormName = "city" if division is None or division.level == Level.CITY else "county"
    org = (full_division_name(scope.area) or (division.name if division else "市")) + OFFICE
    return Place(scope, name, org, commonly(division))


def context_of(place: Place, term: Term) -> dict[str, str]:
    """What sentences and titles know beside the numbers."""
    return {
        "year": str(term.year),
        "next_year": str(term.year + 1),
        "period": term.label,
        "span": term.span,
        "org": place.org,
        "area": place.common,
        "to": date_words(int(f"{place.scope.last:%Y%m%d}")),
    }


def annual(wish: Wish, actor: Actor) -> Report:
    """The report of a year, inside what the actor may see. Raises ``UnknownArea``."""
    place = place_of(wish, actor)
    context, chosen = context_of(place, wish.term), form(place.form)
    numbers = Measured(place.scope, newest(place.scope.area, wish.term.a_year_earlier.code))
    numbers.prepare(code for sentence in chosen.sentences.values() for code in sentence.codes)
    heading = draft_of(place.scope.area, wish.term.code)
    formats = target_formats(chosen.sentences.values())
    setting = Setting(numbers, context, wish.targets or heading.targets, formats)
    sections = tuple(_filled(section, setting, place.form, borrow=wish.borrow) for section in chosen.sections)
    title = titled(chosen.title, context)
    made = Report(place.form, title, place.org, wish.term, place.scope, sections, numbers, clock.now())
    return replace(made, notes=compared_with(numbers, made.codes), heading=heading)


def compared_with(numbers: Measured, codes: Iterable[str]) -> tuple[str, ...]:
    """Footnotes: with which frozen numbers it was compared, and what was not because its definition changed."""
    if numbers.frozen is None:
        return ()
    changed = [facts()[code].name for code in codes if numbers.before(code).reason == REDEFINED]
    told = [f"上年数取自统计快照“{numbers.frozen}”"]
    return (*told, f"{'、'.join(changed)}{REDEFINED}") if changed else tuple(told)


def titled(title: str, context: Mapping[str, str]) -> str:
    """The title with its context, without blanks."""
    tokens = [token for clause in parse(title) for token in clause.tokens]
    words = (
        context[t.name] if isinstance(t, Context) else t.text
        for t in tokens
        if isinstance(t, Context | Words)
    )
    return "".join(words).replace(" ", "")


def _filled(section: Section, setting: Setting, name: FormName, *, borrow: bool) -> FilledSection:
    lent = form(other(name)).sentences
    wanted = list(section.sentences)
    if borrow:
        wanted += [lent[loan.sentence] for loan in form(name).borrow if loan.after == section.id]
    return FilledSection.of(section, (fill(sentence, setting) for sentence in wanted))


def target_formats(sentences: Iterable[Sentence]) -> dict[str, str]:
    """How each indicator's target is written: as the indicator itself where it first stands."""
    found: dict[str, str] = {}
    for sentence in sentences:
        for clause in sentence.clauses:
            for token in clause.tokens:
                if isinstance(token, Number) and token.format not in (*BESIDE, "num", "den", "list", "cn"):
                    found.setdefault(token.code, token.format)
    return found


def commonly(division: Division | None) -> str:
    """全市, 全县, 全区, 全镇, 全街道, 全村: how a report calls its own division."""
    name = division.name if division else "市"
    endings = ("街道", "社区", "市", "县", "区", "镇", "乡", "村")
    return "全" + next((ending for ending in endings if name.endswith(ending)), "辖区")
