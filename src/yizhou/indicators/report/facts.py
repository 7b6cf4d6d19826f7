"""The chapters of the annual report as facts: ``data/report/annual.toml`` (甲式) and ``annual_county.toml`` (乙式)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from yizhou.core.facts import FactError, build, key, read_toml
from yizhou.indicators.facts import facts
from yizhou.indicators.report.language import Clause, Number, SentenceError, Target, parse

FILES = {"city": "report/annual.toml", "county": "report/annual_county.toml"}
FormName = Literal["city", "county"]
Compared = Literal["change", "difference", "points"]


@dataclass(frozen=True)
class Sentence:
    """One sentence. ``missing``: clause 分, sentence 句, dash 线; ``zero``: print 写, drop 删; ``compare`` which changes."""

    id: str
    text: str
    rule: str
    compare: tuple[Compared, ...] = ()
    missing: Literal["clause", "sentence", "dash"] = "sentence"
    zero: Literal["print", "drop"] = "print"
    missing_reason: str = ""
    zero_note: str = ""
    drop_when_empty: bool = False
    neutral: bool = False

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its text taken apart."""
        return parse(self.text)

    @property
    def codes(self) -> list[str]:
        """Indicators that it names, targets included."""
        tokens = [token for clause in self.clauses for token in clause.tokens]
        return [token.code for token in tokens if isinstance(token, Number | Target)]


@dataclass(frozen=True)
class Section:
    """A chapter ("A1") or a section of one ("A1.1"); the opening ("A0") has no printed heading."""

    id: str
    title: str
    ring: str
    side_rings: tuple[str, ...] = ()
    table: str = ""
    figure: str = ""
    sentences: tuple[Sentence, ...] = field(default=(), metadata=key("sentence"))

    @property
    def is_opening(self) -> bool:
        """Whether it is the words before the first chapter."""
        return self.id.endswith("0") and "." not in self.id

    @property
    def level(self) -> int:
        """2 for a chapter, 3 for a section of one."""
        return 3 if "." in self.id else 2


@dataclass(frozen=True)
class Loan:
    """A sentence of the other form that may be added behind a section."""

    sentence: str
    after: str


@dataclass(frozen=True)
class Form:
    """A whole report; ``key_figures`` are the indicators of the cards above it."""

    title: str
    sections: tuple[Section, ...] = field(metadata=key("section"))
    borrow: tuple[Loan, ...] = ()
    key_figures: tuple[str, ...] = ()

    @property
    def sentences(self) -> dict[str, Sentence]:
        """All sentences by id."""
        return {sentence.id: sentence for section in self.sections for sentence in section.sentences}


@lru_cache(maxsize=4)
def form(name: FormName) -> Form:
    """The form of that name. Raises FactError where a sentence cannot be read or names an unknown indicator."""
    file = FILES[name]
    found = build(Form, read_toml(file), file=file)
    if unknown := [code for code in found.key_figures if code not in facts()]:
        raise FactError(file, f"没有指标 {'、'.join(unknown)}", key="key_figures")
    for sentence in found.sentences.values():
        try:
            strangers = [code for code in sentence.codes if code not in facts()]
        except SentenceError as error:
            raise FactError(file, str(error), key=sentence.id) from error
        if strangers:
            raise FactError(file, f"没有指标 {'、'.join(strangers)}", key=sentence.id)
    return found


def other(name: FormName) -> FormName:
    """The form from which sentences may be borrowed."""
    return "county" if name == "city" else "city"
