"""`yizhou demo`: a county in an empty installation, once."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import Answer, begun, yizhou

pytestmark = pytest.mark.sqlite
PEOPLE = 300


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="module")
def filled(home: Path) -> Answer:
    return begun(home, "demo", "--people", str(PEOPLE), "--year", "2025")


@pytest.fixture(scope="module")
def accounts(home: Path, filled: Answer) -> list[dict[str, Any]]:
    assert (filled.code, filled.err) == (0, "")
    found: list[dict[str, Any]] = json.loads((home / "demo.json").read_text(encoding="utf-8"))["accounts"]
    return found


def test_every_ledger_has_rows(home: Path, filled: Answer) -> None:
    rows = {one["ledger"]: one["rows"] for one in yizhou(home, ["ledgers", "--json"]).json["ledgers"]}
    # A clerk of the demonstration has joined one pair of files.
    assert rows["people"] == PEOPLE - 1
    assert [name for name, count in rows.items() if not count] == []


def test_accounts_for_the_roles_in_eight_towns_of_two_counties(accounts: list[dict[str, Any]]) -> None:
    assert {key for one in accounts for key in one} == {"role", "username", "password", "name", "scope"}
    assert len({one["username"] for one in accounts}) == len(accounts)
    by_role: dict[str, set[str]] = {}
    for one in accounts:
        by_role.setdefault(one["role"], set()).add(one["scope"])
    assert {"分管领导", "窗口人员", "热线坐席", "审计", "系统管理员", "公安"} <= set(by_role)
    assert by_role["窗口人员"] == {"望澜区", "清禾县"}
    assert len(by_role["镇街站"]) == len(by_role["村社站"]) == len(by_role["专职联络员"]) == 8


def test_the_printed_accounts_are_those_of_the_sign_in_page(
    filled: Answer, accounts: list[dict[str, Any]]
) -> None:
    printed = [line.split()[0] for line in filled.out.splitlines() if line.startswith("  ")]
    assert printed == [one["username"] for one in accounts]


def test_everything_holds_together(home: Path, filled: Answer) -> None:
    checked = yizhou(home, ["invariants", "--json"])
    broken = [one for one in checked.json["invariants"] if one["count"]]
    assert (broken, checked.code) == ([], 0)
    assert yizhou(home, ["verify"]).code == 0


def test_a_second_run_is_refused_and_with_if_empty_does_nothing(home: Path, filled: Answer) -> None:
    before = (home / "demo.json").read_bytes()
    again = yizhou(home, ["demo", "--people", str(PEOPLE)])
    assert (again.code, "已有服务对象" in again.err) == (2, True)
    quiet = yizhou(home, ["demo", "--if-empty"])
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert (home / "demo.json").read_bytes() == before


def test_without_the_demo_there_is_no_account(tmp_path: Path) -> None:
    assert yizhou(tmp_path / "home", ["user", "list"]).out == ""
    assert not (tmp_path / "home" / "demo.json").exists()
