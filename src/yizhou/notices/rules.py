"""When a message is tried again, and what its words are. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

WAITS = (1, 5, 30, 120, 360)
"""Minutes to wait after the first, second, … failed attempt; after the last one a person has to look at it."""
SLOT = re.compile(r"\{(\w+)\}")


def is_given_up(attempts: int) -> bool:
    """Whether no attempt is left after so many."""
    return attempts > len(WAITS)


def next_attempt(attempts: int, failed_at: dt.datetime) -> dt.datetime | None:
    """When to try again after ``attempts`` failures; None when it is given up."""
    if is_given_up(attempts):
        return None
    return failed_at + dt.timedelta(minutes=WAITS[attempts - 1])


def slots(text: str) -> set[str]:
    """Names of the places that a text leaves open."""
    return set(SLOT.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled in; a place without a value becomes empty."""
    return SLOT.sub(lambda place: values.get(place[1], ""), text)
