"""kill -9 in the middle of taking a batch back: nothing is half taken back, the next worker ends it."""

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
STEP = "import django; django.setup(); from tests.reversing.killed_reversal import STEPS; STEPS['{}']()"
ALL = 3000


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


def ended(process: "subprocess.Popen[bytes]") -> Any:
    out, _ = process.communicate(timeout=180)
    assert process.returncode == 0
    return json.loads(out) if out else None


def wait_for_writing(progress: Path, worker: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and worker.poll() is None:
        try:
            if json.loads(progress.read_text(encoding="utf-8"))["percent"] >= 70:
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.002)
    raise AssertionError("it never came to the writing")


def test_after_kill_9_nothing_is_half_taken_back_and_the_next_worker_ends_it(
    step: Callable[[str], Any], tmp_path: Path
) -> None:
    ended(step("prepare"))
    assert ended(step("tell")) == {"status": "QUEUED", "old": 0, "new": ALL, "kept": 0}
    worker = step("work")
    folder = tmp_path / "home" / "imports"
    end = time.monotonic() + 60
    while not (found := list(folder.glob("*.progress"))) and time.monotonic() < end:
        time.sleep(0.002)
    wait_for_writing(found[0], worker)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert ended(step("tell")) == {"status": "RUNNING", "old": 0, "new": ALL, "kept": 0}
    ended(step("work"))
    assert ended(step("tell")) == {"status": "DONE", "old": ALL, "new": 0, "kept": ALL}
