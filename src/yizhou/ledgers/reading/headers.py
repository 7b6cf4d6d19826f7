"""The header row: which columns are used, and whether their names can be told apart."""

from collections import Counter
from collections.abc import Sequence

import polars as pl

from yizhou.ledgers.reading.limits import Limits, refusal

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def column_letter(index: int) -> str:
    """Spreadsheet name of a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The inverse of `column_letter`: A → 0, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def normalise_header(text: str) -> str:
    """Half-width forms, no spaces around: how headers are compared."""
    return text.translate(_HALF_WIDTH).strip()


def read_headers(cells: Sequence[str | None], limits: Limits) -> list[str]:
    """Names by position up to the last used one; an unnamed column in between is "".

    Raises UnreadableFile when the row is blank, a name occurs twice or there are too many columns.
    """
    names = [normalise_header(cell or "") for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise refusal("no-header", "第 1 行没有表头。", "请把列名放在第 1 行（可先下载模板），标题行请删除。")
    if len(names) > limits.columns:
        raise refusal(
            "too-many-columns",
            f"表头有 {len(names)} 列，最多 {limits.columns} 列。",
            "请删去与本台账无关的列。",
        )
    doubled = [name for name, times in Counter(filter(None, names)).items() if times > 1]
    if doubled:
        where = "；".join(f"「{name}」在 {_columns_of(name, names)} 列" for name in doubled[:5])
        raise refusal("doubled-header", f"表头有重复的列名：{where}。", "请改名或删去多余的一列。")
    return names


def _columns_of(name: str, names: Sequence[str]) -> str:
    return "、".join(column_letter(at) for at, other in enumerate(names) if other == name)


def drop_unnamed(frame: pl.DataFrame, names: list[str], row_no: pl.Series) -> pl.DataFrame:
    """`frame` has columns "0", "1", …; name them, refusing content under a blank header."""
    for at, name in enumerate(names):
        if name:
            continue
        used = frame[str(at)].str.strip_chars().fill_null("") != ""
        if used.any():
            raise refusal(
                "blank-header",
                f"{column_letter(at)} 列第 1 行没有列名，而第 {row_no.filter(used)[0]} 行有内容。",
                "请补上列名，或删去这一列。",
            )
    return frame.select(pl.col(str(at)).alias(name) for at, name in enumerate(names) if name)


def drop_blank_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Leave out rows whose every cell but `row_no` and the kinds is blank; frame columns are "0", "1", …."""
    columns = [name for name in frame.columns if name.isdigit()]
    blank = _blank(frame[columns[0]])
    if not blank.any():
        return frame
    suspects = frame.filter(blank).select(columns[1:] or columns)
    hollow = pl.Series([True] * suspects.height, dtype=pl.Boolean)
    for column in suspects.iter_columns():
        hollow &= _blank(column)
    positions = pl.arange(0, frame.height, eager=True).filter(blank).filter(hollow)
    keep = ~pl.arange(0, frame.height, eager=True).is_in(positions.implode())
    return frame.filter(keep)


def _blank(column: pl.Series) -> pl.Series:
    return column.is_null() | (column.str.strip_chars() == "")
