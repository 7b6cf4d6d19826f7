"""Dirty data of some forty kinds in one workbook (trust.md T16): each is named with row, column, reason and remedy, the
good rows go in, and the errors file mended is all that has to be brought again."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fastexcel
import openpyxl
import polars as pl
import pytest
from django.test import Client

from tests.ledgers.workbooks import saved
from tests.support import county
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.importing import Report, Request, import_file
from yizhou.ledgers.rendering import cell
from yizhou.people.models import Person
from yizhou.people.queries.facts import values_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
GIVEN = (
    "梁建华卫东明志强军伟海峰永红春生金根阿宝水林福荣德祥云飞文斌少平学良新宇晓光兰秀英桂芳美珍巧凤雪梅丽娟"
)
FIRST_ROW = 2


@dataclass(frozen=True)
class Kind:
    """One way in which a row is not as it should be."""

    name: str
    header: str
    cell: str
    told: str = ""
    level: str = "ERROR"
    at: str = ""
    stored: str = ""
    also: dict[str, str] = field(default_factory=dict)


KINDS = [
    Kind(**row) for row in tomllib.loads(Path(__file__).with_name("dirty.toml").read_text("utf-8"))["kind"]
]


def good(place: int) -> dict[str, str]:
    """The row as it should be; every one of them is another person."""
    return county.row(f"陈国{GIVEN[place]}", serial=101 + 2 * place)


def dirty(place: int) -> dict[str, Any]:
    """The row with its one fault."""
    kind, row = KINDS[place], good(place)
    text: Any = kind.cell.replace("{last}", good(place - 1)["身份证号"]).replace(
        "{number}", row["身份证号"][:17]
    )
    if text[:1] == "#" and text[1:].isdigit():
        text = int(text[1:])
    return {**row, **kind.also, kind.header: text}


def workbook(folder: Path) -> Path:
    headers = layouts()["people"].headers
    rows = [dirty(place) for place in range(len(KINDS))]
    return saved(folder, [list(headers), *([row.get(header) or None for header in headers] for row in rows)])


@pytest.fixture
def actor() -> Actor:
    return county.sign_in(Client(), "TOWN_STATION", county.TOWN)


def taken_in(path: Path, actor: Actor) -> Report:
    errors = path.with_name("错误清单.xlsx")
    return import_file(Request("people", path, errors=errors, sample=500), actor=actor)


def said(report: Report, row_no: int) -> list[dict[str, Any]]:
    return [row for row in report.sample if row["row_no"] == row_no]


def test_there_are_thirty_kinds_at_least() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 30
    assert len({good(place)["姓名"] for place in range(len(KINDS))}) == len(KINDS)


def test_each_kind_is_named_with_row_column_reason_and_remedy(tmp_path: Path, actor: Actor) -> None:
    report = taken_in(workbook(tmp_path), actor)
    for place, kind in enumerate(KINDS):
        found = said(report, place + FIRST_ROW)
        if kind.level == "OK":
            assert not found, (kind.name, found)
            continue
        [told] = [row for row in found if kind.told in str(row["message"])]
        assert (told["header"], told["level"]) == (kind.at or kind.header, kind.level), kind.name
        assert str(told["remedy"]).strip(), kind.name
        errors = [row["header"] for row in found if row["level"] == "ERROR"]
        assert len(errors) == len(set(errors)), (kind.name, found)
        # What follows from an error may be doubted as well; a doubt alone rejects nothing.
        assert min(row["level"] for row in found) == kind.level, (kind.name, found)
    wrong = sum(kind.level == "ERROR" for kind in KINDS)
    assert (report.rejected, report.created) == (wrong, len(KINDS) - wrong)


def test_what_is_only_untidy_is_stored_tidy(tmp_path: Path, actor: Actor) -> None:
    taken_in(workbook(tmp_path), actor)
    columns = {column.header: column for column in layouts()["people"].columns}
    people = {person.opened()["id_number"]: person for person in Person.objects.everywhere("test")}
    for place, kind in enumerate(KINDS):
        if kind.stored:
            column = columns[kind.header]
            values = values_of(people[good(place)["身份证号"]])
            assert cell(column, values[column.field]) == kind.stored, kind.name


def test_the_mended_errors_file_brings_the_rejected_rows_and_nothing_else(
    tmp_path: Path, actor: Actor
) -> None:
    first = taken_in(workbook(tmp_path), actor)
    assert first.errors_file
    listed = fastexcel.read_excel(first.errors_file).load_sheet(0, dtypes="string").to_polars()
    wrong = [place for place, kind in enumerate(KINDS) if kind.level == "ERROR"]
    rows = {place + FIRST_ROW for place in wrong}
    assert rows <= set(listed.to_series(0).cast(pl.Int64))
    path = tmp_path / "改好.xlsx"
    book = openpyxl.load_workbook(first.errors_file)
    del book[book.sheetnames[0]]
    [sheet] = book.worksheets
    headers = [cell.value for cell in sheet[1]]
    assert sheet.max_row - 1 == len(wrong)
    for line, place in enumerate(wrong, start=2):
        for column, header in enumerate(headers, start=1):
            sheet.cell(line, column).value = good(place).get(header) or None
    book.save(path)
    again = taken_in(path, actor)
    assert (again.created, again.updated, again.rejected) == (len(wrong), 0, 0), again
    assert Person.objects.everywhere("test").count() == len(KINDS)
