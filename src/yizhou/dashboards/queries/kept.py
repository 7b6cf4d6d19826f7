"""Answers kept in files of the data directory, so that every process has what one of them counted.

A city's figures take a minute to count and change little in one. Quick answers are counted anew after five minutes. Slow
ones are given as they are, up to a day old, while the worker counts anew those that are being asked for; the page says
from when its numbers are. Only sums are kept, never rows or names.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings

from yizhou.indicators.facts import definitions_version

P = ParamSpec("P")
R = TypeVar("R")

FRESH = 300.0
OLDEST = 26 * 3600.0
WATCHED = 1800.0
"""Answers asked for within so many seconds are counted anew in the background."""
BEGUN = ".part"
"""Ends the names of files that are not in their place yet."""
QUICK = 0.1
"""Whoever asks waits as long as this for a fresh answer."""

UNREADABLE = (
    pickle.UnpicklingError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    TypeError,
    ValueError,
)
"""What a file says that another release has written, or that was cut short: as good as none."""

_asks: dict[str, Callable[..., Any]] = {}
_since: ContextVar[list[float] | None] = ContextVar("since", default=None)


@dataclass(frozen=True)
class Answer:
    """What was asked and answered, when, and how long it took; times in seconds."""

    name: str
    args: tuple[Any, ...]
    answer: Any
    made_at: float
    took: float

    def is_good(self, now: float) -> bool:
        """Whether it may be given."""
        age = now - self.made_at
        return 0 <= age <= (FRESH if self.took < QUICK else OLDEST)


def kept(ask: Callable[P, R]) -> Callable[P, R]:
    """Keep the answers of a function. Its arguments must be all that it depends on, and write the same in every process."""
    _asks[ask.__name__] = ask

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        assert not kwargs
        path = _path(ask.__name__, args)
        found = _read(path)
        if found is None or not found.is_good(time.time()):
            found = _made(ask.__name__, args, path)
        else:
            _asked(path)
        since = _since.get()
        if since is not None:
            since.append(found.made_at)
        result: R = found.answer
        return result

    return answer


@contextmanager
def oldest() -> Iterator[list[float]]:
    """Collects when each answer given inside was counted."""
    times: list[float] = []
    token = _since.set(times)
    try:
        yield times
    finally:
        _since.reset(token)


def renew_one() -> bool:
    """Count anew the oldest slow answer that is being asked for, and drop one that nobody asks for any more."""
    now, waiting = time.time(), list[tuple[float, Path]]()
    _clear_up(now)
    for path in Path(settings.FIGURES_DIR).glob("*.pickle"):
        stat = path.stat()
        if now - stat.st_mtime > OLDEST:
            path.unlink(missing_ok=True)
        elif now - stat.st_mtime > FRESH and now - stat.st_atime < WATCHED:
            waiting.append((stat.st_mtime, path))
    for _, path in sorted(waiting):
        asked_at, found = path.stat().st_atime, _read(path)
        if found and found.name in _asks and found.took >= QUICK and path == _path(found.name, found.args):
            _made(found.name, found.args, path, asked_at)
            return True
    return False


def _clear_up(now: float) -> None:
    """Remove what processes that were killed meanwhile had begun to write."""
    for path in Path(settings.FIGURES_DIR).glob(f"*{BEGUN}"):
        with suppress(FileNotFoundError):  # put in its place just now
            if now - path.stat().st_mtime > OLDEST:
                path.unlink()


def forget_all() -> None:
    """Begin anew: between tests."""
    for path in Path(settings.FIGURES_DIR).glob("*.pickle"):
        path.unlink(missing_ok=True)


def _path(name: str, args: tuple[Any, ...]) -> Path:
    said = repr((name, args, definitions_version()))
    return Path(settings.FIGURES_DIR) / f"{hashlib.sha256(said.encode()).hexdigest()[:40]}.pickle"


def _read(path: Path) -> Answer | None:
    try:
        found = pickle.loads(path.read_bytes())  # noqa: S301  # our own file, in a folder that only we may open
    except (FileNotFoundError, *UNREADABLE):
        return None
    return found if isinstance(found, Answer) else None


def _made(name: str, args: tuple[Any, ...], path: Path, asked_at: float | None = None) -> Answer:
    started, now = time.perf_counter(), time.time()
    answer = _asks[name](*args)
    found = Answer(name, args, answer, now, time.perf_counter() - started)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle, written = tempfile.mkstemp(BEGUN, dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(pickle.dumps(found))
    os.utime(written, (asked_at or now, now))
    Path(written).replace(path)
    return found


def _asked(path: Path) -> None:
    """Note that somebody wants it."""
    try:
        os.utime(path, (time.time(), path.stat().st_mtime))
    except FileNotFoundError:
        return
