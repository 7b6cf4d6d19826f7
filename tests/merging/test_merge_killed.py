"""kill -9 at any place of a merge leaves nothing half done; the merge can then be done as if never begun."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.console import ROOT, environment

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
STEP = "import django; django.setup(); from tests.merging.killed_merge import STEPS; STEPS['{}']()"
NEVER = 999


def test_nothing_is_half_done(tmp_path: Path) -> None:
    def step(name: str, killed_at: int = NEVER) -> "subprocess.CompletedProcess[bytes]":
        variables = environment(
            tmp_path / "home",
            PYTHONPATH=f"{ROOT / 'src'}:{ROOT}",
            DJANGO_SETTINGS_MODULE="yizhou.config.settings",
            KILLED_AT=str(killed_at),
        )
        command = [sys.executable, "-c", STEP.format(name)]
        return subprocess.run(
            command, env=variables, cwd=tmp_path, capture_output=True, timeout=180, check=False
        )

    assert step("prepare").returncode == 0
    before = json.loads(step("tell").stdout)
    assert (before["merges"], before["events"]) == (0, 0)
    for place in (1, 4, 7):
        assert step("merge", place).returncode == -signal.SIGKILL, place
        assert json.loads(step("tell").stdout) == before, place
    assert step("merge").returncode == 0
    after = json.loads(step("tell").stdout)
    assert (after["merges"], after["events"]) == (1, 2)
    assert after["rows"] != before["rows"]
