"""The errors file: what is wrong on the first sheet, the rejected rows ready to correct on the second."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from yizhou.ledgers.reading.workbook import PROBLEMS, REJECTED
from yizhou.ledgers.writing.sheets import Row, TextSheet, write_sheets

ERROR_HEADERS = ("行号", "列名", "规则", "原因", "怎么改")


def write_errors(
    path: Path, problems: Iterable[Row], headers: Sequence[str], rejected: Iterable[Row]
) -> None:
    """Stream both sheets to `path` (.xlsx). 依据: ledgers.md §1.

    `problems`: rows of ERROR_HEADERS; `rejected`: the rows as they were read, in the template's layout.
    Beyond 1,048,575 rows a sheet ends with a row that says so.
    """
    write_sheets(
        path,
        [
            TextSheet(PROBLEMS, ERROR_HEADERS, problems, frozenset({"行号"})),
            TextSheet(REJECTED, headers, rejected),
        ],
    )
