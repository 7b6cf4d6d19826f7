"""季报 and 月报: sentences of the annual report, each flow with its number since January beside it (outline §3)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import get_args

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.facts import FactError, build, key, read_toml
from yizhou.indicators.comparing import Change, compare
from yizhou.indicators.drafts import aims_for, draft_of
from yizhou.indicators.facts import facts
from yizhou.indicators.festival import holds_spring_festival, is_occasion_month
from yizhou.indicators.measures import Number
from yizhou.indicators.periods import Kind, Term
from yizhou.indicators.queries import Figure, by_child, measure_many
from yizhou.indicators.report.build import (
    FilledSection,
    Measured,
    Place,
    Report,
    Wish,
    compared_with,
    context_of,
    place_of,
    target_formats,
    titled,
)
from yizhou.indicators.report.compose import Filled, Piece, Setting, fill, written
from yizhou.indicators.report.facts import Compared, Section, Sentence, form
from yizhou.indicators.snapshots import comparable_below, newest
from yizhou.indicators.wording import change_words, decimals, percent

FILE = "report/periodic.toml"
NOT_PRINTED = "不进本期报告"
STEP = Decimal(5)
"""A rate that fell by more points than this is named among the problems."""

COMPARED: tuple[Compared, ...] = get_args(Compared)
PROBLEMS = "存在问题"
NO_PROBLEM = "没有比上年同期下降超过 5 个百分点的率。"
NO_PROBLEM_NOR_SHORT = "没有低于目标或比上年同期下降超过 5 个百分点的率。"
"""For who has aims."""


@dataclass(frozen=True)
class Short:
    """A sentence of the annual report in the words of these reports."""

    id: str
    text: str


@dataclass(frozen=True)
class Part:
    """One part of them: the sections it stands for, the indicators printed monthly and those added quarterly."""

    title: str
    sections: tuple[str, ...]
    monthly: tuple[str, ...]
    quarterly: tuple[str, ...]
    only_in_occasion_months: tuple[str, ...] = ()
    sentences: tuple[Short, ...] = field(default=(), metadata=key("sentence"))

    def codes(self, kind: Kind) -> tuple[str, ...]:
        """Indicators of the part."""
        return self.monthly if kind == "monthly" else (*self.monthly, *self.quarterly)


@dataclass(frozen=True)
class Periodic:
    """The whole file."""

    title: str
    cumulative_only: tuple[str, ...]
    parts: tuple[Part, ...] = field(metadata=key("part"))


@lru_cache(maxsize=1)
def periodic_facts() -> Periodic:
    """The parts. Raises FactError for a sentence that the annual report does not have."""
    found = build(Periodic, read_toml(FILE), file=FILE)
    strangers = [s.id for part in found.parts for s in part.sentences if s.id not in _annual_sentences()]
    if strangers:
        raise FactError(FILE, f"年度报告没有句号 {'、'.join(strangers)}", key="part.sentence")
    return found


@lru_cache(maxsize=1)
def _annual_sentences() -> dict[str, Sentence]:
    return {**form("city").sentences, **form("county").sentences}


def sentences_of(part: Part, kind: Kind) -> list[Sentence]:
    """The sentences of a part whose printed half names nothing that is not in the report."""
    found = []
    for short in part.sentences:
        sentence = dataclasses.replace(_annual_sentences()[short.id], text=short.text, compare=COMPARED)
        must = {
            number.code for clause in sentence.clauses if not clause.optional for number in clause.numbers
        }
        if must <= set(part.codes(kind)) and set(sentence.codes) & set(part.codes(kind)):
            found.append(sentence)
    return found


class Spans:
    """Numbers of the period, since January, and of the period before; only those ``allowed`` are printed."""

    def __init__(self, place: Place, term: Term, allowed: Iterable[str]) -> None:
        self.term = term
        self.allowed = frozenset(allowed)
        self.period = Measured(place.scope, newest(place.scope.area, term.a_year_earlier.code))
        self.year = Measured(place.scope.during(*term.since_january))
        self.earlier = place.scope.during(*term.previous.period)
        self.below: dict[str, dict[str, Figure]] = {}
        self._previous: dict[str, Figure] = {}

    def prepare(self) -> None:
        """Measure everything together."""
        codes = sorted(self.allowed)
        self.period.prepare(codes)
        self.year.prepare(codes)
        if self.term.kind == "monthly":
            figures = measure_many([(code, self.earlier) for code in codes])
            self._previous = dict(zip(codes, figures, strict=True))

    def now(self, code: str) -> Figure:
        """The number that is printed first."""
        if code not in self.allowed:
            return Figure(facts()[code], None, reason=NOT_PRINTED)
        return self.of(code).now(code)

    def before(self, code: str) -> Figure:
        """The same a year earlier."""
        return self.of(code).before(code)

    def previous(self, code: str) -> Figure | None:
        """The number of the month before; quarters are not compared with each other."""
        return self._previous.get(code)

    def divisions(self, code: str) -> list[tuple[str, str, Figure, Figure]]:
        """Name and code of each division below with its number now and a year earlier, from the snapshot that the
        whole is compared with where there is one.
        """
        measured = self.of(code)
        now = by_child(code, measured.scope)
        self.below[code] = {division.area_code: figure for division, figure in now}
        if measured.frozen:
            before = comparable_below(code, measured.frozen)
        else:
            earlier = by_child(code, measured.scope.a_year_earlier())
            before = {division.area_code: figure for division, figure in earlier}
        nothing = Figure(facts()[code], None)
        return [(d.name, d.area_code, figure, before.get(d.area_code, nothing)) for d, figure in now]

    def of(self, code: str) -> Measured:
        """Where the number that is printed first is measured: since January for some rates."""
        return self.year if code in periodic_facts().cumulative_only else self.period


@dataclass(frozen=True)
class Brackets:
    """What stands in brackets behind a number: changes, and the number since January."""

    spans: Spans
    formats: dict[str, str]

    def __call__(self, figure: Figure, sentence: Sentence) -> list[Piece]:  # noqa: ARG002  # as the setting wants it
        """（同比增长3.2%，环比下降1.0%，年初以来累计2400人次）; of what stands only the number itself is printed."""
        code, nature = figure.fact.code, figure.fact.nature
        if nature not in ("flow", "rate"):
            return []
        words = self._changes(figure)
        if code in periodic_facts().cumulative_only:
            return [Piece(f"（{words}）", code, "yoy")] if words else []
        whole = self.spans.year.now(code)
        if whole.value is None:
            return [Piece(f"（{words}）", code, "yoy")] if words else []
        lead = f"（{words}{'，' if words else ''}年初以来{'累计' if nature == 'flow' else ''} "
        written_as = self.formats.get(code, "int")
        number = Piece(written(written_as, whole.value, ()), code, written_as, whole.value, cumulative=True)
        unit = f" {figure.fact.unit}" if written_as == "int" else ""
        return [Piece(lead, code, "yoy"), number, Piece(f"{unit}{self._since_january(whole)}）")]

    def _changes(self, figure: Figure) -> str:
        code, nature = figure.fact.code, figure.fact.nature
        told = []
        if not holds_spring_festival(self.spans.term):
            told.append(("同比", compare(nature, figure.value, self.spans.before(code).value)))
        previous = self.spans.previous(code)
        if previous is not None and code not in periodic_facts().cumulative_only:
            told.append(("环比", compare(nature, figure.value, previous.value)))
        return "，".join(word + change_words(change) for word, change in told if change)

    def _since_january(self, whole: Figure) -> str:
        """In February the two months together are compared, as the festival wanders between them."""
        term = self.spans.term
        if (term.kind, term.part) != ("monthly", 2):
            return ""
        change = compare(whole.fact.nature, whole.value, self.spans.year.before(whole.fact.code).value)
        return f"，1—2月合计同比{change_words(change)}" if change else ""


def periodic(wish: Wish, actor: Actor) -> Report:
    """The report of a quarter or a month. Raises ``UnknownArea``."""
    place, term = place_of(wish, actor), wish.term
    told = periodic_facts()
    spans = Spans(place, term, [code for part in told.parts for code in part.codes(term.kind)])
    spans.prepare()
    context = context_of(place, term)
    made = (_section(n, part, spans, context) for n, part in enumerate(told.parts, 1))
    sections = [section for section in made if section]
    if term.kind == "quarterly":
        aims = wish.targets or aims_for(place.scope.area, term.year)
        sections.append(_problems(len(sections) + 1, aims, spans))
    numbered = tuple(
        dataclasses.replace(filled, section=_named(n, filled.section)) for n, filled in enumerate(sections, 1)
    )
    title = titled(told.title, context)
    notes = compared_with(spans.period, sorted(spans.allowed))
    return Report(
        place.form,
        title,
        place.org,
        term,
        place.scope,
        numbered,
        spans.period,
        clock.now(),
        notes=notes,
        below=spans.below,
        heading=draft_of(place.scope.area, term.code),
    )


def _named(number: int, section: Section) -> Section:
    return dataclasses.replace(section, title=f"{'一二三四五六七八九十'[number - 1]}、{section.title}")


def _section(number: int, part: Part, spans: Spans, context: dict[str, str]) -> FilledSection | None:
    """A part of which nothing is printed at all in this kind of report is left out."""
    wanted = sentences_of(part, spans.term.kind)
    if not wanted:
        return None
    formats = target_formats(wanted)
    setting = Setting(spans, context, formats=formats, beside=Brackets(spans, formats))
    made = [fill(sentence, setting) for sentence in wanted if _is_due(sentence, part, spans)]
    section = Section(f"P{number}", part.title, "AXIS", sentences=tuple(wanted))
    return FilledSection.of(section, made)


def _is_due(sentence: Sentence, part: Part, spans: Spans) -> bool:
    """What is printed in months of greeting only; a number that is there is never kept back."""
    held = set(sentence.codes) & set(part.only_in_occasion_months)
    if not held or spans.term.kind != "monthly" or is_occasion_month(spans.term):
        return True
    return any(spans.now(code).value for code in held)


def _problems(number: int, aims: Mapping[str, Number], spans: Spans) -> FilledSection:
    """Rates under their aim, and rates that fell, here and in the divisions below."""
    found = []
    for code in sorted(spans.allowed, key=lambda code: facts()[code].order):
        if facts()[code].nature == "rate":
            found += _fallen(code, aims.get(code), spans)
    if not found:
        has_aims = any(facts()[code].nature == "rate" for code in aims if code in spans.allowed)
        found = [Filled("P-0", (Piece(NO_PROBLEM_NOR_SHORT if has_aims else NO_PROBLEM),))]
    return FilledSection(Section(f"P{number}", PROBLEMS, "AXIS"), tuple(found))


def _fallen(code: str, aim: Number | None, spans: Spans) -> list[Filled]:
    measured = spans.of(code)
    whole = (_whole_name(measured.scope.area), "", measured.now(code), measured.before(code))
    found = []
    for name, area, figure, earlier in [whole, *spans.divisions(code)]:
        words = _complaint(figure, earlier, aim)
        if words and figure.value is not None:
            rate = Piece(percent(figure.value), code, "%", figure.value, earlier.value, area=area)
            lead = Piece(f"{figure.fact.name}：{name} ")
            found.append(Filled(f"P-{code}{'-' + area if area else ''}", (lead, rate, Piece(f"{words}。"))))
    return found


def _whole_name(area: str) -> str:
    """How the whole is called beside its divisions."""
    return "本级" if area else "全部"


def _complaint(figure: Figure, earlier: Figure, aim: Number | None) -> str:
    """Why a rate is a problem; "" where it is none."""
    words = ""
    if figure.value is None:
        return words
    if aim is not None and figure.value < aim:
        words += f"，低于目标{decimals(aim)}%"
    change: Change | None = compare("rate", figure.value, earlier.value)
    if change and change.amount < -STEP:
        words += f"，比上年同期降低{-change.amount:.1f}个百分点"
    return words
