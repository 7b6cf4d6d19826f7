"""Text of cells and names: one normal form for everything that comes from a spreadsheet or a form.

依据: 台账导入约定第 2 节(去首尾空白含全角空格；全角数字、字母、标点转半角；空串视为空)。
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

import polars as pl

BLANKS = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""Everything that counts as blank at the ends of a cell; one list for Python and polars, which differ by
themselves.
"""

FULL_WIDTH = [chr(code) for code in range(0xFF01, 0xFF5F)]
HALF_WIDTH = [chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)]
_TO_HALF = str.maketrans(dict(zip(FULL_WIDTH, HALF_WIDTH, strict=True)))
_DOTS = "·•・‧∙⋅．.•●｡。"
_NO_DOTS = str.maketrans("", "", _DOTS + BLANKS + "\u200c\u200d\ufe0e\ufe0f")
_VARIATION_SELECTORS = re.compile("[\U000e0100-\U000e01ef]")
_PLAIN_NAME = re.compile("[\u3400-\u9fff]*")


def to_half_width(text: str) -> str:
    """Full-width digits, letters and punctuation (U+FF01–U+FF5E) as their half-width twins."""
    return text.translate(_TO_HALF)


def normalise_cell(text: str | None) -> str | None:
    """A cell's text without blanks at its ends and in half width; ``None`` when nothing is left."""
    if text is None:
        return None
    return to_half_width(text.strip(BLANKS)) or None


def normalise_expr(column: str | pl.Expr) -> pl.Expr:
    """``normalise_cell`` for a whole text column."""
    source = pl.col(column) if isinstance(column, str) else column
    half = source.str.strip_chars(BLANKS).str.replace_many(FULL_WIDTH, HALF_WIDTH)
    return pl.when(half.str.len_bytes() > 0).then(half)


def bare_name(name: str) -> str:
    """A name for searching: half width, lower case, without blanks, dots between its parts and variation
    selectors.
    """
    if _PLAIN_NAME.fullmatch(name):
        return name
    return _VARIATION_SELECTORS.sub("", to_half_width(name).translate(_NO_DOTS).lower())


def grams(name: str) -> list[str]:
    """Single characters and adjacent pairs of a name, each once, in order of appearance.

    A query is cut in the same way: a name contains a text of one or two characters exactly when it has that
    gram; for longer texts all grams must be there. Dots (``买买提·阿不都``) and blanks do not take part.
    """
    bare = bare_name(name)
    return list(dict.fromkeys([*bare, *map("".join, pairwise(bare))]))


def grams_many(names: Iterable[str]) -> list[list[str]]:
    """``grams`` of each name."""
    return [grams(name) for name in names]


def spaced(name: str) -> str:
    """A name with a blank between its characters, for a full-text index that is asked for phrases of
    characters.
    """
    return " ".join(bare_name(name))
