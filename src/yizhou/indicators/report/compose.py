"""Sentences filled with numbers: what is missing goes or prints a dash, zeros and changes follow §0.2 and §0.3.

Pure given the numbers: ``Numbers`` answers for codes, nothing here asks the database.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

from yizhou.indicators.comparing import Change, compare
from yizhou.indicators.facts import Nature
from yizhou.indicators.measures import Number as Amount
from yizhou.indicators.queries import Figure
from yizhou.indicators.report.facts import Sentence
from yizhou.indicators.report.language import BESIDE, Clause, Context, Number, Target, Token, Words
from yizhou.indicators.wording import (
    change_in_document,
    chinese,
    counting,
    date_words,
    percent,
    two_places,
    with_unit,
)

PUNCTUATION = "，、；：。"
NOT_STARTED = "台账未启用"
COMPARED: dict[Nature, str] = {"flow": "change", "stock": "difference", "rate": "points"}
DASH = "—"


class Numbers(Protocol):
    """Where the numbers come from."""

    def now(self, code: str) -> Figure:
        """The indicator in the period; an owning ledger that never had a row makes the value None."""

    def before(self, code: str) -> Figure:
        """The same a year earlier."""


@dataclass(frozen=True)
class Piece:
    """A run of the finished sentence: plain words, or a number that opens (``code`` set).

    ``shown`` is how it reads, without thousands marks; ``value`` the number behind; ``reason`` why there is none.
    ``cumulative``: counted from the first of January on; ``area``: of that division where not of the report's own.
    """

    shown: str
    code: str = ""
    format: str = ""
    value: Amount | None = None
    before: Amount | None = None
    reason: str = ""
    cumulative: bool = False
    area: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a number that opens into its definition."""
        return bool(self.code) and self.format not in BESIDE


@dataclass(frozen=True)
class Filled:
    """A finished sentence."""

    id: str
    pieces: tuple[Piece, ...]
    neutral: bool = False

    @property
    def text(self) -> str:
        """As it is printed in a document: without the blanks that help reading on screen."""
        return "".join(piece.shown.replace(" ", "") for piece in self.pieces)


Beside = Callable[[Figure, Sentence], list[Piece]]


@dataclass(frozen=True)
class Setting:
    """What sentences know besides the numbers. ``formats`` says how an indicator's target is written, ``beside``
    what stands in brackets behind a number where that is not the change against the year before.
    """

    numbers: Numbers
    context: Mapping[str, str]
    targets: Mapping[str, Amount] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    beside: Beside | None = None


def fill(sentence: Sentence, setting: Setting) -> Filled | None:
    """The finished sentence, or None where it goes."""
    if _goes_altogether(sentence, setting):
        return None
    made = [(clause, _clause(clause, sentence, setting)) for clause in sentence.clauses]
    if sentence.missing == "sentence" and any(got is None and not clause.optional for clause, got in made):
        return None
    optional = [got for clause, got in made if clause.optional]
    if sentence.drop_when_empty and optional and not any(optional):
        return None
    pieces: list[Piece] = []
    for _, group in groupby(made, key=lambda pair: pair[0].optional):
        pieces += _row(list(group))
    pieces = _punctuated(pieces)
    return Filled(sentence.id, tuple(pieces), sentence.neutral) if pieces else None


def _row(group: list[tuple[Clause, list[Piece] | None]]) -> list[Piece]:
    """Clauses side by side: the first that is kept begins with the mark with which the first of them began."""
    first = group[0][0]
    pieces: list[Piece] = []
    for clause, got in group:
        if got:
            pieces += _with_lead(got, _lead(first)) if not pieces and clause is not first else got
    return pieces


def _goes_altogether(sentence: Sentence, setting: Setting) -> bool:
    """The exceptions of the rule column that concern a whole sentence (``zero_note``)."""
    return sentence.zero_note == "但接收数为 0 时句" and not setting.numbers.now("received_cadres").value


def _lead(clause: Clause) -> str:
    first = clause.tokens[0]
    text = first.text if isinstance(first, Words) else ""
    return text[0] if text[:1] in tuple(PUNCTUATION) else ""


def _with_lead(pieces: list[Piece], lead: str) -> list[Piece]:
    """The first kept clause of a row of clauses begins as the first of the row would have begun."""
    head = pieces[0]
    if head.code:
        return pieces
    return [dataclasses.replace(head, shown=lead + head.shown.lstrip(PUNCTUATION)), *pieces[1:]]


def _clause(clause: Clause, sentence: Sentence, setting: Setting) -> list[Piece] | None:
    """The pieces of a clause; None where it goes."""
    dashes = sentence.missing == "dash" and not clause.optional
    pieces: list[Piece] = []
    for token in clause.tokens:
        made = _pieces(token, clause, sentence, setting)
        if any(piece.reason for piece in made) and not dashes:
            return None
        pieces += made
    return _joined_brackets([piece for piece in pieces if piece.shown])


