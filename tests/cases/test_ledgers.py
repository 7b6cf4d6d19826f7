"""The ledgers cases and ratings: in from a file, out again, and alive afterwards."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cases.makers import at, clerk, person, staff
from yizhou.cases.actions import decide_case, deliver_case
from yizhou.cases.models import Case, Rating
from yizhou.cases.queries.facts import clocks_of
from yizhou.core import clock
from yizhou.core.workdays import Light
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.exporting import export_ledger
from yizhou.ledgers.importing import Request, import_file
from yizhou.orgs.models import Division
from yizhou.orgs.queries import console_actor, work_calendar

NUMBER = "339900198508011019"
ROWS = [
    ("A-1", "RET-12", "", "2025-04-01 09:00", "", "", "", "", "", ""),
    ("A-2", "RET-12", "", "2025-04-01 09:00", "2025-04-01 10:00", "2025-04-09", "", "", "", ""),
    ("A-3", "RET-12", "", "2025-04-01 09:00", "2025-04-01 10:00", "2025-04-09", "0", "2025-04-03", "", ""),
    (
        "A-4",
        "RET-02",
        "",
        "2025-04-01 09:00",
        "2025-04-01 10:00",
        "2025-04-07",
        "4",
        "",
        "2025-04-10 15:00",
        "办结",
    ),
    ("A-5", "RET-05", "", "2025-04-01 09:00", "", "", "", "", "2025-04-02 15:00", "不予受理"),
]
HEADERS = (
    "办件编号",
    "事项代码",
    "代办员身份证号",
    "申请时间",
    "受理时间",
    "应办结日期",
    "已挂起天数",
    "挂起起始日期",
    "办结时间",
    "结果",
)


def written(path: Path) -> Path:
    """A file of cases of one person."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([*HEADERS, "申请人身份证号", "受理渠道"])
        out.writerows([*row, NUMBER, "大厅"] for row in ROWS)
    return path


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    """Five cases taken in."""
    person(NUMBER)
    return import_file(Request("cases", written(tmp_path / "cases.csv")), actor=console_actor())


def case(number: str) -> Case:
    """A case by its number."""
    return (
        Case.objects.everywhere("test").select_related("person", "bundle", "application").get(case_no=number)
    )


def test_states_follow_from_the_columns(imported: Any) -> None:
    assert (imported.created, imported.rejected) == (5, 0)
    statuses = dict(Case.objects.everywhere("test").values_list("case_no", "status"))
    assert statuses == {
        "A-1": "SUBMITTED",
        "A-2": "IN_PROGRESS",
        "A-3": "SUSPENDED",
        "A-4": "CLOSED",
        "A-5": "REJECTED",
    }
    assert {row.area for row in Case.objects.everywhere("test")} == {"339901001000"}


def test_again_and_out_again_change_nothing(imported: Any, tmp_path: Path) -> None:
    again = import_file(Request("cases", written(tmp_path / "again.csv")), actor=console_actor())
    assert (again.unchanged, again.created, again.updated) == (5, 0, 0)
    out = tmp_path / "out.csv"
    assert export_ledger("cases", out, actor=console_actor(), plain=True, reason="核对") == 5
    back = import_file(Request("cases", out), actor=console_actor())
    assert back.unchanged == 5


def test_clocks_of_a_ledger_are_honest(imported: Any) -> None:
    rows = {c.case_no: c for c in Case.objects.everywhere("test")}
    clocks = clocks_of(rows.values(), work_calendar(), clock.today())
    shown = {number: (clocks[row.pk].light, clocks[row.pk].label) for number, row in rows.items()}
    assert shown == {
        "A-1": (Light.GREEN, ""),
        "A-2": (Light.RED, "超期 12 个工作日"),
        "A-3": (Light.PAUSED, "计时暂停"),
        # Due on 04-07, four days on hold: 04-11, finished on the 10th.
        "A-4": (Light.GREEN, "按时办结"),
        "A-5": (Light.GREEN, ""),
    }


def test_an_imported_case_is_handled_to_its_end(imported: Any, tmp_path: Path) -> None:
    row = decide_case(case("A-2"), outcome="approve", actor=staff())
    deliver_case(row, way="WINDOW", actor=clerk())
    done = case("A-2")
    assert (done.status, done.result, done.row_digest) == ("CLOSED", "DONE", None)
    out = tmp_path / "out.csv"
    export_ledger("cases", out, actor=console_actor(), plain=True, reason="核对")
    assert import_file(Request("cases", out), actor=console_actor()).unchanged == 5


def test_ratings_belong_to_cases(imported: Any, tmp_path: Path) -> None:
    headers = layouts()["ratings"].headers
    path = tmp_path / "ratings.csv"
    given = {
        "评价编号": "P-1",
        "评价来源": "办件",
        "办件编号": "A-4",
        "评价日期": "2025-04-11",
        "评价等级": "满意",
        "归属区划": "339901001000",
    }
    missing = {**given, "评价编号": "P-2", "办件编号": "A-9"}
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, headers)
        out.writeheader()
        out.writerows([given, missing])
    Division.objects.create(area_code="339901001000", name="桃源镇", level="TOWN")
    report = import_file(Request("ratings", path), actor=console_actor())
    assert (report.created, report.rejected) == (1, 1)
    rating = Rating.objects.everywhere("test").get()
    assert (rating.level, rating.case_id, rating.voided) == ("4", case("A-4").pk, None)
    assert at("2025-04-11 00:00").date() == rating.rated_on
