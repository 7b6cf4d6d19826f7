"""Whose events: the package that keeps people tells the log which inner id stands behind a public one."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from django.db.models import Q

from yizhou.core.actor import Actor
from yizhou.core.registry import Registry

Finder = Callable[[uuid.UUID, Actor], int | None]
"""Inner id of the person of that public id inside the actor's areas, or None."""

SUBJECTS: Registry[Finder] = Registry("subjects of the log")

Former = Callable[[int], Sequence[int]]
"""Inner ids under which the same person stood before: files that were merged into this one."""

FORMER: Registry[Former] = Registry("former numbers of a person")


def about_person(person_id: int) -> Q:
    """Condition on events that concern a person, those from before a merge among them."""
    former = [number for numbers in FORMER.values() for number in numbers(person_id)]
    return Q(person_id__in=[person_id, *former]) if former else Q(person_id=person_id)


def subject_id(uid: str, actor: Actor) -> int | None:
    """Inner id of the person a public id stands for; None when it is absent, out of scope or no id at all."""
    try:
        wanted = uuid.UUID(uid)
    except ValueError:
        return None
    found = (finder(wanted, actor) for finder in SUBJECTS.values())
    return next((inner for inner in found if inner is not None), None)
