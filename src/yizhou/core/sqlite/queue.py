"""A queue for writers over processes and threads, made of two advisory locks beside the database file.

SQLite lets one transaction write at a time and makes the others sleep and try again, ever longer: whoever
sleeps longest can starve for seconds. Here a writer first takes its turn:

    1. lock ``<database>.queue``  — waits in the kernel, which wakes waiters in the order in which they came
    2. lock ``<database>.writer`` — held for the whole transaction; only the head of the queue waits for it
    3. unlock ``<database>.queue`` — the next one becomes the head

The writer that has just finished has to queue again, so it cannot overtake those who wait. The kernel drops
both locks when a process dies. SQLite's own locks stay what keeps data safe: this is about order alone.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from weakref import WeakSet

POLL_SECONDS = 0.0002
SLOW_POLL_SECONDS = 0.005
PATIENT_SECONDS = 0.05

_all_queues: WeakSet[WriterQueue] = WeakSet()


class QueueTimeoutError(Exception):
    """The turn did not come within the time allowed."""


class WriterQueue:
    """One connection's place in the queue of a database file. Not shared between threads that run at once."""

    def __init__(self, database: Path, timeout: float) -> None:
        """``timeout`` is in seconds; the lock files are made when first needed, with the mode of a private
        file.
        """
        self.timeout = timeout
        self._queue_path = database.with_name(f"{database.name}.queue")
        self._writer_path = database.with_name(f"{database.name}.writer")
        self._queue = -1
        self._writer = -1
        self.is_held = False
        _all_queues.add(self)

    def __del__(self) -> None:
        """A connection dropped without being closed, as when its thread ends, must not keep the turn."""
        self.close()

    def acquire(self) -> None:
        """Wait for the turn. Raises ``QueueTimeoutError`` after ``timeout`` seconds; does nothing when it is
        held.
        """
        if self.is_held:
            return
        self._open()
        until = time.monotonic() + self.timeout
        fcntl.flock(self._queue, fcntl.LOCK_EX)
        try:
            self._wait_for_writer(until)
        finally:
            fcntl.flock(self._queue, fcntl.LOCK_UN)
        self.is_held = True

    def release(self) -> None:
        """Let the next one in; does nothing when the turn is not held."""
        if self.is_held:
            self.is_held = False
            fcntl.flock(self._writer, fcntl.LOCK_UN)

    def close(self) -> None:
        """Release and close the lock files."""
        self.release()
        self.forget()

    def forget(self) -> None:
        """Close the files without unlocking: in a forked child the lock still belongs to the parent."""
        for handle in (self._queue, self._writer):
            if handle >= 0:
                os.close(handle)
        self._queue = self._writer = -1
        self.is_held = False

    def _open(self) -> None:
        if self._writer < 0:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._queue = os.open(self._queue_path, flags, 0o600)
            self._writer = os.open(self._writer_path, flags, 0o600)

    def _wait_for_writer(self, until: float) -> None:
        """Try at short intervals: a blocking lock knows no time limit, and only the head of the queue is
        here.
        """
        began = time.monotonic()
        while True:
            try:
                fcntl.flock(self._writer, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                now = time.monotonic()
                if now >= until:
                    raise QueueTimeoutError from None
                time.sleep(POLL_SECONDS if now - began < PATIENT_SECONDS else SLOW_POLL_SECONDS)
            else:
                return


def _forget_all() -> None:
    for queue in list(_all_queues):
        queue.forget()


os.register_at_fork(after_in_child=_forget_all)
