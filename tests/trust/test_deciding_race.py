"""Several clerks press the same button at the same moment: one effect, the others are told (trust.md D2)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import ROOT, environment
from tests.trust.deciding_race import CASES

pytestmark = pytest.mark.sqlite
WORKERS = 3


def step(home: Path, *arguments: str) -> Any:
    """One step of the race in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.deciding_race", *arguments],
        cwd=ROOT,
        env={
            **environment(home),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "yizhou.config.settings",
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("race") / "home"
    assert step(place, "prepare") == {"cases": CASES}
    return place


def test_of_three_who_accept_and_decide_the_same_cases_one_succeeds(home: Path) -> None:
    for verb, kind in (("accept", "case.accepted"), ("decide", "case.decided")):
        answers = step(home, "race", verb, str(WORKERS))
        assert answers.pop("done") == CASES, answers
        assert sum(answers.values()) == CASES * (WORKERS - 1)
        assert [answer for answer in answers if not answer.startswith("refused ")] == []
        told = step(home, "tell")
        assert told["events"][kind] == CASES
        assert told["twice"] == []


def test_the_race_happens_where_nobody_compares_before_setting(tmp_path: Path) -> None:
    """The control: the same race over code that looks, thinks and saves has several winners."""
    home = tmp_path / "home"
    step(home, "prepare")
    assert step(home, "race", "naive", str(WORKERS))["done"] > CASES
