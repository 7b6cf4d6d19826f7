"""A blank template: the first sheet holds nothing but headers, so that whatever is below them is data.

The example row stands on the sheet 填表说明: on the first sheet somebody would leave it in and import it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LAST_ROW = 1_048_575
_HOW_TO_FILL = "填写约定：深红色表头为必填列；第一张表从第 2 行起填数据，不要改表头，不要合并单元格。"
_HOW_TO_FILL_ALL = "填写约定：一种台账一张表，没有的留空；深红色表头为必填列；从第 2 行起填数据，不要改表名和表头，不要合并单元格。"
_NUMBERS = frozenset({"int", "decimal", "money_yuan"})
_NOTE_HEADERS = ("列名", "必填", "类型", "规则", "说明", "示例")
_CODE_HEADERS = ("代码表", "代码", "名称")
NOTE_SHEET, CODE_SHEET = "填表说明", "代码"
_MOMENTS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss"}
_WAYS = {
    "text": "文字",
    "int": "整数",
    "decimal": "数",
    "money_yuan": "金额（元），至多 2 位小数",
    "date": "日期，如 2024-03-05",
    "datetime": "日期时间，如 2024-03-05 14:30",
    "bool": "是 或 否",
    "area": "12 位区划代码",
    "id_number": "18 位身份证号",
    "phone": "11 位手机号",
    "code": "代码或名称，见“代码”表",
    "ref": "已登记的编号",
}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: `kind` as in ledgers.md §2 (text, date, code:sex, …); `table` names its codes, if any."""

    header: str
    kind: str
    required: bool = False
    rule: str = ""
    note: str = ""
    example: str = ""
    table: str = ""


Codes = Mapping[str, Sequence[tuple[str, str]]]
"""Code table → (code, name) in the order to show."""


def write_template(path: Path, title: str, columns: Sequence[TemplateColumn], codes: Codes) -> None:
    """Write the template of a ledger to `path` (.xlsx): 数据, 填表说明, 代码. 依据: ledgers.md §1.

    Required headers are dark red. Columns with a code table (and yes/no columns) offer a drop-down that still
    lets a code be typed. All but numbers and dates are formatted as text, so that Excel rounds no number.
    """
    write_templates(path, {title: columns}, codes)


def write_templates(path: Path, ledgers: Mapping[str, Sequence[TemplateColumn]], codes: Codes) -> None:
    """The same with a data sheet for each ledger by title; what is said about them stands on one sheet."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheets = [
            (book.add_worksheet(_NOT_IN_NAMES.sub("", title)[:31] or "数据"), columns)
            for title, columns in ledgers.items()
        ]
        notes = book.add_worksheet(NOTE_SHEET)
        listed = book.add_worksheet(CODE_SHEET)
        formats = _Formats(book)
        ranges = _write_codes(listed, formats, codes)
        for data, columns in sheets:
            _write_data(data, formats, columns, ranges)
        _write_notes(notes, formats, ledgers)
        sheets[0][0].activate()


class _Formats:
    """The looks in use."""

    def __init__(self, book: Any) -> None:
        head = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.required = book.add_format({**head, "bg_color": "#9F1D20", "font_color": "#FFFFFF"})
        self.optional = book.add_format({**head, "bg_color": "#E8E4DC"})
        self.text = book.add_format({"num_format": "@"})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.example = book.add_format({"num_format": "@", "italic": True, "font_color": "#666666"})
        self.moments = {kind: book.add_format({"num_format": form}) for kind, form in _MOMENTS.items()}


def _write_codes(sheet: Any, formats: _Formats, codes: Codes) -> dict[str, str]:
    """All tables one below the other; returns the range of names of each."""
    for at, header in enumerate(_CODE_HEADERS):
        sheet.write_string(0, at, header, formats.optional)
    sheet.set_column(0, 2, 24, formats.text)
    sheet.freeze_panes(1, 0)
    ranges = {}
    row = 1
    for table, entries in codes.items():
        first = row
        for code, name in entries:
            for at, value in enumerate((table, code, name)):
                sheet.write_string(row, at, value, formats.text)
            row += 1
        if row > first:
            ranges[table] = f"='{CODE_SHEET}'!$C${first + 1}:$C${row}"
    return ranges


def _write_data(
    sheet: Any, formats: _Formats, columns: Sequence[TemplateColumn], ranges: dict[str, str]
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for at, column in enumerate(columns):
        form = None if column.kind in _NUMBERS else formats.moments.get(column.kind, formats.text)
        sheet.set_column(at, at, max(12, 2 * len(column.header) + 4), form)
        sheet.write_string(0, at, column.header, formats.required if column.required else formats.optional)
        source: str | list[str] | None = ranges.get(column.table)
        if column.kind == "bool":
            source = ["是", "否"]
        if source:
            sheet.data_validation(1, at, _LAST_ROW, at, _choice(column, source))
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_LAST_ROW + 1}"})


def _choice(column: TemplateColumn, source: str | list[str]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "不在下拉选项里",
        "error_message": f"「{column.header}」请从下拉中选取，也可以填代码（见“代码”表）。仍要这样填吗？",
    }


def _write_notes(sheet: Any, formats: _Formats, ledgers: Mapping[str, Sequence[TemplateColumn]]) -> None:
    for at, (header, width) in enumerate(zip(_NOTE_HEADERS, (20, 8, 26, 44, 44, 26), strict=True)):
        sheet.set_column(at, at, width, formats.wrapped)
        sheet.write_string(0, at, header, formats.optional)
    sheet.freeze_panes(1, 0)
    row, is_one = 1, len(ledgers) == 1
    for title, columns in ledgers.items():
        if not is_one:
            sheet.write_string(row, 0, title, formats.optional)
            row += 1
        for column in columns:
            _write_note(sheet, formats, row, column)
            row += 1
    row += 1
    for line in (
        f"《{next(iter(ledgers))}》{_HOW_TO_FILL}" if is_one else _HOW_TO_FILL_ALL,
        "身份证号、电话、账号、编号等列已设为文本格式，请勿改成数字，否则 Excel 会改掉第 15 位以后的数字。",
        "下面是示例行（只在这张说明表里，导入时不读）：",
    ):
        sheet.write_string(row, 0, line)
        row += 1
    for columns in ledgers.values():
        for at, column in enumerate(columns):
            sheet.write_string(row, at, column.header, formats.optional)
            sheet.write_string(row + 1, at, column.example, formats.example)
        row += 3


def _write_note(sheet: Any, formats: _Formats, row: int, column: TemplateColumn) -> None:
    way = column.kind if column.kind in _WAYS else column.kind.partition(":")[0]
    shown = _WAYS.get(way, way) + (f"（{column.table}）" if column.table else "")
    required = "必填" if column.required else ""
    cells = (column.header, required, shown, column.rule, column.note, column.example)
    for at, value in enumerate(cells):
        if value:
            sheet.write_string(row, at, value, formats.wrapped)
