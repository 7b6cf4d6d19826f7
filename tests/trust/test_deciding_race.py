"""Several clerks press the same button at the same moment: one effect, the others are told (trust.md D2)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.trust.apart import Step, steps_of
from tests.trust.deciding_race import BUNDLES, CASES

WORKERS = 3


@pytest.fixture
def step(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Step]:
    """Runs one step of a race."""
    with steps_of("tests.trust.deciding_race", tmp_path / "home", django_db_blocker) as run:
        yield run


def test_of_three_who_accept_ask_and_decide_about_the_same_cases_one_succeeds(step: Step) -> None:
    assert step("prepare") == {"cases": CASES}
    steps = {"accept": "case.accepted", "ask": "case.department_asked", "decide": "case.decided"}
    for verb, kind in steps.items():
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
