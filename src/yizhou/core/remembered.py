"""Answers kept in this process: bounded, and some only for a moment, for words that change a few times a year."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MOST = 4_096
"""Answers kept of one function before all of them are forgotten."""


class Kept(Generic[R]):
    """At most so many answers by their key; then all are forgotten and it begins anew. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[Hashable, R] = {}

    def get(self, key: Hashable) -> R | None:
        """The answer, or None when there is none (any more)."""
        return self._answers.get(key)

    def keep(self, key: Hashable, answer: R) -> R:
        """Keep an answer and hand it back: another thread may forget it in between."""
        if len(self._answers) >= self._most:
            self._answers.clear()
        self._answers[key] = answer
        return answer

    def forget(self) -> None:
        """Begin anew."""
        self._answers.clear()


_all: list[Kept[Any]] = []


def remembered(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep each answer of a function in this process for so many seconds.

    For names only, never for rights: other processes go on with the old answer until its time is over. Arguments
    have to be hashable, and callers must not change the answer.
    """

    def wrap(ask: Callable[P, R]) -> Callable[P, R]:
        answers: Kept[tuple[float, R]] = Kept(MOST)
        _all.append(answers)

        @wraps(ask)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, tuple(sorted(kwargs.items())))
            found, now = answers.get(key), time.monotonic()
            if found is not None and found[0] > now:
                return found[1]
            return answers.keep(key, (now + seconds, ask(*args, **kwargs)))[1]

        return answer

    return wrap


def forget_all() -> None:
    """Ask anew from now on: between tests."""
    for answers in _all:
        answers.forget()
