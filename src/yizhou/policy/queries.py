"""The facts of policy as they stand in ``data/`` and the site's overlay, read once per process."""

from __future__ import annotations

from datetime import date
from functools import cache

from yizhou.core.facts import FactError, read_all, read_toml
from yizhou.policy.rules import ClauseError, Rate, Standards, Vocabulary, parse


@cache
def vocabulary() -> Vocabulary:
    """Facts, code tables and standards, checked: every formula must read. Raises FactError."""
    standards = Standards.read(read_all("policy"))
    words = Vocabulary.read(read_toml("vocabulary.toml"), read_all("codes"), standards)
    for fact in words.facts.values():
        if fact.formula:
            try:
                parse(fact.name, words, wanted=fact.kind)
            except ClauseError as problem:
                raise FactError("vocabulary.toml", str(problem), key=fact.name) from problem
    return words


def standard(name: str, on: date, *at: str) -> Rate | None:
    """The rate of a named standard in force on a day, as ``standard("残疾抚恤金", day, "一级", "因战")``.

    None where nothing is in force; raises KeyError for a name that does not exist.
    """
    return vocabulary().standards.by_name[name].on(on, *at)
