"""The suite itself: no quiet skips where everything is required; each database its own tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.support import suite

PLANTED = """
import pytest

def test_one(): pytest.skip("no reason")

@pytest.mark.postgres
def test_two(): assert False, "belongs to the PostgreSQL pass"
"""


def run_planted(tmp_path: Path, require_all: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "test_planted.py").write_text(PLANTED, encoding="utf-8")
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text("utf-8"), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = postgres: x\n", encoding="utf-8")
    environment = {**os.environ, "REQUIRE_ALL": require_all, "DATABASE_URL": "", "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:django",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:playwright",
            "--rootdir",
            str(tmp_path),
            "-c",
            str(tmp_path / "pytest.ini"),
            str(tmp_path),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skip_is_told_and_passes_by_default(tmp_path: Path) -> None:
    result = run_planted(tmp_path, "")
    assert (result.returncode, "1 skipped, 1 deselected" in result.stdout) == (0, True), result.stdout


def test_a_skip_fails_when_everything_is_required(tmp_path: Path) -> None:
    result = run_planted(tmp_path, "1")
    assert (result.returncode, "1 failed, 1 deselected" in result.stdout) == (1, True), result.stdout


@pytest.mark.parametrize(
    ("results", "require_all", "code"),
    [
        ({"SQLite": "passed", "PostgreSQL": "passed"}, "1", 0),
        ({"SQLite": "passed", "PostgreSQL": "skipped: no server"}, "", 0),
        ({"SQLite": "passed", "PostgreSQL": "skipped: no server"}, "1", 1),
        ({"SQLite": "failed", "PostgreSQL": "passed"}, "", 1),
    ],
)
def test_the_exit_code_of_make_test(
    results: dict[str, str],
    require_all: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(suite, "everything", lambda: results)
    monkeypatch.setenv("REQUIRE_ALL", require_all)
    assert suite.main([]) == code
    assert ("NOT RUN" in capsys.readouterr().out) == any(r.startswith("skipped") for r in results.values())
