"""Rows of text out as .xlsx or .csv so that reading the file gives every text back unchanged."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from yizhou.ledgers.writing.sheets import Row, TextSheet, write_sheets

_GUARDED = re.compile(r"'*[=+\-@\t\r\n|]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def export_rows(path: Path, headers: Sequence[str], rows: Iterable[Row], sheet_name: str = "数据") -> int:
    """Stream `rows` (cells in the order of `headers`; None and "" are empty) to `path`, by its suffix.

    .xlsx: every cell is typed as text, never a number or a formula. .csv: UTF-8 with BOM, texts that begin
    with a formula sign guarded by an apostrophe (`guard_text`). Returns the number of rows. Raises ValueError
    for another suffix and for a text longer than a cell holds. 依据: trust.md T17.
    """
    counted = _Counted(rows)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        write_sheets(path, [TextSheet(sheet_name, headers, counted)])
    elif suffix == ".csv":
        _write_csv(path, headers, counted)
    else:
        raise ValueError(f"只能导出 .xlsx 或 .csv，不能导出「{path.name}」。")
    return counted.count


def guard_text(text: str) -> str:
    """One apostrophe before a text that a spreadsheet would run, or that already looks guarded.

    Reading takes one apostrophe off such texts, so the pair loses nothing: `=1` ⇄ `'=1`, `'=1` ⇄ `''=1`.
    Plain negative numbers stay as they are.
    """
    return f"'{text}" if _GUARDED.match(text) and not _NUMBER.fullmatch(text) else text


class _Counted:
    """Counts rows as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self.count = 0

    def __iter__(self) -> "_Counted":
        return self

    def __next__(self) -> Row:
        row = next(self._rows)
        self.count += 1
        return row


def _write_csv(path: Path, headers: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headers)
        for row in rows:
            writer.writerow([guard_text(cell if isinstance(cell, str) else _text(cell)) for cell in row])


def _text(value: object) -> str:
    return "" if value is None else str(value)
