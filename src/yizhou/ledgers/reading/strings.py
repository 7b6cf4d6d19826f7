"""The shared strings of a workbook as one Series; phonetic guides above Chinese text are left out."""

import re

import polars as pl

from yizhou.ledgers.reading.limits import Irregular
from yizhou.ledgers.reading.markup import decode_escapes, feed, local, plain, plain_series, safe_parser

_SIMPLE = r"^<si><t(?: [^<>]*)?>([^<]*)</t>$"
_PHONETIC = re.compile(r"<rPh[ >].*?</rPh>|<phoneticPr[^<>]*/>", re.DOTALL)
_RICH = re.compile(r"\s*<si>(?:<r>.*</r>|<t[ >/].*)?\s*", re.DOTALL)
_RUN = re.compile(r"<t(?: [^<>]*)?>([^<]*)</t>")


def shared_strings(data: bytes) -> pl.Series:
    """All strings in their order. Raises UnreadableFile when the part is not well-formed XML."""
    try:
        return _quick(data)
    except Irregular:
        return _careful(data)


def _quick(data: bytes) -> pl.Series:
    start = data.find(b"<si>")
    if start < 0 or b"<!" in data or not re.search(rb"<sst[ >]", data[:start]):
        raise Irregular
    body, end, _ = data[start:].rpartition(b"</si>")
    if not end:
        raise Irregular
    pieces = _text(body).str.split("</si>").explode()
    texts = pieces.str.extract(_SIMPLE)
    odd = texts.is_null()
    if b"&" in body or b"\r" in body or b"_x" in body:
        texts = plain_series(texts)
    if odd.any():
        fixed = pl.Series([_rich(piece) for piece in pieces.filter(odd)], dtype=pl.String)
        texts = texts.scatter(odd.arg_true(), fixed)
    return texts


def _text(body: bytes) -> pl.Series:
    try:
        return pl.Series([body]).cast(pl.String)
    except pl.exceptions.PolarsError as error:
        raise Irregular from error


def _rich(piece: str) -> str:
    bare = _PHONETIC.sub("", piece)
    if not _RICH.fullmatch(bare) or "<si" in bare.replace("<si>", "", 1) or "<rPh" in bare or "<x:" in bare:
        raise Irregular
    return "".join(plain(run) for run in _RUN.findall(bare))


def _careful(data: bytes) -> pl.Series:
    found: list[str] = []
    runs: list[str] = []
    path: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        path.append(local(name))
        if path[-1] == "si":
            runs.clear()

    def end(_: str) -> None:
        if path.pop() == "si":
            found.append(decode_escapes("".join(runs)))

    def characters(text: str) -> None:
        if path[-1] == "t" and "rPh" not in path:
            runs.append(text)

    parser = safe_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    feed(parser, data, final=True)
    return pl.Series(found, dtype=pl.String)
