"""Sealing beside writers that overtake one another misses no row (trust.md D8)."""

from typing import Any

import pytest

from tests.trust.apart import steps_of


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Any:
    """What the racing process reported."""
    home = tmp_path_factory.mktemp("race") / "home"
    with steps_of("tests.trust.sealing_race", home, django_db_blocker) as step:
        return step("main")


def test_every_committed_row_is_sealed_once_and_in_order(outcome: Any) -> None:
    race = outcome["race"]
    assert race["problem"] == ""
    assert race["sealed"] == race["written"] > 150
    assert race["unsealed"] == 0
    assert race["seals"] > 10


def test_a_row_with_an_older_number_that_comes_late_is_waited_for(outcome: Any) -> None:
    assert outcome["overtaken"] == {"sealed": 0, "problem": ""}


@pytest.mark.postgres
def test_without_waiting_the_late_row_would_be_missed(outcome: Any) -> None:
    assert outcome["control"]["sealed"] > 0
    assert "多出一行未封存的记录" in outcome["control"]["problem"]
