"""Money as whole 分: read from what people write in yuan, shown in yuan or 万元. No float is ever in
between.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from yizhou.core.text import normalise_cell

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
LARGEST_FEN = 2**63 - 1

_YUAN = re.compile(
    r"[¥￥]?(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]*))?元?"
)


class MoneyError(ValueError):
    """The text is no amount in yuan with at most two decimals; the message says why, in Chinese."""


def parse_fen(text: str | int | Decimal | float) -> int:
    """Whole 分 of an amount in yuan: ``"1,234.50"``, ``"￥８０"``, ``"12元"``, or a number from a
    spreadsheet.

    Raises ``MoneyError`` on anything else: a third decimal that is not zero, commas in odd places, no amount
    at all.
    """
    cell = normalise_cell(_plain(text))
    if cell is None:
        msg = "金额为空"
        raise MoneyError(msg)
    match = _YUAN.fullmatch(cell)
    if match is None:
        msg = f"“{cell}”不是金额：请写成 1234.50 或 1,234.50 的样子，单位为元"
        raise MoneyError(msg)
    part = (match["part"] or "").rstrip("0")
    if len(part) > 2:
        msg = f"“{cell}”的小数超过两位：金额最小到分"
        raise MoneyError(msg)
    fen = int(match["whole"].replace(",", "")) * FEN_PER_YUAN + int(part.ljust(2, "0"))
    if fen > LARGEST_FEN:
        msg = f"“{cell}”超出可以记录的金额"
        raise MoneyError(msg)
    return -fen if match["sign"] == "-" else fen


def _plain(value: str | int | Decimal | float) -> str:
    """A number written out without an exponent; floats by their shortest form, as the user typed them."""
    if isinstance(value, str):
        return value
    return f"{Decimal(repr(value)) if isinstance(value, float) else Decimal(value):f}"


def format_yuan(fen: int) -> str:
    """Yuan with two decimals and grouped thousands: ``123450`` → ``"1,234.50"``."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def format_wan(fen: int) -> str:
    """万元 with at most two decimals, half up, zeros at the end cut: ``1234500000`` → ``"1,234.5"``."""
    wan = (Decimal(fen) / FEN_PER_WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{wan:,f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
