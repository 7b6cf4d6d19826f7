"""Answers kept for a moment: for words that every page shows and that change a few times a year."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MOST = 4_096
"""Answers kept of one function before all of them are forgotten."""
_kept: list[dict[Any, Any]] = []


def remembered(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep each answer of a function in this process for so many seconds.

    For names only, never for rights: other processes go on with the old answer until its time is over. Arguments
    have to be hashable, and callers must not change the answer.
    """

    def wrap(ask: Callable[P, R]) -> Callable[P, R]:
        answers: dict[Any, tuple[float, R]] = {}
        _kept.append(answers)

        @wraps(ask)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, tuple(sorted(kwargs.items())))
            found, now = answers.get(key), time.monotonic()
            if found is not None and found[0] > now:
                return found[1]
            if len(answers) >= MOST:
                answers.clear()
            result = ask(*args, **kwargs)
            answers[key] = (now + seconds, result)
            return result

        return answer

    return wrap


def forget_all() -> None:
    """Ask anew from now on: after the answers were changed, and between tests."""
    for answers in _kept:
        answers.clear()
