"""Several clerks press the same button at the same moment: one effect, the others are told (trust.md D2).

Each race has a database of its own, because its processes have to see what the others commit.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import ROOT, environment
from tests.trust.deciding_race import BUNDLES, CASES
from tests.trust.test_sealing_race import throw_away_database

WORKERS = 3
Step = Callable[..., Any]


@pytest.fixture
def step(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Step]:
    """Runs one step of a race in a process of its own."""
    with throw_away_database(django_db_blocker) as place:

        def run(*arguments: str) -> Any:
            done = subprocess.run(
                [sys.executable, "-m", "tests.trust.deciding_race", *arguments],
                cwd=ROOT,
                env={
                    **environment(tmp_path / "home", **place),
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

        yield run


def test_of_three_who_accept_and_decide_the_same_cases_one_succeeds(step: Step) -> None:
    assert step("prepare") == {"cases": CASES}
    for verb, kind in (("accept", "case.accepted"), ("decide", "case.decided")):
        answers = step("race", verb, str(WORKERS))
        assert answers.pop("done") == CASES, answers
        assert sum(answers.values()) == CASES * (WORKERS - 1)
        assert [answer for answer in answers if not answer.startswith("refused ")] == []
        told = step("tell")
        assert told["events"][kind] == CASES
        assert told["twice"] == []


def test_a_bundle_whose_last_legs_end_at_the_same_moment_is_closed_once(step: Step) -> None:
    """Each leg sees the others as still open unless the bundle is taken first: then nobody would close it."""
    assert step("prepare_bundles") == {"bundles": BUNDLES}
    assert step("join") == {"ends": [0, 0, 0]}
    assert step("tell_bundles") == {"status": {"CLOSED": BUNDLES}, "closed": BUNDLES}


def test_the_race_happens_where_nobody_compares_before_setting(step: Step) -> None:
    """The control: the same race over code that looks, thinks and saves has several winners."""
    step("prepare")
    assert step("race", "naive", str(WORKERS))["done"] > CASES
