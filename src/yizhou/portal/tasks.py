"""Worklists: what waits for whom. Packages above declare them; the workbench shows them by remaining time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yizhou.core.actor import Actor
from yizhou.core.registry import Registry


@dataclass(frozen=True)
class Task:
    """One line of the workbench. ``due_key`` sorts: the smaller, the more urgent. ``clock`` as in clock.html."""

    title: str
    url: str
    note: str = ""
    person: str = ""
    person_note: str = ""
    step: str = ""
    parties: Sequence[dict[str, str]] = ()
    clock: dict[str, Any] | None = None
    action: str = "办理"
    due_key: str = ""


@dataclass(frozen=True)
class Worklist:
    """A kind of waiting work: how many, and the first of them."""

    name: str
    title: str
    permission: str
    url: str
    count: Callable[[Actor], int]
    tasks: Callable[[Actor, int], Sequence[Task]] = field(default=lambda actor, limit: ())  # noqa: ARG005  # none to show


WORKLISTS: Registry[Worklist] = Registry("worklists")
