"""Money: what people write in yuan, as whole 分 and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhou.core.fen import LARGEST_FEN, MoneyError, format_wan, format_yuan, parse_fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.50", 123_450),
        ("1234.5", 123_450),
        ("￥１，２３４．５０元", 123_450),
        ("¥0.01", 1),
        ("80.", 8_000),
        ("1.100", 110),
        ("-12.34", -1_234),
        ("+5", 500),
        ("007", 700),
        ("1,234,567.89", 123_456_789),
        (1335, 133_500),
        (1335.1, 133_510),
        (0.07, 7),
        (1e16, 10**18),
        (Decimal("6083.33"), 608_333),
    ],
)
def test_parse_fen(text: str | float | Decimal, fen: int) -> None:
    assert parse_fen(text) == fen


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "金额为空"),
        ("　", "金额为空"),
        ("12.345", "小数超过两位"),
        (0.1 + 0.2, "小数超过两位"),
        ("12,34", "不是金额"),
        ("1,2345", "不是金额"),
        ("1.2.3", "不是金额"),
        ("1e5", "不是金额"),
        ("一百", "不是金额"),
        (".5", "不是金额"),
        ("١٢", "不是金额"),
        (float("nan"), "不是金额"),
        (float("inf"), "不是金额"),
        ("92233720368547758.08", "超出"),
    ],
)
def test_what_is_no_amount(text: str | float, reason: str) -> None:
    with pytest.raises(MoneyError, match=reason):
        parse_fen(text)


@given(st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_what_is_shown_reads_back(fen: int) -> None:
    assert parse_fen(format_yuan(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "yuan", "wan"),
    [
        (0, "0.00", "0"),
        (5, "0.05", "0"),
        (-5, "-0.05", "0"),
        (123_450, "1,234.50", "0.12"),
        (5_000, "50.00", "0.01"),
        (4_999, "49.99", "0"),
        (1_000_000, "10,000.00", "1"),
        (10_000_000, "100,000.00", "10"),
        (1_234_500_000, "12,345,000.00", "1,234.5"),
        (-1_505_000, "-15,050.00", "-1.51"),
    ],
)
def test_formats(fen: int, yuan: str, wan: str) -> None:
    assert format_yuan(fen) == yuan
    assert format_wan(fen) == wan
