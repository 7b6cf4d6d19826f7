"""Every bound ledger: a filled sheet goes in whole, is listed, comes out, and goes in again without a change."""

from pathlib import Path

import pytest

from tests.stations.filled import Cells, rows_for
from yizhou.ledgers.exporting import export_ledger
from yizhou.ledgers.importing import Request, import_file
from yizhou.ledgers.ledger import in_order
from yizhou.ledgers.writing import export_rows
from yizhou.orgs.queries import console_actor

pytestmark = pytest.mark.django_db
NAMES = [bound.name for bound in in_order()]


@pytest.fixture
def sheets() -> dict[str, list[Cells]]:
    """A sheet for every bound ledger, in the order of import."""
    made: dict[str, list[Cells]] = {}
    for bound in in_order():
        made[bound.name] = rows_for(bound, made)
    return made


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_every_ledger_goes_in_and_out_and_in_again(
    sheets: dict[str, list[Cells]], tmp_path: Path, suffix: str
) -> None:
    actor = console_actor()
    for bound in in_order():
        rows = sheets[bound.name]
        filled, exported = tmp_path / f"{bound.name}{suffix}", tmp_path / f"{bound.name}-out{suffix}"
        export_rows(filled, bound.layout.headers, [list(row.values()) for row in rows])
        report = import_file(Request(bound.name, filled, sample=9), actor=actor)
        assert (report.rows, report.created, report.rejected) == (len(rows), len(rows), 0), report.sample
        assert export_ledger(bound.name, exported, actor=actor, plain=True) == len(rows)
        for path in (filled, exported):
            again = import_file(Request(bound.name, path, sample=9), actor=actor)
            assert (again.unchanged, again.rejected) == (len(rows), 0), (bound.name, again)


def test_a_row_that_an_action_touched_is_compared_by_its_content(
    sheets: dict[str, list[Cells]], tmp_path: Path
) -> None:
    actor = console_actor()
    for bound in in_order():
        rows = sheets[bound.name]
        filled = tmp_path / f"{bound.name}.csv"
        export_rows(filled, bound.layout.headers, [list(row.values()) for row in rows])
        import_file(Request(bound.name, filled), actor=actor)
        bound.model._base_manager.update(row_digest=None)
        again = import_file(Request(bound.name, filled), actor=actor)
        assert (again.unchanged, again.updated) == (len(rows), 0), bound.name


def test_ledgers_are_bound_in_their_order() -> None:
    wanted = {"areas", "stations", "staff_posts", "people", "visits", "service_windows", "hall_receptions"}
    assert wanted | {"hotline_calls"} <= set(NAMES)
    assert NAMES[:4] == ["areas", "stations", "staff_posts", "people"]
