"""Whose events: the package that keeps people tells the log which inner id stands behind a public one."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from yizhou.core.actor import Actor
from yizhou.core.registry import Registry

Finder = Callable[[uuid.UUID, Actor], int | None]
"""Inner id of the person of that public id inside the actor's areas, or None."""

SUBJECTS: Registry[Finder] = Registry("subjects of the log")


def subject_id(uid: str, actor: Actor) -> int | None:
    """Inner id of the person a public id stands for; None when it is absent, out of scope or no id at all."""
    try:
        wanted = uuid.UUID(uid)
    except ValueError:
        return None
    found = (finder(wanted, actor) for finder in SUBJECTS.values())
    return next((inner for inner in found if inner is not None), None)
