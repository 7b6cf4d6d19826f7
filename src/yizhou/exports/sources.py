"""What can be exported: declared by the packages that own it, found at start-up.

    SOURCES.add("people", Source("people", "一人一档名单", "people.export_people", asked, counted, headers, rows))

``query`` is what the reader chose, as the source itself has read it: codes alone, never a text that somebody typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from yizhou.core.actor import Actor
from yizhou.core.registry import Registry
from yizhou.ledgers.writing.sheets import TextSheet

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A choice as it is kept: its codes, and the same in words for whoever approves it."""

    query: dict[str, str]
    words: str


@dataclass(frozen=True, slots=True)
class Source:
    """One list with its door. ``count`` counts no further than its last argument; ``rows`` streams in constant memory,
    masked, in the order of ``headers``, within the scope of the actor. A source of several lists says them as
    ``sheets`` of one workbook; its ``headers`` are then their names, and it is never written as csv.
    """

    name: str
    title: str
    permission: str
    asked: Callable[[Query, Actor], Asked]
    count: Callable[[Query, Actor, int], int]
    headers: Callable[[Query, Actor], Sequence[str]]
    rows: Callable[[Query, Actor], Iterator[Sequence[str]]]
    sheets: Callable[[Query, Actor], Sequence[TextSheet]] | None = None


SOURCES: Registry[Source] = Registry("what can be exported")
