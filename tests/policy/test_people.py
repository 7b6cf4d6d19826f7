"""Cases 1 and 2 of handbook §23, as a file and by form: a number or a service that cannot be stays out, by both doors."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support import county
from yizhou.core.refusal import Refused
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.columns import layouts
from yizhou.orgs.queries import console_actor
from yizhou.people.actions import create_person
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CASES_FILE = Path(__file__).parent / "people" / "first_rules.toml"
USUAL = {
    "身份证号": "339900198508011019",
    "入伍时间": "2003-12-01",
    "退役时间": "2005-12-01",
}


@dataclass(frozen=True)
class Case:
    """One row, and the errors it must meet."""

    name: str
    judged: list[str]
    cells: dict[str, str] = field(default_factory=dict)
    stored: str = ""

    @property
    def row(self) -> dict[str, str]:
        """The row by header."""
        return county.row(born="19850801", **{**USUAL, **self.cells})


CASES = [Case(**row) for row in tomllib.loads(CASES_FILE.read_text("utf-8"))["case"]]
by_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@pytest.fixture(autouse=True)
def divisions(db: None) -> None:
    """The divisions of the demonstration."""
    county.divisions()


def numbers() -> list[str]:
    return [person.opened()["id_number"] for person in Person.objects.everywhere("test")]


@by_case
def test_as_a_file(case: Case) -> None:
    report = county.take_in(case.row, sample=9)
    errors = {row["rule"] for row in report.sample if row["level"] == "ERROR"}
    assert errors == set(case.judged)
    assert (report.created, report.rejected) == ((0, 1) if case.judged else (1, 0))
    assert numbers() == ([case.stored] if case.stored else [])


@by_case
def test_by_form(case: Case) -> None:
    fields = {column.header: column.field for column in layouts()["people"].columns}
    cells = {fields[header]: text for header, text in case.row.items()}
    if case.judged:
        with pytest.raises(Refused) as caught:
            create_person(cells, actor=console_actor(), accept_doubts=True)
        assert {blocker.code for blocker in caught.value.blockers} == set(case.judged)
        assert not Event.objects.everywhere("test").filter(kind="person.created", outcome=Outcome.DONE)
    else:
        create_person(cells, actor=console_actor(), accept_doubts=True)
    assert numbers() == ([case.stored] if case.stored else [])
