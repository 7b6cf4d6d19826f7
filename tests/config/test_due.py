"""`yizhou due`: the deadline calculator (handbook §23.3, contracts.md §3)."""

import sqlite3
from pathlib import Path

import pytest

from tests.support.console import yizhou

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("due") / "home"


@pytest.mark.parametrize(
    ("start", "pauses", "due_on"),
    [
        ("2025-04-25 10:00", [], "2025-05-06"),
        ("2025-04-25 10:00", ["2025-04-28..2025-04-30"], "2025-05-09"),
        ("2025-04-25 17:01", [], "2025-05-07"),
    ],
)
def test_five_workdays_over_labour_day(home: Path, start: str, pauses: list[str], due_on: str) -> None:
    options = [part for pause in pauses for part in ("--pause", pause)]
    answer = yizhou(home, ["due", "--from", start, "--workdays", "5", *options, "--json"])
    assert answer.json == {"due_on": due_on, "workdays": 5, "confirmed": True}
    assert answer.code == 0


def test_past_the_last_official_year_nothing_is_confirmed(home: Path) -> None:
    answer = yizhou(home, ["due", "--from", "2031-03-03 09:00", "--workdays", "1", "--json"])
    assert answer.json == {"due_on": "2031-03-04", "workdays": 1, "confirmed": False}


def test_a_pause_nobody_can_read_is_refused(home: Path) -> None:
    answer = yizhou(home, ["due", "--from", "2025-04-25 10:00", "--workdays", "5", "--pause", "五一"])
    assert (answer.code, answer.out) == (2, "")
    assert "暂停的日子写法不对：五一" in answer.err


def test_the_calendar_is_entered_once(home: Path) -> None:
    yizhou(home, ["migrate"])
    with sqlite3.connect(home / "yizhou.sqlite3") as connection:
        years = connection.execute(
            "SELECT min(year), max(year), count(*) FROM orgs_workcalendaryear"
        ).fetchone()
    assert years == (2015, 2026, 12)
