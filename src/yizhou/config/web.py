"""The web process: gunicorn with threads, the application loaded once and shared by its workers."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from yizhou.config.home import folder

THREADS = 4
PATIENCE = 0.25
"""Seconds that a request waits for the one before it in its worker, at most."""
GRACE_SECONDS = 25
"""How long requests under way may go on after the order to stop."""


def workers() -> int:
    """Worker processes, from ``YIZHOU_WORKERS``; two a core, at most eight, when it is not a positive number."""
    text = os.environ.get("YIZHOU_WORKERS", "")
    return int(text) if text.isdigit() and int(text) > 0 else min(2 * (os.cpu_count() or 1), 8)


class Site(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn on a socket that is bound already, so that a taken port is noticed before anything starts."""

    def __init__(self, listener: int) -> None:
        self._listener = listener
        super().__init__()

    def load_config(self) -> None:
        """Our settings; nothing is read from gunicorn's own files or variables."""
        chosen = {
            "bind": f"fd://{self._listener}",
            "worker_class": "gthread",
            "workers": workers(),
            "threads": THREADS,
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": 5,
            "worker_tmp_dir": str(folder("run")),
            "control_socket_disable": True,
            "proc_name": "yizhou",
            "loglevel": "warning",
            "pre_fork": close_connections,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> InTurn:
        """The application, with the pages' modules imported before the workers are forked."""
        folder("static")
        application = get_wsgi_application()
        _ = get_resolver().url_patterns
        return InTurn(application)


class InTurn:
    """Lets the threads of a worker answer one after the other, unless one of them takes long.

    Threads that compute at the same moment take the interpreter from each other at every query: a page then costs
    twice the CPU. First come, first served; whoever has waited ``PATIENCE`` starts beside those before it, for whom
    nobody waits any more.
    """

    def __init__(self, application: Callable[[dict[str, Any], Any], Any]) -> None:
        self._application = application
        self._line: deque[threading.Event] = deque()
        self._moving = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer one request."""
        turn = self._join()
        try:
            return self._application(environ, start_response)
        finally:
            self._leave(turn)

    def _join(self) -> threading.Event:
        turn = threading.Event()
        with self._moving:
            self._line.append(turn)
            if self._line[0] is turn:
                return turn
        if not turn.wait(PATIENCE):
            with self._moving:
                while turn in self._line and self._line[0] is not turn:
                    self._line.popleft().set()
        return turn

    def _leave(self, turn: threading.Event) -> None:
        with self._moving:
            if turn in self._line:
                self._line.remove(turn)
            if self._line:
                self._line[0].set()


def close_connections(_arbiter: Any, _worker: Any) -> None:
    """A database connection must not be shared over a fork: SQLite's locks and PostgreSQL's wire both break."""
    connections.close_all()
