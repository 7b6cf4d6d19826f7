"""The demonstration at its default size: every ledger has rows, every figure has something to say in both years."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import yizhou

pytestmark = pytest.mark.sqlite
YEAR = 2025
NOTHING = {"self_career_cadres"}
"""Own careers ended with 2020: nobody who came home since chose one."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo") / "home"
    filled = yizhou(made, ["demo", "--year", str(YEAR)])
    assert (filled.code, filled.err) == (0, "")
    return made


def values(home: Path, year: int) -> dict[str, Any]:
    answer = yizhou(home, ["indicators", "--from", f"{year}-01-01", "--to", f"{year}-12-31", "--json"])
    found: dict[str, Any] = json.loads(answer.out)["values"]
    return found


@pytest.mark.parametrize("year", [YEAR - 1, YEAR])
def test_every_figure_has_a_value_and_only_those_named_are_nothing(home: Path, year: int) -> None:
    found = values(home, year)
    assert [code for code, entry in found.items() if entry["value"] is None] == []
    assert {code for code, entry in found.items() if not entry["value"]} == NOTHING


def test_both_years_can_be_compared(home: Path) -> None:
    before, now = values(home, YEAR - 1), values(home, YEAR)
    counted = [
        code for code in now if now[code]["unit"] in {"人", "名", "件", "人次"} and code not in NOTHING
    ]
    assert len(counted) > 40
    assert [code for code in counted if not 1 / 3 < now[code]["value"] / before[code]["value"] < 3] == []


def test_rows_hold_together(home: Path) -> None:
    checked = yizhou(home, ["invariants", "--json"])
    assert ([one for one in checked.json["invariants"] if one["count"]], checked.code) == ([], 0)
