"""What the tests of single rows share: who acts, rows as a form sends them, files."""

from pathlib import Path
from typing import Any

from tests.ledgers.filled import Cells
from yizhou.core.actor import Actor
from yizhou.ledgers import one_row
from yizhou.ledgers.importing import Report, Request, import_file
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.writing import export_rows
from yizhou.orgs.permissions import granted_to
from yizhou.orgs.queries import console_actor


def staff(*areas: str, role: str = "BUREAU_STAFF") -> Actor:
    """Somebody of the bureau, for the whole city unless areas are named."""
    return Actor(None, "顾建平", frozenset({role}), areas or ("",), "", granted_to(role))


def by_field(bound: Ledger, row: Cells) -> dict[str, str]:
    """A row of a sheet as a form sends it."""
    return {column.field: row[column.header] for column in bound.layout.columns}


def only(bound: Ledger, index: int = 0) -> Any:
    """A stored row by its place."""
    return list(bound.model._base_manager.order_by("pk"))[index]


def state(bound: Ledger, pk: int) -> str:
    """What a form says that was filled from the row as it stands."""
    return one_row.state_of(bound, one_row.values_of(bound, pk))


def file_in(bound: Ledger, rows: list[Cells], folder: Path) -> Report:
    """Write the rows to a file and import it."""
    path = folder / f"{bound.name}.csv"
    export_rows(path, bound.layout.headers, [list(row.values()) for row in rows])
    return import_file(Request(bound.name, path, sample=9), actor=console_actor())
