"""A station's clerk takes in only its own people, and cannot pull another station's people over by a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from yizhou.core.actor import Actor
from yizhou.core.id_numbers import check_character
from yizhou.events.models import Event
from yizhou.ledgers.importing import Request, import_file
from yizhou.orgs.models import Division
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db
HERE, THERE = "339901001200", "339901002200"


@pytest.fixture(autouse=True)
def divisions() -> None:
    for code in (HERE, THERE):
        Division.objects.create(area_code=code, name=code, level="VILLAGE")


def number(sequence: int) -> str:
    first = f"33990119850801{sequence:03d}"
    return first + check_character(first)


def people_file(folder: Path, *rows: tuple[str, str, str]) -> Path:
    path = folder / "people.csv"
    lines = [f"{who},{name},男,1985-08-01,{area},V11,2024-03-05" for who, name, area in rows]
    path.write_text(
        "身份证号,姓名,性别,出生日期,户籍地区划,人员类别,采集日期\n" + "\n".join(lines), encoding="utf-8"
    )
    return path


def clerk() -> Actor:
    return replace(console_actor(), name="站员", areas=("339901001",))


def test_rows_of_another_town_are_rejected_and_named(tmp_path: Path) -> None:
    file = people_file(tmp_path, (number(1), "张三", HERE), (number(3), "李四", THERE))
    report = import_file(Request("people", file, sample=9), actor=clerk())
    assert (report.created, report.rejected) == (1, 1)
    assert [(row["row_no"], row["rule"]) for row in report.sample if row["level"] == "ERROR"] == [
        (3, "SCOPE")
    ]
    assert [p.name for p in Person.objects.everywhere("test")] == ["张三"]


def test_a_file_cannot_move_another_towns_person_here(tmp_path: Path) -> None:
    owner = people_file(tmp_path, (number(3), "李四", THERE))
    import_file(Request("people", owner), actor=console_actor())
    file = people_file(
        tmp_path, (number(1), "张三", HERE), (number(3), "李四改", HERE), (number(5), "王五", HERE)
    )
    report = import_file(Request("people", file, sample=9), actor=clerk())
    assert (report.created, report.updated, report.rejected) == (2, 0, 1)
    assert [row["row_no"] for row in report.sample if row["rule"] == "SCOPE"] == [3]
    assert Person.objects.everywhere("test").get(name="李四").household_area == THERE
    assert not Event.objects.everywhere("test").filter(kind="person.updated").exists()


def test_a_text_longer_than_its_column_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    file = people_file(tmp_path, (number(1), "张" * 61, HERE), (number(3), "李" * 60, HERE))
    report = import_file(Request("people", file, sample=9), actor=console_actor())
    assert (report.created, report.rejected) == (1, 1)
    told = [
        (row["row_no"], row["header"], row["message"]) for row in report.sample if row["level"] == "ERROR"
    ]
    assert told == [(2, "姓名", "“姓名”有 61 字，最多 60 字")]


def test_an_import_changed_by_an_action_meanwhile_is_compared_with_what_is_there_now(tmp_path: Path) -> None:
    file = people_file(tmp_path, (number(1), "张三", HERE))
    import_file(Request("people", file), actor=console_actor())
    Person.objects.everywhere("test").update(archived_on=dt.date(2024, 4, 1), row_digest=None)
    report = import_file(Request("people", file), actor=console_actor())
    assert (report.updated, report.unchanged) == (1, 0)
    assert Person.objects.everywhere("test").get().archived_on is None
    again = import_file(Request("people", file), actor=console_actor())
    assert (again.updated, again.unchanged) == (0, 1)
