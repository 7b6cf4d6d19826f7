"""``yizhou serve``: one socket, the web process and the worker under one small parent that ends them together."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from django.db import connections

from yizhou.config.web import GRACE_SECONDS, Site
from yizhou.config.worker import AlreadyRunning, work

PARENT_DEATH = 1
"""``PR_SET_PDEATHSIG`` of prctl(2)."""
START_SECONDS = 60
REASONS = {errno.EADDRINUSE: "端口已被占用", errno.EACCES: "没有使用这个端口的权限"}


class PortTaken(Exception):
    """Somebody else listens there, or this user may not."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises ``PortTaken`` with the system's reason."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTaken(REASONS.get(error.errno or 0, error.strerror)) from None
    listener.listen(2048)
    listener.set_inheritable(True)
    return listener


class Supervisor:
    """Starts web and worker, starts the worker again when it dies, ends both on a signal."""

    def __init__(self, listener: socket.socket, announce: Callable[[], None]) -> None:
        self._listener, self._announce = listener, announce
        self._stopping = False
        self._web = self._worker = 0
        self._worker_since = 0.0

    def run(self) -> int:
        """Until a signal or the web process ends; returns the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._web = spawn(self._serve)
        self._start_worker()
        if self._answers():
            self._announce()
        while not self._stopping:
            time.sleep(0.2)
            if _ended(self._web):
                sys.stderr.write("网页服务意外退出\n")
                self._web = 0
                break
            if _ended(self._worker) and time.monotonic() - self._worker_since > 1:
                self._start_worker()
        code = 0 if self._web else 1
        self._end_children()
        return code

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _serve(self) -> None:
        Site(self._listener.fileno()).run()

    def _start_worker(self) -> None:
        self._worker_since = time.monotonic()
        self._worker = spawn(run_worker)

    def _answers(self) -> bool:
        """Wait until a page comes; False when the web process dies or is told to stop first."""
        host, port = self._listener.getsockname()[:2]
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  # what was asked for, not a choice
        address = f"http://[{shown}]:{port}/health" if ":" in shown else f"http://{shown}:{port}/health"
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self._stopping and not _ended(self._web):
            try:
                with urllib.request.urlopen(address, timeout=START_SECONDS):  # noqa: S310  # our own address
                    return True
            except urllib.error.HTTPError:
                return True
            except OSError:
                time.sleep(0.1)
        return False

    def _end_children(self) -> None:
        """Ask both, wait as long as requests may still take, then insist."""
        children = {pid for pid in (self._web, self._worker) if pid}
        _signal(children, signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS + 5
        while children and time.monotonic() < until:
            children = {pid for pid in children if not _ended(pid)}
            time.sleep(0.05)
        _signal(children, signal.SIGKILL)


def run_worker() -> None:
    """The worker; quiet when another one of the same data directory is at work."""
    try:
        work()
    except AlreadyRunning:
        time.sleep(5)


def spawn(run: Callable[[], None]) -> int:
    """A child process in a session of its own that ends when this process does; returns its id."""
    connections.close_all()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM)
        if os.getppid() == parent:
            run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _ended(pid: int) -> bool:
    """Whether a child is no more; collects it."""
    if not pid:
        return True
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def _signal(children: set[int], number: int) -> None:
    for pid in children:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
