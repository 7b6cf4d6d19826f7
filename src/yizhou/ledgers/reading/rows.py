"""The quick parser: whole blocks of sheet rows into raw cells by column operations.

A city's people ledger is 0.9 GB of XML in 15 million cells: too many for events in Python, and readers that
load the whole sheet need 1.5 GB of memory. Every writer in use puts cells down in the same few shapes, so
the text is split at those shapes; whatever differs in the least raises Irregular and is read by `careful`.
"""

import re
from functools import lru_cache

import polars as pl

from yizhou.ledgers.reading.headers import column_letter
from yizhou.ledgers.reading.limits import Irregular
from yizhou.ledgers.reading.markup import plain_series

NUMBER, SHARED, STRING, INLINE, BOOL, ERROR, DATE = range(7)
TYPES = {"n": NUMBER, "s": SHARED, "str": STRING, "inlineStr": INLINE, "b": BOOL, "e": ERROR, "d": DATE}
RAW_SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.UInt32,
    "col": pl.UInt16,
    "type": pl.UInt8,
    "style": pl.UInt32,
    "formula": pl.Boolean,
    "value": pl.String,
}
"""One line per cell that is not empty, in any order; `value` is null for a formula without result."""

_COLUMNS = 702  # A … ZZ; a cell further out is left to the careful parser
_HEAD = r'^\s*(?:<row(?: [^<>]*)?/>\s*)*<row(?: [^<>]*?)? r="([0-9]{1,7})"[^<>]*>\s*$'
_BETWEEN = re.compile(r"\s*(?:<row(?: [^<>]*)?/>\s*)*")
_HOLLOW_ROW = r"^\s*(?:<row(?: [^<>]*)?/>\s*)*<row(?: [^<>]*)?>\s*$"
_ATTRIBUTES = re.compile(r'(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?( ?/)?')
_FORMULA = r"^<f(?: [^<>]*)?(?:/>|>[^<]*</f>)"


@lru_cache(maxsize=1)
def _letters() -> pl.Enum:
    return pl.Enum([column_letter(at) for at in range(_COLUMNS)])


def raw_cells(block: bytes) -> pl.DataFrame:
    """Raw cells (RAW_SCHEMA) of a block that ends behind `</row>`. Raises Irregular at any other shape."""
    found = _split(block)
    if not found.height:
        return pl.DataFrame(schema=RAW_SCHEMA)
    body = _values(_styled(_located(found)))
    if b"&" in block or b"\r" in block or b"_" in block:
        body = body.with_columns(plain_series(body["value"]))
    return body


def _split(block: bytes) -> pl.DataFrame:
    """One line per cell: row, digits of the row's number, text behind `<c r="`."""
    try:
        text = pl.Series("cells", [block]).cast(pl.String)
    except pl.exceptions.PolarsError as error:
        raise Irregular from error
    rows = text.str.split("</row>").explode()
    if not _BETWEEN.fullmatch(rows[-1]):
        raise Irregular
    lists = rows[:-1].str.split('<c r="').to_frame()
    frame = lists.with_columns(head=pl.col("cells").list.first(), count=pl.col("cells").list.len())
    hollow = frame.filter(pl.col("count") == 1)
    if not hollow["head"].str.contains(_HOLLOW_ROW).all():
        raise Irregular
    frame = frame.filter(pl.col("count") > 1).with_columns(number=pl.col("head").str.extract(_HEAD))
    if frame["number"].null_count():
        raise Irregular
    return frame.select(
        pl.col("number").cast(pl.UInt32).alias("row"),
        pl.col("number").str.len_bytes().alias("digits"),
        pl.col("cells").list.slice(1),
    ).explode("cells")


