"""Who took a file out, written into the file itself (trust.md G25: 姓名 机构 时间 编号).

A workbook carries it on every printed page and on a sheet of its own; a csv file in its last line. What goes through
the register is masked and cannot be imported again, so that line breaks nothing; files for another system come from
the command line, without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from yizhou.ledgers.writing import export_rows
from yizhou.ledgers.writing.sheets import Row, TextSheet, write_sheets

REGISTER = "导出登记"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file says about itself."""

    number: str
    name: str
    unit: str
    at: str
    purpose: str

    @property
    def line(self) -> str:
        """In one line, as printed on each page."""
        return f"{self.name} {self.unit} {self.at} 登记号 {self.number}"

    def pairs(self) -> list[tuple[str, str]]:
        """As a sheet of its own tells it."""
        return [
            ("登记号", self.number),
            ("申请人", self.name),
            ("单位（辖区）", self.unit),
            ("生成时间", self.at),
            ("用途", self.purpose),
            ("注意", "内部资料，限本人按所写用途使用；不得转发、公开，用毕删除。每次下载都已登记"),
        ]


def write_marked(path: Path, headers: Sequence[str], rows: Iterable[Row], mark: Mark) -> int:
    """Stream the rows to ``path`` by its suffix, with the mark; returns how many rows."""
    if path.suffix != ".csv":
        return write_marked_sheets(path, [TextSheet("数据", headers, rows)], mark)
    counted = _Counted(rows)
    last = [f"【{mark.line}】", *[""] * (len(headers) - 1)]
    export_rows(path, headers, chain(counted, [last]))
    return counted.count


def write_marked_sheets(path: Path, sheets: Sequence[TextSheet], mark: Mark) -> int:
    """Stream several lists to one workbook with the mark; returns how many rows they have together."""
    counted = [_Counted(sheet.rows) for sheet in sheets]
    data = [sheet._replace(rows=rows) for sheet, rows in zip(sheets, counted, strict=True)]
    write_sheets(path, [*data, TextSheet(REGISTER, ("项目", "内容"), mark.pairs())], printed=mark.line)
    return sum(rows.count for rows in counted)


class _Counted:
    """Counts rows as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row
