"""`yizhou import` and `export`: exit codes, JSON keys, sameness of a second run, every kind of bad file, kill -9."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.ledgers.filled import Cells, needed_for, rows_for
from tests.support.console import PROGRAM, ROOT, begun, environment, yizhou
from yizhou.demo.people import population
from yizhou.demo.sheets import write_sheet
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.writing import export_rows

pytestmark = pytest.mark.sqlite
DIVISIONS = ROOT / "data" / "divisions" / "demo.csv"
KEYS = ["ledger", "rows", "created", "updated", "unchanged", "rejected", "warnings", "errors_file", "seconds"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with its divisions."""
    home = tmp_path_factory.mktemp("import") / "home"
    begun(home)
    answer = yizhou(home, ["import", "areas", DIVISIONS, "--json"])
    assert (answer.code, list(answer.json)) == (0, KEYS)
    assert (answer.json["created"], answer.json["errors_file"]) == (59, None)
    return home


def people_file(folder: Path, count: int, seed: int = 1) -> Path:
    """A file of fictional people without errors."""
    return write_sheet(folder, "people", population(count, 2025, seed))[1]


def counted(home: Path, table: str = "people_person") -> int:
    """Rows of a table, read past the product."""
    with sqlite3.connect(home / "yizhou.sqlite3") as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found


def test_good_rows_go_in_bad_rows_are_named_and_a_second_run_changes_nothing(
    home: Path, tmp_path: Path
) -> None:
    path = people_file(tmp_path, 60)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[5] = lines[5].replace(lines[5].split(",")[0], "339902198001010000", 1)
    path.write_text("\n".join(lines), encoding="gb18030")
    errors = tmp_path / "errors.xlsx"

    dry = yizhou(home, ["import", "people", path, "--dry-run", "--json"])
    assert (dry.code, dry.json["created"], dry.json["rejected"], counted(home)) == (1, 59, 1, 0)

    first = yizhou(home, ["import", "people", path, "--json", "--errors", errors])
    report = first.json
    assert (first.code, first.err, list(report)) == (1, "", KEYS)
    assert report["rows"] == sum(report[key] for key in ("created", "updated", "unchanged", "rejected")) == 60
    assert (report["created"], report["rejected"], report["errors_file"]) == (59, 1, str(errors))
    assert counted(home) == 59

    problems, rejected = openpyxl.load_workbook(errors).worksheets
    rows = list(problems.iter_rows(values_only=True))
    assert rows[0] == ("行号", "列名", "规则", "原因", "怎么改")
    assert [row[:3] for row in rows[1:] if "提醒" not in row[2]] == [(6, "身份证号", "ID_FORMAT")]
    assert [row[0] for row in rejected.iter_rows(min_row=2, values_only=True)] == ["339902198001010000"]

    events = counted(home, "events_event")
    second = yizhou(home, ["import", "people", path, "--json"])
    assert (second.json["unchanged"], second.json["created"], second.json["updated"]) == (59, 0, 0)
    assert counted(home, "events_event") == events + 1, "only the import itself is logged"


def test_export_comes_back_unchanged(home: Path, tmp_path: Path) -> None:
    for name in ("areas.xlsx", "areas.csv"):
        path = tmp_path / name
        assert yizhou(home, ["export", "areas", "-o", path]).code == 0
        again = yizhou(home, ["import", "areas", path, "--json"])
        assert (again.code, again.json["unchanged"], again.json["rows"]) == (0, 59, 59)


