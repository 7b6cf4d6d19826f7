"""Every case of rules.toml, as a file and by hand: what is an error stays out, what is a doubt goes in with its mark."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.ledgers.by_hand import staff
from tests.support import county
from yizhou.core.refusal import Refused
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.actions import Correction, add_row, correct_row
from yizhou.ledgers.importing import Report, Request, import_file
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.one_row import state_of, values_of
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]
Cells = dict[str, str]


@dataclass(frozen=True)
class Case:
    """One row of a ledger and what is to be said of it."""

    name: str
    ledger: str
    judged: list[str]
    cells: Cells
    person: Cells = field(default_factory=dict)
    stored: list[Cells] = field(default_factory=list)


CASES = [
    Case(**row) for row in tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))["case"]
]
by_case = pytest.mark.parametrize("case", CASES, ids=[f"{case.ledger} {case.name}" for case in CASES])
NUMBERS = {"{self}": county.id_number("19600803"), "{other}": county.id_number("19350101", 103)}


def take_in(ledger: str, rows: list[Cells], folder: Path) -> Report:
    """Rows as a file of the ledger."""
    path = county.write_csv(folder / f"{ledger}.csv", [with_number(row) for row in rows], ledger)
    return import_file(Request(ledger, path, sample=9), actor=console_actor())


def with_number(cells: Cells) -> Cells:
    """The row with whom it is about."""
    return {
        "身份证号": NUMBERS["{self}"],
        **{header: NUMBERS.get(text, text) for header, text in cells.items()},
    }


def by_field(ledger: str, cells: Cells) -> Cells:
    """The row as a form sends it."""
    told = with_number(cells)
    return {column.field: told.get(column.header, "") for column in LEDGERS[ledger].layout.columns}


@pytest.fixture
def people(case: Case, tmp_path: Path) -> Person:
    """The person of the case, the deceased on file, and what was stored before."""
    if "{other}" in case.cells.values():
        county.person(
            "陈守义",
            "19350101",
            103,
            去世日期="1995-05-01",
            入伍时间="1955-03-01",
            退役时间="1958-03-01",
            采集日期="1995-01-01",
        )
    found = county.person(**case.person)
    if case.stored:
        assert take_in(case.ledger, case.stored, tmp_path).created == len(case.stored)
    return found


def codes(report: Report) -> list[str]:
    return sorted(f"{row['level']} {row['rule']}" for row in report.sample)


@by_case
def test_a_file_of_the_row(case: Case, people: Person, tmp_path: Path) -> None:
    report = take_in(case.ledger, [case.cells], tmp_path)
    is_error = any(code.startswith("ERROR") for code in case.judged)
    assert codes(report) == case.judged
    assert report.created == (0 if is_error else 1)
    rows = LEDGERS[case.ledger].model._base_manager.filter(person_id=people.pk)
    assert rows.count() == len(case.stored) + report.created


@by_case
def test_the_row_by_hand(case: Case, people: Person) -> None:
    before = Event.objects.everywhere("test").filter(outcome=Outcome.DONE).count()
    cells = by_field(case.ledger, case.cells)
    if not case.judged:
        add_row(case.ledger, cells, actor=staff())
        return
    with pytest.raises(Refused) as caught:
        add_row(case.ledger, cells, actor=staff())
    assert [blocker.code for blocker in caught.value.blockers] == [code.split()[1] for code in case.judged]
    assert Event.objects.everywhere("test").filter(outcome=Outcome.DONE).count() == before
    if all(code.startswith("WARN") for code in case.judged):
        add_row(case.ledger, cells, actor=staff(), accept_doubts=True)


@pytest.mark.parametrize(
    ("ledger", "cells", "column", "texts"),
    [
        (
            "disability_assessments",
            {"评定日期": "2020-03-01", "评定种类": "调整等级"},
            "assessed_on",
            ["2020-03-02", "2020-02-01"],
        ),
        ("service_spells", {"入伍时间": "1979-11-01"}, "enlisted_on", ["1979-11-02", "1979-10-01"]),
        (
            "benefit_standings",
            {"待遇类别": "农村籍老年补助", "起始日期": "2020-09-01", "待遇状态": "享受待遇"},
            "started_on",
            ["2020-10-01"],
        ),
    ],
)
def test_a_correction_is_not_held_against_the_row_it_writes_over(
    ledger: str, cells: Cells, column: str, texts: list[str]
) -> None:
    bound, actor = LEDGERS[ledger], staff()
    county.person()
    add_row(ledger, by_field(ledger, cells), actor=actor)
    for text in texts:
        row: Any = bound.model._base_manager.get()
        seen = state_of(bound, values_of(bound, row.pk))
        correct_row(ledger, row.uid, Correction({column: text}, "对照原件", seen), actor=actor)
        assert str(getattr(bound.model._base_manager.get(), column)) == text


def test_spells_within_one_file_are_held_against_each_other(tmp_path: Path) -> None:
    county.person()
    first = {"就业时间": "1990-01-01", "工作单位": "甲厂", "离职时间": "1996-01-01"}
    second = {"就业时间": "1995-01-01", "工作单位": "乙厂"}
    report = take_in("employment_spells", [first, second, second], tmp_path)
    assert (report.created, report.rejected) == (2, 0)
    assert {row["rule"] for row in report.sample} == {"OVERLAP"}
    assert {row["row_no"] for row in report.sample} == {2, 3, 4}
