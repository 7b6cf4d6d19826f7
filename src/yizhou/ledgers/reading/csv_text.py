"""Read a csv file. Lines without quotes are split as columns; records with quotes go through the csv module.

Rows are records: a line break inside quotes does not count, so numbers agree with what Excel shows.
A value that begins with a formula sign is written with one apostrophe more (see writing.guard_text); one is
taken off again here, so that export followed by import returns every text unchanged.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from yizhou.ledgers.reading.encoding import TextFile, examine
from yizhou.ledgers.reading.headers import drop_blank_rows, drop_unnamed, read_headers
from yizhou.ledgers.reading.limits import Limits, UnreadableFile, refusal
from yizhou.ledgers.reading.sheet import PROBLEM_SCHEMA, ROW, Sheet
from yizhou.ledgers.reading.xlsx import NO_ROWS, too_many_rows

_BLOCK = 8 << 20
_OTHER_SEPARATORS = ((";", "分号"), ("\t", "制表符"), ("\uff1b", "全角分号"), ("\uff0c", "全角逗号"))
_LONGEST_RECORD = 4 << 20
_GUARDED = r"^'+[=+\-@\t\r\n|]"


def read_csv(path: Path, limits: Limits) -> Sheet:
    """The file must have passed `judge`. Raises UnreadableFile."""
    file = examine(path)
    csv.field_size_limit(_LONGEST_RECORD)
    reading: _Reading | None = None
    with path.open("rb") as stream:
        if stream.read(3) != b"\xef\xbb\xbf":
            stream.seek(0)
        for block in _blocks(iter(lambda: stream.read(_BLOCK), b""), file):
            data = block
            if reading is None:
                header = _records(block, file)[0]
                reading = _Reading(_names(header, limits), limits)
                data = block[len(header.encode(file.encoding)) :].removeprefix(b"\r").removeprefix(b"\n")
            if data:
                reading.add(data, file)
    if reading is None:
        raise refusal("empty", "文件里没有内容。", "请确认数据已保存在文件里。")
    return reading.sheet()


def _blocks(chunks: Iterator[bytes], file: TextFile) -> Iterator[bytes]:
    """Whole records: cut behind the last line end that is not inside quotes."""
    held, record = b"", 1
    for chunk in chunks:
        held += chunk
        cut = _safe_cut(held, file.newline)
        if cut:
            record += held.count(file.newline, 0, cut)
            yield held[:cut]
            held = held[cut:]
        elif len(held) > _BLOCK + _LONGEST_RECORD:
            raise _unclosed(record + held.count(file.newline, 0, _last_open(held)))
    if held.count(b'"') % 2:
        raise _unclosed(record + held.count(file.newline, 0, _last_open(held)))
    if held:
        yield held


def _safe_cut(held: bytes, newline: bytes) -> int:
    """Length of the longest start of `held` that ends behind a line with no quote open; 0 for none."""
    cut = held.rfind(newline) + 1
    open_quotes = held.count(b'"', 0, cut) % 2
    while cut and open_quotes:
        before = held.rfind(newline, 0, cut - 1) + 1
        open_quotes ^= held.count(b'"', before, cut) % 2
        cut = before
    return cut


def _last_open(held: bytes) -> int:
    """Where the quote that is never closed most likely stands: the last at the start of a field."""
    return max(held.rfind(b',"'), held.rfind(b'\n"'), 0)


def _unclosed(line: int) -> UnreadableFile:
    return refusal(
        "quotes",
        f"第 {line} 行附近有一个双引号没有配对。",
        '请补上或删去这个双引号（内容里的双引号要写成两个 ""）。',
    )


def _records(block: bytes, file: TextFile) -> pl.Series:
    """One string per record, line ends taken off."""
    text = block.decode(file.encoding)
    newline = file.newline.decode()
    lines = pl.Series("text", [text.removesuffix(newline)]).str.split(newline).explode()
    if '"' in text:
        frame = lines.to_frame().with_columns(
            open=(pl.col("text").str.count_matches('"', literal=True).cum_sum() % 2)
        )
        frame = frame.with_columns(record=(pl.col("open").shift(1, fill_value=0) == 0).cum_sum())
        if frame["record"][-1] != frame.height:
            grouped = frame.group_by("record", maintain_order=True).agg(pl.col("text").str.join(newline))
            lines = grouped["text"]
    return lines.str.strip_suffix("\r")


def _names(record: str, limits: Limits) -> list[str]:
    for sign, name in _OTHER_SEPARATORS:
        if "," not in record and record.count(sign) > 0:
            raise refusal(
                "separator",
                f"表头用{name}分隔，不是逗号。",
                "请另存为“CSV UTF-8(逗号分隔)”或 .xlsx 后再导入。",
            )
    fields = _fields(record)
    if fields is None:
        raise _unclosed(1)
    return read_headers(fields, limits)


def _fields(record: str) -> list[str] | None:
    """The fields of one record, None where quotes are used in no way the format knows."""
    try:
        rows = list(csv.reader(io.StringIO(record, newline=""), strict=True))
    except csv.Error:
        return None
    if not rows:
        return []
    return rows[0] if len(rows) == 1 else None


class _Reading:
    """Tables so far."""

    def __init__(self, names: list[str], limits: Limits) -> None:
        self._names = names
        self._limits = limits
        self._next = 2
        self._height = 0
        schema = {ROW: pl.UInt32} | {str(at): pl.String for at in range(len(names))}
        self._tables = [pl.DataFrame(schema=schema)]
        self._problems: list[tuple[int, str, str, str]] = []

    def add(self, block: bytes, file: TextFile) -> None:
        """Takes the next records of the file."""
        table = self._regular(block, file)
        if table is None:
            table = self._irregular(_records(block, file))
        table = drop_blank_rows(_unguard(table)) if table.height else table
        self._height += table.height
        if self._height > self._limits.rows:
            raise too_many_rows(self._limits)
        self._tables.append(table)

    def _regular(self, block: bytes, file: TextFile) -> pl.DataFrame | None:
        """The block as a table when no field is quoted and every line has as many fields as the header."""
        count = len(self._names)
        lines = block.count(b"\n") + (not block.endswith(b"\n"))
        if file.newline != b"\n" or count == 1 or b'"' in block or block.count(b",") != lines * (count - 1):
            return None
        if file.encoding != "utf-8":
            block = block.decode(file.encoding).encode()
        schema = {str(at): pl.String for at in range(count)}
        try:  # with the right number of commas in all, a line that has too few means another has too many
            table = pl.read_csv(
                block, has_header=False, schema=schema, quote_char=None, truncate_ragged_lines=False
            )
        except pl.exceptions.PolarsError:
            return None
        if table.height != lines:
            return None
        return table.insert_column(0, self._numbers(lines))

    def _numbers(self, lines: int) -> pl.Series:
        first, self._next = self._next, self._next + lines
        return pl.int_range(first, self._next, dtype=pl.UInt32, eager=True).alias(ROW)

    def _irregular(self, records: pl.Series) -> pl.DataFrame:
        count = len(self._names)
        frame = pl.DataFrame([self._numbers(len(records)), records.alias("text")]).filter(
            pl.col("text") != ""
        )
        commas = pl.col("text").str.count_matches(",", literal=True)
        simple = (commas == count - 1) & ~pl.col("text").str.contains('"', literal=True)
        regular = frame.filter(simple)
        fields = regular["text"].str.split_exact(",", count - 1).struct.unnest()
        fields.columns = [str(at) for at in range(count)]
        table = fields.insert_column(0, regular[ROW])
        if regular.height < frame.height:
            table = pl.concat([table, self._others(frame.filter(~simple))]).sort(ROW)
        return table

    def _others(self, frame: pl.DataFrame) -> pl.DataFrame:
        count = len(self._names)
        rows: list[Sequence[int | str]] = []
        for row_no, text in frame.iter_rows():
            fields = _fields(text)
            if fields is None:
                self._problem(row_no, "双引号用法不对", '内容里的双引号要写成两个 ""，整格再用双引号括起来')
                fields = text.split(",")
            elif len(fields) < count or any(field.strip() for field in fields[count:]):
                self._problem(
                    row_no,
                    f"这一行有 {len(fields)} 格，表头有 {count} 列",
                    "请检查是否多了或少了逗号；内容里有逗号时整格要用双引号括起来",
                )
            rows.append([row_no, *fields[:count], *[""] * (count - len(fields))])
        schema = {ROW: pl.UInt32} | {str(at): pl.String for at in range(count)}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _problem(self, row_no: int, reason: str, remedy: str) -> None:
        self._problems.append((row_no, "", reason, remedy))

    def sheet(self) -> Sheet:
        """The whole."""
        table = pl.concat(self._tables)
        frame = drop_unnamed(table, self._names, table[ROW])
        return Sheet(
            headers=[name for name in self._names if name],
            frame=frame.insert_column(0, table[ROW]),
            problems=pl.DataFrame(self._problems, schema=PROBLEM_SCHEMA, orient="row"),
            warnings=[] if table.height else [NO_ROWS],
        )


def _unguard(table: pl.DataFrame) -> pl.DataFrame:
    """Empty text becomes null, one apostrophe goes from before a formula sign."""
    columns = []
    for name in table.columns[1:]:
        column = pl.col(name)
        if table[name].str.starts_with("'").any():
            column = (
                pl.when(column.str.contains(_GUARDED)).then(column.str.strip_prefix("'")).otherwise(column)
            )
        columns.append(pl.when(column != "").then(column).alias(name))
    return table.with_columns(columns)
