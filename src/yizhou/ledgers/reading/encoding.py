"""Which of the two encodings a csv file is in: found by reading all of it strictly, not by guessing."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from yizhou.ledgers.reading.limits import refusal

_CHUNK = 4 << 20
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“CSV UTF-8(逗号分隔)(*.csv)”或 .xlsx 后再导入。"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class TextFile:
    """`encoding` is a codec name; `newline` the byte that ends lines (CR in a file from an old Mac)."""

    encoding: str
    newline: bytes


def examine(path: Path) -> TextFile:
    """Raises UnreadableFile for NUL bytes, UTF-16 and for bytes that neither UTF-8 nor GB18030 allows."""
    utf_8 = _Decoding("utf-8")
    has_newline = False
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if not utf_8.bytes_read and chunk.startswith(_UTF_16):
                raise refusal("encoding", "文件是 UTF-16 编码（“Unicode 文本”）。", _SAVE_AS)
            if (nul := chunk.find(b"\0")) >= 0:
                line = utf_8.lines + chunk.count(b"\n", 0, nul)
                raise refusal("nul", f"第 {line} 行有空字符（NUL），文件不是文本或已损坏。", _SAVE_AS)
            has_newline = has_newline or b"\n" in chunk
            utf_8.take(chunk)
    newline = b"\n" if has_newline else b"\r"
    utf_8_fault = utf_8.finish()
    if not utf_8_fault:
        return TextFile("utf-8", newline)
    fault = _gb18030_fault(path)
    if not fault:
        return TextFile("gb18030", newline)
    raise refusal(
        "encoding",
        f"编码既不是 UTF-8（第 {utf_8_fault[0]} 行、第 {utf_8_fault[1]} 字节读不出），"
        f"也不是 GB18030（第 {fault[0]} 行、第 {fault[1]} 字节读不出）。",
        _SAVE_AS,
    )


def _gb18030_fault(path: Path) -> tuple[int, int] | None:
    decoding = _Decoding("gb18030")
    with path.open("rb") as stream:
        while not decoding.fault and (chunk := stream.read(_CHUNK)):
            decoding.take(chunk)
    return decoding.finish()


class _Decoding:
    """Strict decoding of a stream that remembers the line and byte (both from 1) of the first fault."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._held = b""
        self.bytes_read = 0
        self.lines = 1
        self.fault: tuple[int, int] | None = None

    def take(self, chunk: bytes) -> None:
        """The next bytes of the file; only whole lines are looked at, the rest is held."""
        lines = self.lines
        self.bytes_read += len(chunk)
        self.lines += chunk.count(b"\n")
        if self.fault:
            return
        whole, newline, rest = chunk.rpartition(b"\n")
        if not newline:
            self._held += chunk
            return
        self._check(self._held + whole + newline, self.bytes_read - len(rest), lines)
        self._held = rest

    def finish(self) -> tuple[int, int] | None:
        """The fault, if any, of all that was taken."""
        if not self.fault:
            self._check(self._held, self.bytes_read, self.lines)
        return self.fault

    def _check(self, data: bytes, end: int, line: int) -> None:
        if self._encoding == "utf-8" and _is_utf_8(data):
            return
        try:
            data.decode(self._encoding)
        except UnicodeDecodeError as error:
            self.fault = (line + data.count(b"\n", 0, error.start), end - len(data) + error.start + 1)


def _is_utf_8(data: bytes) -> bool:
    """Much quicker than decoding, which has to build the text."""
    try:
        pl.Series([data]).cast(pl.String)
    except pl.exceptions.PolarsError:
        return False
    return True
