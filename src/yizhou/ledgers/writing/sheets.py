"""Sheets of text streamed into one workbook: row by row, in constant memory, whatever their number.

rustpy-xlsxwriter writes 340,000 rows sixteen times as fast as XlsxWriter. It is young, so XlsxWriter stands
in where it has no wheel, and for sheets without rows, which the quick one would leave without a header.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

try:
    import rustpy_xlsxwriter
except ImportError:  # no wheel for this machine
    HAS_QUICK_WRITER = False
else:
    HAS_QUICK_WRITER = True

LAST_ROW = 1_048_576
LONGEST_CELL = 32_767
MORE = "还有更多行没有写出（Excel 一张表最多 1,048,576 行）"
Row = Sequence[object]


class TextSheet(NamedTuple):
    """`rows` as long as `headers`; they are used once. `widths` in characters by column."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Row]
    numeric: frozenset[str] = frozenset()


class CellTooLong(ValueError):
    """A text longer than a cell of a workbook holds; a csv file would hold it."""

    def __init__(self, header: str, length: int) -> None:
        super().__init__(
            f"「{header}」有一格内容长 {length:,} 字，Excel 一格最多 {LONGEST_CELL:,} 字，请改用 csv 格式。"
        )


def write_sheets(path: Path, sheets: Sequence[TextSheet], more: str = MORE, printed: str = "") -> None:
    """Write the sheets in turn. Rows beyond the last Excel knows are left out; the last then says `more`.

    `printed` stands at the head and the foot of every printed page.
    """
    peeked = []
    hollow = False
    for sheet in sheets:
        rows = iter(sheet.rows)
        first = list(islice(rows, 1))
        hollow = hollow or not first
        limited = _limited(chain(first, rows), len(sheet.headers), more)
        peeked.append(sheet._replace(rows=limited))
    write = _write_slowly if hollow or not HAS_QUICK_WRITER else _write_quickly
    write(path, peeked, printed)


def _limited(rows: Iterator[Row], columns: int, more: str) -> Iterator[Row]:
    yield from islice(rows, LAST_ROW - 2)
    last = list(islice(rows, 2))
    if len(last) == 2:
        yield [more, *[None] * (columns - 1)]
    else:
        yield from last


def cell_text(value: object, header: str) -> str | None:
    """Text for a cell, None for an empty one. Raises CellTooLong."""
    if value is None or value == "":
        return None
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST_CELL // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise CellTooLong(header, len(text))
    return text


def _records(sheet: TextSheet) -> Iterator[dict[str, object]]:
    headers = list(sheet.headers)
    for row in sheet.rows:
        yield {header: _cell(sheet, value, header) for header, value in zip(headers, row, strict=True)}


def _cell(sheet: TextSheet, value: object, header: str) -> object:
    if header in sheet.numeric and isinstance(value, int):
        return value
    return cell_text(value, header)


def _write_quickly(path: Path, sheets: Sequence[TextSheet], printed: str) -> None:
    as_text = rustpy_xlsxwriter.Format().set_num_format("@")
    bold = rustpy_xlsxwriter.Format().set_bold()
    rustpy_xlsxwriter.write_worksheets(
        [(sheet.name, _records(sheet)) for sheet in sheets],
        str(path),
        freeze_panes={"general": {"row": 1, "col": 0}},
        header_format={sheet.name: bold for sheet in sheets},
        column_formats={
            sheet.name: {h: as_text for h in sheet.headers if h not in sheet.numeric} for sheet in sheets
        },
        ignore_errors={sheet.name: list(sheet.headers) for sheet in sheets},
        page_setup={sheet.name: _print_setup(printed) for sheet in sheets} if printed else None,
    )


def _print_setup(printed: str) -> dict[str, object]:
    """The line twice on each page, and the row of headers again; & begins a code of Excel's and is doubled."""
    line = printed.replace("&", "&&")[:200]
    return {"landscape": True, "repeat_rows": 0, "header": f"&R{line}", "footer": f"&L{line}&R&P/&N"}


def _write_slowly(path: Path, sheets: Sequence[TextSheet], printed: str) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            if printed:
                setup = _print_setup(printed)
                page.set_header(setup["header"])
                page.set_footer(setup["footer"])
            page.set_column(0, len(sheet.headers) - 1, None, as_text)
            write: Callable[..., Any] = page.write_string
            for at, header in enumerate(sheet.headers):
                write(0, at, header, bold)
            for number, row in enumerate(sheet.rows, start=1):
                for at, (header, value) in enumerate(zip(sheet.headers, row, strict=True)):
                    content = _cell(sheet, value, header)
                    if isinstance(content, int):
                        page.write_number(number, at, content)
                    elif content is not None:
                        write(number, at, content, as_text)
