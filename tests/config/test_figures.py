"""`yizhou indicators`, `report`, `explain`, `security`, `work`: contracts of what they print (contracts.md §3)."""

import csv
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from tests.support.console import begun, yizhou

pytestmark = pytest.mark.sqlite
YEAR = ["--from", "2025-01-01", "--to", "2025-12-31"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small county."""
    home = tmp_path_factory.mktemp("figures") / "home"
    begun(home, "demo", "--people", "300", "--year", "2025")
    return home


@pytest.fixture(scope="module")
def somebody(home: Path) -> str:
    """An identity number on file: a veteran's."""
    path = home.parent / "people.csv"
    assert yizhou(home, ["export", "people", "-o", path]).code == 0
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return next(row["身份证号"] for row in csv.DictReader(lines) if row["退役时间"])


def test_every_indicator_has_a_value_or_a_reason(home: Path) -> None:
    found = yizhou(home, ["indicators", *YEAR, "--json"]).json
    assert list(found) == ["from", "to", "area", "values"]
    assert (found["from"], found["to"], found["area"]) == ("2025-01-01", "2025-12-31", None)
    assert len(found["values"]) > 150
    assert [code for code, one in found["values"].items() if one["value"] is None and not one["reason"]] == []
    rate = found["values"]["hotline_on_time_rate"]
    assert {"value", "unit", "numerator", "denominator"} <= set(rate)
    assert rate["value"] == round(100 * rate["numerator"] / rate["denominator"], 1)


def test_a_county_is_a_part_of_the_whole(home: Path) -> None:
    def calls(*area: str) -> int:
        values = yizhou(home, ["indicators", *YEAR, *area, "--json"]).json["values"]
        found: int = values["hotline_accepted"]["value"]
        return found

    assert calls("--area", "339902") + calls("--area", "339921") == calls() > 0


@pytest.mark.parametrize(
    "arguments",
    [["indicators", *YEAR, "--area", "110000"], ["indicators", "--from", "2025-12-31", "--to", "2025-01-01"]],
)
def test_what_cannot_be_measured_ends_with_2(home: Path, arguments: list[str]) -> None:
    answer = yizhou(home, [*arguments, "--json"])
    assert (answer.code, answer.out) == (2, "")


def test_the_annual_report_in_four_formats(home: Path, tmp_path: Path) -> None:
    for suffix in (".docx", ".html", ".json", ".pdf"):
        assert yizhou(home, ["report", "annual", "--year", "2025", "-o", tmp_path / f"a{suffix}"]).code == 0
    assert "word/document.xml" in zipfile.ZipFile(tmp_path / "a.docx").namelist()
    assert "<html" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "a.json").read_bytes())
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert yizhou(home, ["report", "annual", "--year", "2025", "-o", tmp_path / "a.odt"]).code == 2


def test_why_somebody_is_eligible(home: Path, somebody: str) -> None:
    answer = yizhou(
        home, ["explain", "--id-stdin", "--item", "BEN-07", "--on", "2025-12-31", "--json"], somebody
    )
    found = answer.json
    assert (found["id_number"], found["on"]) == (somebody, "2025-12-31")
    [item] = found["items"]
    assert {"code", "eligible", "clauses", "amount_fen"} <= set(item)
    assert item["eligible"] in (True, False, None)
    assert all({"label", "holds", "fact", "value", "basis"} <= set(clause) for clause in item["clauses"])
    assert len(item["clauses"]) == 5


def test_who_is_not_on_file_is_not_explained(home: Path) -> None:
    unknown = yizhou(home, ["explain", "--id-stdin"], "339902190001010011")
    assert (unknown.code, unknown.out) == (2, "")
    assert "339902190001010011" not in unknown.err
    assert yizhou(home, ["explain", "--id-stdin"], "").code == 2


def test_nobody_of_the_demo_is_told_anything_outside(home: Path) -> None:
    with sqlite3.connect(home / "yizhou.sqlite3") as connection:
        states = dict(connection.execute("SELECT status, count(*) FROM notices_message GROUP BY status"))
    assert list(states) == ["SENT"]
    assert states["SENT"] > 5


def test_one_round_of_the_background_seals_and_sends(home: Path) -> None:
    assert yizhou(home, ["work", "--once"]).code == 0
    verified = yizhou(home, ["verify"])
    assert (verified.code, "尚未封存 0 条" in verified.out) == (0, True)
    assert json.loads((home / "anchors" / "head.json").read_bytes())["last_id"] > 0


def test_the_settings_in_force_are_listed(home: Path) -> None:
    answer = yizhou(home, ["security", "--json"])
    states = {one["name"]: one["state"] for one in answer.json["settings"]}
    assert (answer.code, states["数据目录权限"], states["演示账号"]) == (0, "good", "care")
    home.chmod(0o755)
    assert yizhou(home, ["security"]).code == 1
    home.chmod(0o700)
