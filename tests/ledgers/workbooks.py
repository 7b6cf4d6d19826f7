"""Workbooks for tests, and workbooks with a part changed by hand."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from yizhou.ledgers.reading import UnreadableFile, read_sheet

SHEET_PART = "xl/worksheets/sheet1.xml"


def saved(folder: Path, rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> Path:
    """A workbook by openpyxl; `change` gets the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    path = folder / "表.xlsx"
    book.save(path)
    return path


def saved_shared(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A workbook by XlsxWriter, which keeps strings in a part of their own as Excel does."""
    path = folder / "共享.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return path


def with_part(path: Path, part: str, edit: Callable[[str], str]) -> Path:
    """The same workbook with one part edited as text."""
    changed = path.with_name("改.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, edit(data.decode()).encode() if info.filename == part else data)
    return changed


def with_sheet(folder: Path, rows: str, around: tuple[str, str] = ("", "")) -> Path:
    """A workbook whose sheet holds this markup between <sheetData> tags."""
    markup = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{around[0]}<sheetData>{rows}</sheetData>{around[1]}</worksheet>"
    )
    return with_part(saved(folder, [["甲"]]), SHEET_PART, lambda _: markup)


def refused(path: Path, **options: Any) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(path, **options)
    assert caught.value.remedy
    return caught.value
