"""The errors file of a workbook: what is wrong with all its sheets on the first, then the rejected rows of each.

It may be handed in as it is, once its rows have been put right: the first sheet is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from yizhou.ledgers.reading import BULK, Sheet, read_sheet
from yizhou.ledgers.reading.workbook import PROBLEMS, REJECTED
from yizhou.ledgers.writing.errors import ERROR_HEADERS
from yizhou.ledgers.writing.sheets import Row, TextSheet, write_sheets
from yizhou.ledgers.writing.template import CODE_SHEET, NOTE_SHEET

MASKED = "导出登记"
"""The sheet by which a masked file is known that went out through the register of exports."""
OURS = frozenset({PROBLEMS, REJECTED, NOTE_SHEET, CODE_SHEET})
"""Sheets that we wrote ourselves and that hold no rows of a ledger."""


class Rejected(NamedTuple):
    """The errors file of one sheet."""

    sheet: str
    path: Path


def write_workbook_errors(path: Path, found: Sequence[Rejected]) -> None:
    """Put the errors files of single sheets together into one."""
    listed = TextSheet(PROBLEMS, ("工作表", *ERROR_HEADERS), _problems(found))
    rows = [(one.sheet, _read(one.path, REJECTED)) for one in found]
    sheets = [
        TextSheet(name, sheet.headers, sheet.frame.drop("row_no").iter_rows())
        for name, sheet in rows
        if sheet.frame.height
    ]
    write_sheets(path, [listed, *sheets])


def _problems(found: Sequence[Rejected]) -> Iterator[Row]:
    for one in found:
        for row in _read(one.path, PROBLEMS).frame.drop("row_no").iter_rows():
            yield (one.sheet, *row)


def _read(path: Path, name: str) -> Sheet:
    return read_sheet(path, BULK, name)
