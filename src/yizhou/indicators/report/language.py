"""The language of report sentences (report_outline.md §0.1). Pure.

``{code:format}`` a number · ``{@name}`` context · ``{@target:code}`` next year's aim · ``[…]`` a clause that may go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Format = Literal[
    "int", "%", "万元", "亿元", "万平方米", "2", "date", "cn", "ord", "list", "num", "den", "nd", "yoy"
]
FORMATS: tuple[str, ...] = get_args(Format)
CONTEXT = ("year", "next_year", "area", "org", "to", "span", "period")
BESIDE = ("nd", "yoy")
"""Formats that stand in brackets behind a number and are silent when there is nothing to say."""

_TOKEN = re.compile(r"(\{[^{}]*\}|\[|\])")
_NUMBER = re.compile(r"\{([a-z][a-z0-9_]*):([^{}:]+)\}")
_TARGET = re.compile(r"\{@target:([a-z][a-z0-9_]*)\}")
_CONTEXT = re.compile(r"\{@([a-z_]+)\}")


class SentenceError(ValueError):
    """A sentence cannot be read: the text says where."""


@dataclass(frozen=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True)
class Number:
    """A number of an indicator."""

    code: str
    format: str


@dataclass(frozen=True)
class Context:
    """Something known about the report itself."""

    name: str


@dataclass(frozen=True)
class Target:
    """Next year's aim for an indicator, written by the drafter."""

    code: str


Token = Words | Number | Context | Target


@dataclass(frozen=True)
class Clause:
    """A run of tokens; an ``optional`` one stood in square brackets."""

    tokens: tuple[Token, ...]
    optional: bool

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, those in brackets behind others included."""
        return tuple(token for token in self.tokens if isinstance(token, Number))


def parse(text: str) -> tuple[Clause, ...]:
    """The clauses of a sentence. Raises ``SentenceError`` on an unknown format, name or a stray bracket."""
    clauses: list[Clause] = []
    tokens: list[Token] = []
    inside = False
    for part in filter(None, _TOKEN.split(text)):
        if part not in "[]":
            tokens.append(_token(part, text))
            continue
        if inside == (part == "["):
            raise SentenceError(f"方括号不成对：{text}")
        _close(clauses, tokens, optional=inside)
        tokens, inside = [], not inside
    if inside:
        raise SentenceError(f"方括号不成对：{text}")
    _close(clauses, tokens, optional=False)
    return tuple(clauses)


def _close(clauses: list[Clause], tokens: list[Token], *, optional: bool) -> None:
    if tokens:
        clauses.append(Clause(tuple(tokens), optional))


def _token(part: str, text: str) -> Token:
    if not part.startswith("{"):
        return Words(part)
    if found := _NUMBER.fullmatch(part):
        if found[2] not in FORMATS:
            raise SentenceError(f"不认识的格式“{found[2]}”：{text}")
        return Number(found[1], found[2])
    if found := _TARGET.fullmatch(part):
        return Target(found[1])
    if (found := _CONTEXT.fullmatch(part)) and found[1] in CONTEXT:
        return Context(found[1])
    raise SentenceError(f"不认识的占位符“{part}”：{text}")