def _pieces(token: Token, clause: Clause, sentence: Sentence, setting: Setting) -> list[Piece]:
    if setting.beside and isinstance(token, Number) and token.format == "yoy":
        figure = setting.numbers.now(token.code)
        return [] if figure.value is None else setting.beside(figure, sentence)
    return [_piece(token, clause, sentence, setting)]


def _piece(token: Token, clause: Clause, sentence: Sentence, setting: Setting) -> Piece:
    if isinstance(token, Words):
        return Piece(token.text)
    if isinstance(token, Context):
        return Piece(setting.context[token.name])
    if isinstance(token, Target):
        return _target(token, setting)
    return _number(token, clause, sentence, setting)


def _target(token: Target, setting: Setting) -> Piece:
    """An aim nobody wrote, or of a number that is itself missing, is missing."""
    aim = setting.targets.get(token.code)
    if aim is None or setting.numbers.now(token.code).value is None:
        return Piece(DASH, reason="未填写目标")
    return Piece(written(setting.formats.get(token.code, "int"), aim, ()))


def _number(token: Number, clause: Clause, sentence: Sentence, setting: Setting) -> Piece:
    figure = setting.numbers.now(token.code)
    empty = figure.value is None or (_zero_goes(sentence, clause) and figure.value == 0)
    empty = empty or (sentence.zero_note.startswith("连冠数小于 2") and _is_short_streak(figure))
    if token.format in BESIDE:
        return Piece("") if empty else _beside(token, figure, sentence, setting)
    if empty:
        reason = _reason(figure, sentence)
        return Piece(f"{DASH}（{reason}）", token.code, token.format, None, None, reason)
    compared = sentence.compare and figure.fact.nature != "config"
    before = setting.numbers.before(token.code).value if compared else None
    value = {"num": figure.numerator, "den": figure.denominator}.get(token.format, figure.value)
    assert value is not None
    shown = written(token.format, value, figure.names)
    return Piece(
        shown, token.code, token.format, value, before if token.format not in ("num", "den") else None
    )


def _zero_goes(sentence: Sentence, clause: Clause) -> bool:
    return sentence.zero == "drop" or (sentence.zero_note.startswith("“其中”") and clause.optional)


def _is_short_streak(figure: Figure) -> bool:
    return figure.fact.code == "double_support_city_streak" and (figure.value or 0) < 2


def _reason(figure: Figure, sentence: Sentence) -> str:
    """A ledger that is not in use is the reason before any other (§0.2)."""
    if figure.reason == NOT_STARTED or figure.value == 0:
        return figure.reason or "本期为 0"
    return sentence.missing_reason or figure.reason or NOT_STARTED


def _beside(token: Number, figure: Figure, sentence: Sentence, setting: Setting) -> Piece:
    if token.format == "nd":
        return Piece(f"（{figure.numerator}/{figure.denominator}）", token.code, "nd", figure.value)
    change = change_of(figure, sentence, setting)
    words = change_in_document(change)
    return Piece(f"（{words}）" if words else "", token.code, "yoy", float(change.amount) if change else None)


def change_of(figure: Figure, sentence: Sentence, setting: Setting) -> Change | None:
    """The change as the sentence wants it told."""
    nature = figure.fact.nature
    if COMPARED.get(nature, "") not in sentence.compare:
        return None
    return compare(nature, figure.value, setting.numbers.before(figure.fact.code).value)


def written(form: str, value: Amount, names: tuple[str, ...]) -> str:
    """A number in one of the formats of §0.1, as documents write it."""
    whole = int(value)
    return {
        "int": lambda: f"{value}",
        "num": lambda: f"{value}",
        "den": lambda: f"{value}",
        "%": lambda: percent(value),
        "2": lambda: two_places(value),
        "date": lambda: date_words(value),
        "cn": lambda: counting(whole),
        "ord": lambda: chinese(whole),
        "list": lambda: "、".join(names),
    }.get(form, lambda: with_unit(value, form))()


def _joined_brackets(pieces: list[Piece]) -> list[Piece]:
    """（n/d）（比上年…） becomes （n/d，比上年…）."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.format == "nd" and piece.format == "yoy":
            found[-1] = dataclasses.replace(last, shown=last.shown[:-1])
            piece = dataclasses.replace(piece, shown="，" + piece.shown[1:])
        found.append(piece)
    return found


def _punctuated(pieces: list[Piece]) -> list[Piece]:
    """Marks that came to stand side by side become one, none opens the sentence, a full stop ends it."""
    found: list[Piece] = []
    ending = PUNCTUATION  # as if a mark stood before the sentence
    for piece in pieces:
        shown = piece.shown
        if not piece.code and ending[-1:] in PUNCTUATION:
            stripped = shown.lstrip(PUNCTUATION)
            if shown.startswith("。") and found and not found[-1].code:
                found[-1] = dataclasses.replace(found[-1], shown=found[-1].shown.rstrip(PUNCTUATION))
                stripped = "。" + stripped
            shown = stripped
        if shown:
            found.append(dataclasses.replace(piece, shown=shown))
            ending = shown
    if not any(piece.shown.strip(PUNCTUATION + " ") for piece in found):
        return []
    if not ending.endswith("。"):
        found.append(Piece("。"))
    return found
