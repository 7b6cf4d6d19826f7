"""kill -9 in the middle of an import: the child goes with its worker, nothing is half stored, the next worker ends it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import ROOT, environment

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
STEP = "import django; django.setup(); from tests.ledgers.killed_import import STEPS; STEPS['{}']()"


@pytest.fixture
def step(tmp_path: Path) -> Callable[[str], "subprocess.Popen[bytes]"]:
    """Start one step of the story."""
    variables = environment(
        tmp_path / "home",
        PYTHONPATH=f"{ROOT / 'src'}:{ROOT}",
        DJANGO_SETTINGS_MODULE="yizhou.config.settings",
    )

    def start(name: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", STEP.format(name)]
        return subprocess.Popen(command, env=variables, cwd=tmp_path, stdout=subprocess.PIPE)

    return start


def ended(process: "subprocess.Popen[bytes]") -> bytes:
    out, _ = process.communicate(timeout=180)
    assert process.returncode == 0
    return out


def wait_for(what: Callable[[], object], seconds: float) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def children(pid: int) -> list[int]:
    return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_after_kill_9_the_import_is_resumed_whole(step: Callable[[str], Any], tmp_path: Path) -> None:
    ended(step("prepare"))
    before = json.loads(ended(step("tell")))
    assert (before["status"], before["rows"], before["people"]) == ("CONFIRMED", 4000, 0)
    worker = step("work")
    child = wait_for(lambda: children(worker.pid), 60)[0]
    folder = tmp_path / "home" / "imports"
    wait_for(lambda: list(folder.glob("*.progress")), 60)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    wait_for(lambda: not is_alive(child), 10)
    after = json.loads(ended(step("tell")))
    assert (after["status"], after["people"]) == ("LOADING", 0)
    ended(step("work"))
    finished = json.loads(ended(step("tell")))
    assert finished == {"status": "DONE", "created": 4000, "rows": 4000, "people": 4000, "error": ""}
