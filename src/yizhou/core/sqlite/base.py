"""The database wrapper: ``BEGIN IMMEDIATE`` behind the writers' queue, WAL, ``synchronous=FULL``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from yizhou.core.sqlite.creation import DatabaseCreation
from yizhou.core.sqlite.queue import QueueTimeoutError, WriterQueue

BUSY_SECONDS = 20
CACHE_KIBIBYTES = 16_384
JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLAC")


class QueuedCursor(base.SQLiteCursorWrapper):
    """A cursor whose single writing statements outside a transaction also wait for their turn."""

    def __init__(self, connection: Any, *, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement; see ``DatabaseWrapper.in_turn``."""
        run = super().execute
        return self._wrapper.in_turn(query, partial(run, query, params))

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run one statement for many rows; see ``DatabaseWrapper.in_turn``."""
        run = super().executemany
        return self._wrapper.in_turn(query, partial(run, query, param_list))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite with one writer at a time, in the order in which they came.

    Transactions begin ``IMMEDIATE`` unless the settings say otherwise. A writer waits at most
    ``OPTIONS["timeout"]`` seconds (20), then gets ``OperationalError`` "database is locked". In-memory
    databases have no queue.
    """

    creation_class = DatabaseCreation
    transaction_mode: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: WriterQueue | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Connection arguments with our defaults for what the settings leave open."""
        params: dict[str, Any] = super().get_connection_params()
        params.setdefault("timeout", BUSY_SECONDS)
        if self.transaction_mode is None:
            self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection, make its place in the queue and set it up."""
        connection = super().get_new_connection(conn_params)
        self._drop_turn()
        if not self.is_in_memory_db():
            self._turn = WriterQueue(_file_of(self.settings_dict["NAME"]), float(conn_params["timeout"]))
            self._use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_LIMIT_BYTES}")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor that queues for single writing statements."""
        if self._turn is None:
            return super().create_cursor(name)
        return self.connection.cursor(factory=partial(QueuedCursor, wrapper=self))

    def in_turn(self, query: str, run: Callable[[], Any]) -> Any:
        """Run a statement, waiting for the turn first when it writes and none is held.

        The turn is given back at once, unless the statement opened a transaction: then at its end.
        """
        if self._turn is None or self._turn.is_held or query.lstrip()[:6].upper() not in WRITES:
            return run()
        self._take_turn()
        try:
            return run()
        finally:
            self._leave_turn_if_done()

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave out private methods
        finally:
            self._leave_turn_if_done()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # the stubs leave out private methods
        finally:
            self._leave_turn_if_done()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave out private methods
        finally:
            self._leave_turn_if_done()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave out private methods
        finally:
            self._drop_turn()

    def _take_turn(self) -> None:
        if self._turn is None:
            return
        try:
            self._turn.acquire()
        except QueueTimeoutError as error:
            msg = f"database is locked: no turn to write within {self._turn.timeout:g} s"
            raise OperationalError(msg) from error

    def _leave_turn_if_done(self) -> None:
        if self._turn is not None and not (self.connection and self.connection.in_transaction):
            self._turn.release()

    def _drop_turn(self) -> None:
        if self._turn is not None:
            self._turn.close()
            self._turn = None

    def _use_wal(self, connection: Any) -> None:
        """Switch to WAL once; in turn, because SQLite does not wait when two connections switch at the same
        time.
        """
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        self._take_turn()
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            if self._turn is not None:
                self._turn.release()


def _file_of(name: str | Path) -> Path:
    """The file behind a database name, which may be a ``file:`` address."""
    text = str(name)
    return Path(unquote(urlsplit(text).path)) if text.startswith("file:") else Path(text)