def _located(cells: pl.DataFrame) -> pl.DataFrame:
    """Adds the column, cutting the text into attributes and body."""
    text = pl.col("cells")
    cells = cells.with_columns(
        end=text.str.find(">", literal=True).cast(pl.Int64),
        quote=text.str.find('"', literal=True).cast(pl.Int64),
    )
    if cells["end"].null_count() or cells["quote"].null_count() or not (cells["quote"] < cells["end"]).all():
        raise Irregular
    letters = text.str.slice(0, pl.max_horizontal(pl.col("quote") - pl.col("digits"), pl.lit(0)))
    located = cells.select(
        "row",
        letters.cast(_letters(), strict=False).to_physical().cast(pl.UInt16).alias("col"),
        text.str.slice(pl.col("quote") + 1, pl.col("end") - pl.col("quote") - 1).alias("attributes"),
        text.str.slice(pl.col("end") + 1).alias("body"),
    )
    if located["col"].null_count():
        raise Irregular
    return located


def _styled(cells: pl.DataFrame) -> pl.DataFrame:
    """Turns attributes into type and style, leaving out cells that only carry a style."""
    texts = cells["attributes"].unique().to_list()
    matches = [_ATTRIBUTES.fullmatch(text) for text in texts]
    found = [match for match in matches if match and (match[2] or "n") in TYPES]
    if len(found) < len(texts):
        raise Irregular
    types = pl.Series([TYPES[match[2] or "n"] for match in found], dtype=pl.UInt8)
    styles = pl.Series([int(match[1] or 0) for match in found], dtype=pl.UInt32)
    hollow = pl.Series([bool(match[3]) for match in found], dtype=pl.Boolean)
    which = cells["attributes"].cast(pl.Enum(texts)).to_physical()
    styled = cells.select(
        "row", "col", types.gather(which).alias("type"), styles.gather(which).alias("style"), "body"
    )
    if not hollow.any():
        return styled
    empty = hollow.gather(which)
    if not styled.filter(empty)["body"].str.contains(r"^\s*$").all():
        raise Irregular
    return styled.filter(~empty)


def _values(cells: pl.DataFrame) -> pl.DataFrame:
    """Takes the value out of `<v>…</v></c>` or `<is><t>…</t></is></c>`."""
    body = pl.col("body")
    inline = body.str.strip_prefix("<is><t>").str.strip_suffix("</t></is></c>").alias("value")
    direct = body.str.strip_prefix("<v>").str.strip_suffix("</v></c>").alias("value")
    is_inline = cells["type"] == INLINE
    if is_inline.any() and not is_inline.all():
        parts = cells.filter(is_inline).with_columns(inline), cells.filter(~is_inline).with_columns(direct)
        cells = pl.concat(parts)
    else:
        cells = cells.with_columns(inline if is_inline.any() else direct)
    odd = cells["value"].str.contains("<", literal=True)
    if not odd.any():
        return cells.select(*_without_formula())
    return pl.concat([cells.filter(~odd).select(*_without_formula()), _odd_values(cells.filter(odd))])


def _without_formula() -> list[pl.Expr]:
    wanted = [pl.col(name) for name in ("row", "col", "type", "style")]
    return [*wanted, pl.lit(value=False).alias("formula"), pl.col("value")]


def _odd_values(cells: pl.DataFrame) -> pl.DataFrame:
    """Formulas, kept spaces and empty values: the few cells worth a regular expression."""
    body = pl.col("body")
    cells = cells.with_columns(formula=body.str.contains(_FORMULA)).with_columns(
        body=body.str.replace(_FORMULA, "")
    )
    cells = cells.with_columns(
        value=pl.coalesce(
            body.str.extract(r"^<v(?: [^<>]*)?>([^<]*)</v></c>\s*$"),
            body.str.extract(r"^<is><t(?: [^<>]*)?>([^<]*)</t></is></c>\s*$"),
        ),
        vacant=body.str.contains(r"^(?:<v ?/>|<is/>|<is><t ?/></is>)?</c>\s*$"),
    )
    if not (cells["value"].is_not_null() | cells["vacant"]).all():
        raise Irregular
    cells = cells.filter(pl.col("formula") | pl.col("value").is_not_null())
    return cells.select("row", "col", "type", "style", "formula", "value")
