"""The result of reading: one table of text with the numbers of its rows in the file."""

from dataclasses import dataclass, field
from enum import IntEnum

import polars as pl

ROW = "row_no"
PROBLEM_SCHEMA: dict[str, type[pl.DataType]] = {
    ROW: pl.UInt32,
    "header": pl.String,
    "reason": pl.String,
    "remedy": pl.String,
}


class Kind(IntEnum):
    """What a cell was in the workbook; a csv file has only text."""

    TEXT = 0
    NUMBER = 1
    DATE = 2
    BOOL = 3
    ERROR = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet of a workbook, or a csv file.

    `headers`: trimmed, full-width forms made half-width, in the order of the file, no two alike.
    `frame`: `row_no` (UInt32, the header being row 1) and one String column per header. Cells keep their
    text, spaces included; an empty cell is null. Numbers are written without exponent, dates as YYYY-MM-DD or
    YYYY-MM-DD HH:MM:SS, booleans as 是/否. Rows without any content are left out but counted.
    `numeric`: for each column that holds number cells, a Boolean per row of `frame` saying which they are;
    an ID number among them has been rounded by Excel and must be refused.
    `problems`: cells (or, with an empty header, rows) that cannot be taken: row_no, header, reason, remedy.
    Their rows must be rejected, unless the ledger ignores the column.
    `warnings`: sentences for the user; the file is read all the same.
    """

    headers: list[str]
    frame: pl.DataFrame
    numeric: dict[str, pl.Series] = field(default_factory=dict)
    problems: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PROBLEM_SCHEMA))
    warnings: list[str] = field(default_factory=list)
