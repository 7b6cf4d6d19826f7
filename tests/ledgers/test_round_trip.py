"""Every ledger: the filled template goes in whole, is listed, comes out, and goes in again without a change."""

from pathlib import Path

import pytest

from tests.ledgers.filled import Cells, needed_for, rows_for
from yizhou.ledgers.browsing import browse_page
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.exporting import export_ledger
from yizhou.ledgers.importing import Report, Request, import_file
from yizhou.ledgers.ledger import LEDGERS, Ledger, in_order
from yizhou.ledgers.writing import export_rows
from yizhou.orgs.queries import console_actor

pytestmark = pytest.mark.django_db
NAMES = [bound.name for bound in in_order()]


@pytest.fixture
def sheet(name: str, tmp_path: Path) -> list[Cells]:
    """Filled rows of the ledger, with what they refer to already stored."""
    made: dict[str, list[Cells]] = {}
    for bound in needed_for(LEDGERS[name]):
        made[bound.name] = rows_for(bound, made)
        if bound.name != name:
            report = take_in(bound, made[bound.name], tmp_path / f"{bound.name}.csv")
            assert report.rejected == 0, report.sample
    return made[name]


def take_in(bound: Ledger, rows: list[Cells], path: Path) -> Report:
    """Write the rows to a file and import it."""
    export_rows(path, bound.layout.headers, [list(row.values()) for row in rows])
    return import_file(Request(bound.name, path, sample=9), actor=console_actor())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_ledger_goes_in_and_out_and_in_again(
    sheet: list[Cells], name: str, tmp_path: Path, suffix: str
) -> None:
    bound, actor, count = LEDGERS[name], console_actor(), len(sheet)
    filled, exported = tmp_path / f"filled{suffix}", tmp_path / f"exported{suffix}"
    report = take_in(bound, sheet, filled)
    assert (report.rows, report.created, report.rejected) == (count, count, 0), report.sample
    assert len(browse_page(bound, actor, {})["rows"]) == count
    assert export_ledger(name, exported, actor=actor, plain=True) == count
    for path in (filled, exported):
        again = import_file(Request(name, path, sample=9), actor=actor)
        assert (again.unchanged, again.rejected) == (count, 0), again


@pytest.mark.parametrize("name", NAMES)
def test_row_that_an_action_touched_is_compared_by_its_content(
    sheet: list[Cells], name: str, tmp_path: Path
) -> None:
    bound = LEDGERS[name]
    take_in(bound, sheet, tmp_path / "first.csv")
    bound.model._base_manager.update(row_digest=None)
    again = take_in(bound, sheet, tmp_path / "again.csv")
    assert (again.unchanged, again.updated) == (len(sheet), 0)


def test_every_ledger_of_the_facts_is_bound_in_its_order() -> None:
    assert list(layouts()) == NAMES
    assert len(NAMES) == len(LEDGERS)
    assert NAMES.index("policy_docs") == 53  # the ledgers of the contract come first
