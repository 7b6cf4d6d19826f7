"""The careful parser: any well-formed sheet, by events. Slow, and asked only when `rows` declines."""

from collections.abc import Iterator
from typing import IO

import polars as pl

from yizhou.ledgers.reading.headers import column_letter
from yizhou.ledgers.reading.limits import broken
from yizhou.ledgers.reading.markup import decode_escapes, feed, local, safe_parser
from yizhou.ledgers.reading.rows import INLINE, NUMBER, RAW_SCHEMA, TYPES

_CHUNK = 1 << 20
_BATCH = 200_000
_COLUMN = {column_letter(at): at for at in range(18_278)}


class CarefulSheet:
    """Raw cells in batches, merged ranges as they come by."""

    def __init__(self) -> None:
        self.merges: list[str] = []
        self._cells: list[tuple[int, int, int, int, bool, str | None]] = []
        self._row = 0
        self._col = -1
        self._in_this_row = 0
        self._cell: dict[str, str] = {}
        self._formula = False
        self._value: list[str] | None = None
        self._path: list[str] = []

    def blocks(self, stream: IO[bytes]) -> Iterator[pl.DataFrame]:
        """Raw cells (rows.RAW_SCHEMA) in the order of the file."""
        parser = safe_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        while chunk := stream.read(_CHUNK):
            feed(parser, chunk)
            if len(self._cells) >= _BATCH:
                yield self._take(len(self._cells) - self._in_this_row)
        feed(parser, b"", final=True)
        yield self._take(len(self._cells))

    def _take(self, count: int) -> pl.DataFrame:
        """The oldest cells; those of a row still being read stay for the next batch."""
        cells, self._cells = self._cells[:count], self._cells[count:]
        return pl.DataFrame(cells, schema=RAW_SCHEMA, orient="row")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "row":
            self._row = int(attributes["r"]) if attributes.get("r", "").isdigit() else self._row + 1
            self._col = -1
            self._in_this_row = 0
        elif tag == "c":
            self._cell, self._formula, self._value = attributes, False, None
            self._place(attributes.get("r", ""))
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "is") and self._value is None:
            self._value = []
        elif tag == "mergeCell":
            self.merges.append(attributes.get("ref", ""))
        self._path.append(tag)

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if not reference:
            self._col += 1
        elif letters in _COLUMN and reference[len(letters) :].isdigit():
            self._col = _COLUMN[letters]
            self._row = int(reference[len(letters) :])
        else:
            raise broken(f"单元格位置 {reference[:20]}")

    def _characters(self, text: str) -> None:
        inside = self._path[-1] if self._path else ""
        if self._value is not None and (inside == "v" or (inside == "t" and "rPh" not in self._path)):
            self._value.append(text)

    def _end(self, _: str) -> None:
        if self._path.pop() != "c":
            return
        kind = TYPES.get(self._cell.get("t", "n"))
        style = self._cell.get("s", "0")
        if kind is None or not style.isdigit():
            raise broken("单元格类型")
        value = None if self._value is None else "".join(self._value)
        if value is None and not self._formula:
            return
        if value is not None and kind != NUMBER:
            value = decode_escapes(value)
        if kind == INLINE and value is None:
            value = ""
        self._in_this_row += 1
        self._cells.append((self._row, self._col, kind, int(style), self._formula, value))