def test_export_of_a_county_holds_its_divisions_only(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "county.csv"
    yizhou(home, ["export", "areas", "-o", path, "--area", "339921"])
    with path.open(encoding="utf-8-sig", newline="") as lines:
        codes = [row["区划代码"] for row in csv.DictReader(lines)]
    assert len(codes) > 20
    assert {code[:6] for code in codes} == {"339921"}


def test_a_template_has_the_headers_and_no_data(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    assert yizhou(home, ["template", "people", "-o", path]).code == 0
    sheets = openpyxl.load_workbook(path).worksheets
    assert sheets[0]["A1"].value == "身份证号"
    assert (sheets[0].max_row, sheets[0].max_column) == (1, len(layouts()["people"].columns))
    assert yizhou(home, ["import", "people", path, "--json"]).json["rows"] == 0


def wrong_files(folder: Path) -> dict[str, Path]:
    """Files that cannot be taken at all, by what is wrong with them."""
    good = DIVISIONS.read_text(encoding="utf-8").splitlines()
    texts = {
        "suffix.txt": "\n".join(good),
        "headless.csv": "",
        "missing.csv": "\n".join(line.split(",", 1)[1] for line in good),
        "doubled.csv": "\n".join([good[0] + ",区划名称", *(line + "," for line in good[1:])]),
        "broken.xlsx": "not a workbook",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "locked.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(120 * 1024 * 1024))
    return {path.name: path for path in sorted(folder.iterdir())} | {"absent.csv": folder / "absent.csv"}


@pytest.mark.parametrize(
    "name",
    [
        "suffix.txt",
        "headless.csv",
        "missing.csv",
        "doubled.csv",
        "broken.xlsx",
        "locked.xlsx",
        "bomb.xlsx",
        "absent.csv",
    ],
)
def test_a_file_that_cannot_be_taken_changes_nothing(home: Path, tmp_path: Path, name: str) -> None:
    path = wrong_files(tmp_path)[name]
    before = counted(home, "orgs_division"), counted(home, "events_event")
    answer = yizhou(home, ["import", "areas", path, "--json"])
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.strip()) > 10
    assert "Traceback" not in answer.err
    assert (counted(home, "orgs_division"), counted(home, "events_event")) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "nothing", "x.csv"], "没有名为“nothing”的台账"),
        (["export", "areas", "-o", "x.pdf"], "不认识的文件后缀"),
        (["export", "areas", "-o", "nowhere/x.csv"], "文件夹不存在"),
        (["export", "areas", "-o", "x.csv", "--area", "110000"], "没有这个区划"),
        (["template", "people"], "缺少参数"),
        (["ledgers", "--xml"], "没有选项 --xml"),
        (["nonsense"], "没有这个命令"),
    ],
)
def test_a_command_that_makes_no_sense_is_answered_in_chinese(
    home: Path, arguments: list[str], words: str
) -> None:
    answer = yizhou(home, arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


def test_rows_that_could_wait_are_told_apart_from_rows_that_do(home: Path, tmp_path: Path) -> None:
    sheets: dict[str, list[Cells]] = {}
    for bound in needed_for(LEDGERS["visits"]):
        sheets[bound.name] = rows_for(bound, sheets)
    path, visits = tmp_path / "visits.csv", LEDGERS["visits"]
    export_rows(path, visits.layout.headers, [list(row.values()) for row in sheets["visits"]])
    command = ["import", "visits", path, "--hold"]
    dry = yizhou(home, [*command, "--dry-run"])
    assert (dry.code, "另有 3 行可存入待补引用" in dry.out, counted(home, "ledgers_waitingrow")) == (
        0,
        True,
        0,
    )
    held = yizhou(home, command)
    assert (held.code, "另有 3 行已存入待补引用" in held.out, counted(home, "ledgers_waitingrow")) == (
        0,
        True,
        3,
    )


def test_kill_9_while_storing_leaves_nothing_and_the_next_run_everything(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "home"
    begun(own)
    assert yizhou(own, ["import", "areas", DIVISIONS]).code == 0
    path = people_file(tmp_path, 8_000, seed=3)
    log = own / "yizhou.sqlite3-wal"
    started = log.stat().st_size if log.exists() else 0
    process = subprocess.Popen(
        [*PROGRAM, "import", "people", str(path)], env=environment(own), stdout=subprocess.PIPE
    )
    # The rows of the open transaction flow into the log once the cache is full; the commit comes much later.
    until = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < until:
        if log.exists() and log.stat().st_size > started + 1_000_000:
            os.kill(process.pid, signal.SIGKILL)
            break
        time.sleep(0.001)
    assert process.wait() == -signal.SIGKILL, "the import ended before it could be killed"
    assert (counted(own), counted(own, "people_search")) == (0, 0)
    again = yizhou(own, ["import", "people", path, "--json"])
    assert (again.code, again.json["created"], counted(own)) == (0, 8_000, 8_000)
    assert yizhou(own, ["verify"]).code == 0


def test_altered_history_is_found_and_named(home: Path) -> None:
    assert yizhou(home, ["seal"]).code == 0
    assert yizhou(home, ["verify"]).code == 0
    with sqlite3.connect(home / "yizhou.sqlite3") as connection:
        triggers = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        victim = connection.execute("SELECT max(id) FROM events_event").fetchone()[0]
        connection.execute("UPDATE events_event SET actor = '别人' WHERE id = ?", [victim])
    found = yizhou(home, ["verify"])
    assert (found.code, found.out) == (1, "")
    assert f"记录被改动；第一处是第 {victim} 号记录" in found.err


def test_the_help_of_every_command_is_there_without_a_database(tmp_path: Path) -> None:
    listed = yizhou(tmp_path / "home", ["--help"])
    names = [line.split()[0] for line in listed.out.partition("Commands:")[2].splitlines() if line.strip()]
    expected = {
        "demo",
        "due",
        "explain",
        "export",
        "import",
        "indicators",
        "ledgers",
        "report",
        "serve",
        "verify",
    }
    assert expected <= set(names)
    assert not (tmp_path / "home").exists()
    assert json.dumps(names, ensure_ascii=True) == json.dumps(sorted(names))
