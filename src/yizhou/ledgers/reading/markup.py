"""Small XML tools: event reading that refuses document types, and plain text out of escaped text."""

import re
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

import polars as pl

from yizhou.ledgers.reading.limits import Irregular, broken

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ENTITY = re.compile(r"&(#x?[0-9A-Fa-f]{1,6}|[A-Za-z]+);?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NEEDS_WORK = r"[&\r]|_x[0-9A-Fa-f]{4}_"


class Element(NamedTuple):
    """The start of an element: its parent's local name, its own, and its attributes by local name."""

    parent: str
    name: str
    attributes: dict[str, str]


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition("|")[2]


def safe_parser() -> expat.XMLParserType:
    """A parser that knows namespaces and stops at the first document type: no entity is ever expanded."""
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise broken("含有文档类型声明")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def elements(data: bytes) -> list[Element]:
    """Every element of a small part in the order of the document."""
    found: list[Element] = []
    path = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append(Element(path[-1], local(name), {local(key): value for key, value in attributes.items()}))
        path.append(local(name))

    def end(_: str) -> None:
        path.pop()

    parser = safe_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    feed(parser, data, final=True)
    return found


def feed(parser: expat.XMLParserType, data: bytes, *, final: bool = False) -> None:
    """Parse on, naming a fault of the markup as a broken file."""
    try:
        parser.Parse(data, final)
    except expat.ExpatError as error:
        raise broken(f"XML 第 {error.lineno} 行") from error


def decode_escapes(text: str) -> str:
    """Excel writes characters XML cannot hold as _xHHHH_; put them back."""
    return _ESCAPED.sub(_escaped, text) if "_x" in text else text


def _escaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code < 0xE000 else chr(code)


def plain(text: str) -> str:
    """Text of an element as a parser would hand it over, with Excel's own escapes undone too."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return decode_escapes(_ENTITY.sub(_entity, text))


def _entity(match: re.Match[str]) -> str:
    body = match[1]
    if not match[0].endswith(";"):
        raise Irregular
    if body.startswith("#"):
        try:
            return chr(int(body[2:], 16) if body[1] in "xX" else int(body[1:]))
        except (ValueError, OverflowError) as error:
            raise Irregular from error
    if body not in _NAMED:
        raise Irregular
    return _NAMED[body]


def plain_series(series: pl.Series, convert: Callable[[str], str] = plain) -> pl.Series:
    """`plain` for the few values that need it. Raises Irregular at an entity only a parser could judge."""
    marked = series.str.contains(_NEEDS_WORK).fill_null(value=False)
    if not marked.any():
        return series
    fixed = pl.Series([convert(value) for value in series.filter(marked)], dtype=pl.String)
    return series.scatter(marked.arg_true(), fixed)
