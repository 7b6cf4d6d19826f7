"""What was typed into the forms of plans, as the actions take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from yizhou.visits.actions.plans import Outline, Step


def day_of(text: str) -> dt.date | None:
    """A day; nonsense counts as not said, and the action tells what is missing."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def outline_of(sent: Mapping[str, str]) -> Outline:
    """A plan to be."""
    return Outline(sent.get("goals", ""), day_of(sent.get("from_on", "")), day_of(sent.get("to_on", "")))


def step_of(sent: Mapping[str, str]) -> Step:
    """A measure."""
    return Step(sent.get("text", ""), sent.get("owner", ""), day_of(sent.get("due_on", "")))
