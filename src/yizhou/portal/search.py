"""The search box: packages above offer finders, the box asks them in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yizhou.core.actor import Actor
from yizhou.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the result: what it is, where it leads."""

    title: str
    url: str
    note: str = ""
    tag: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """A source of hits. ``find`` gets the text and the actor and answers within its scope."""

    name: str
    title: str
    permission: str
    find: Callable[[str, Actor], Sequence[Hit]]


FINDERS: Registry[Finder] = Registry("search finders")


def found(text: str, actor: Actor) -> list[tuple[str, Sequence[Hit]]]:
    """Hits by heading, for the finders that the actor may use."""
    sections = [(f.title, f.find(text, actor)) for f in FINDERS.values() if actor.may(f.permission)]
    return [(title, hits) for title, hits in sections if hits]
