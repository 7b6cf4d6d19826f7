"""`yizhou serve`: answers, says what is wrong, ends without leaving anything behind."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.support.console import begun, served, yizhou
from yizhou.config.web import workers

pytestmark = pytest.mark.sqlite


def children(pid: int) -> set[int]:
    """Processes below one, at every depth."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found, grown = {pid}, True
    while grown:
        more = {one for one, parent in pairs if parent in found} - found
        found, grown = found | more, bool(more)
    return found - {pid}


def family_of(pid: int, expected: int) -> set[int]:
    """The same once there are as many as expected, or whatever there is after ten seconds."""
    until = time.monotonic() + 10
    while len(found := children(pid)) < expected and time.monotonic() < until:
        time.sleep(0.1)
    return found


def alive(pids: set[int]) -> set[int]:
    """Those that still run."""
    return {pid for pid in pids if Path(f"/proc/{pid}/stat").exists()}


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_it_answers_and_leaves_nothing_behind(tmp_path: Path, end: signal.Signals) -> None:
    begun(tmp_path / "home")
    with served(tmp_path / "home") as (process, address):
        with urllib.request.urlopen(f"{address}/health", timeout=20) as answer:
            assert (answer.status, answer.read()) == (200, b'{"status": "ok"}')
        below = family_of(process.pid, 2 + workers())
        assert len(below) == 2 + workers(), "web, its workers, the background worker"
        os.kill(process.pid, end)
        assert process.wait(timeout=40) == (-9 if end == signal.SIGKILL else 0)
        until = time.monotonic() + 30
        while alive(below) and time.monotonic() < until:
            time.sleep(0.1)
        assert alive(below) == set()


def test_a_taken_port_is_said_clearly(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        begun(tmp_path / "home")
        answer = yizhou(tmp_path / "home", ["serve", "--port", str(port)])
    assert (answer.code, answer.out) == (2, "")
    assert f"不能在 127.0.0.1:{port} 上启动：端口已被占用" in answer.err
