"""The one clock of the software. The demonstration and the tests move it; nothing else does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moved: ContextVar[dt.datetime | None] = ContextVar("moved clock", default=None)


def now() -> dt.datetime:
    """This moment, with a time zone."""
    return _moved.get() or timezone.now()


def today() -> dt.date:
    """This day in Shanghai."""
    return timezone.localdate(now())


def minute_of(moment: dt.datetime) -> str:
    """The moment as pages write it, to the minute in Shanghai: 2026-03-02 09:15."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the clock stand at ``moment`` (with a time zone) inside the block."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)
