"""How numbers are written: on pages with thousands marks, in documents without. Pure."""

from __future__ import annotations

from decimal import Decimal

from yizhou.indicators.comparing import Change
from yizhou.indicators.facts import Fact
from yizhou.indicators.measures import Number

DIGITS = "零一二三四五六七八九"
HUNDREDTH = Decimal("0.01")
SMALLER = {"亿元": "万元", "万元": "元", "万平方米": "平方米"}
"""Units of documents → that of which it has ten thousand."""


def on_page(fact: Fact, value: Number) -> str:
    """8,112 · 84.3 · 1,905.72 · 2020-10-28; the unit stands beside it."""
    if fact.unit == "日期":
        return f"{int(value) // 10000}-{int(value) // 100 % 100:02d}-{int(value) % 100:02d}"
    if fact.kind == "rate" and fact.unit == "%":
        return percent(value).removesuffix("%")
    return grouped(value)


def grouped(value: Number) -> str:
    """A number with thousands marks, to two decimals at most where that leaves anything.

    >>> grouped(8112), grouped(1905.725), grouped(450.0)
    ('8,112', '1,905.73', '450')
    """
    return f"{value:,}" if isinstance(value, int) else decimals(value, comma=True)


def percent(value: Number) -> str:
    """One decimal; 100.0 is written 100%.

    >>> percent(84.3), percent(100.0), percent(0)
    ('84.3%', '100%', '0.0%')
    """
    return "100%" if value == 100 else f"{value:.1f}%"


def decimals(value: Number | Decimal, *, comma: bool = False) -> str:
    """At most two decimals, half up, without trailing zeros; what is less than a hundredth keeps two digits.

    >>> decimals(1905.725), decimals(2531.0), decimals(0.5), decimals(1905725, comma=True)
    ('1905.73', '2531', '0.5', '1,905,725')
    >>> decimals(0.001), decimals(0.000012345), decimals(0)
    ('0.001', '0.000012', '0')
    """
    exact = Decimal(str(value))
    places = 1 - exact.adjusted() if exact and abs(exact) < HUNDREDTH else 2
    rounded = exact.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    return f"{rounded:{',' if comma else ''}.{places}f}".rstrip("0").rstrip(".")


def with_unit(value: Number, unit: str) -> str:
    """An amount in a unit of documents, in a smaller one where it would be less than a hundredth.

    >>> with_unit(2531.0, "万元"), with_unit(0.001, "亿元"), with_unit(0.0025, "万元"), with_unit(0, "亿元")
    ('2531 万元', '10 万元', '25 元', '0 亿元')
    """
    exact = Decimal(str(value))
    while 0 < abs(exact) < HUNDREDTH and unit in SMALLER:
        exact, unit = exact * 10_000, SMALLER[unit]
    return f"{decimals(exact)} {unit}"


def two_places(value: Number) -> str:
    """Exactly two decimals, half up."""
    return f"{Decimal(str(value)).quantize(Decimal('0.01'), 'ROUND_HALF_UP')}"


def date_words(value: Number) -> str:
    """20201028 as 2020年10月28日."""
    whole = int(value)
    return f"{whole // 10000}年{whole // 100 % 100}月{whole % 100}日"


def chinese(value: int) -> str:
    """A number below ten thousand in characters.

    >>> [chinese(n) for n in (0, 2, 10, 14, 20, 21, 100, 105, 110, 215, 1003)]
    ['零', '二', '十', '十四', '二十', '二十一', '一百', '一百零五', '一百一十', '二百一十五', '一千零三']
    """
    if not 0 <= value < 10_000:
        return str(value)
    if value == 0:
        return DIGITS[0]
    text = ""
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // size % 10
        if digit:
            text += DIGITS[digit] + word
        elif text and value % size and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if 10 <= value < 20 else text


def counting(value: int) -> str:
    """Before a measure word 2 is 两; everything else as it stands."""
    return "两" if value == 2 else chinese(value)


def change_on_page(change: Change | None, before: str) -> str:
    """较 2024 年 +6.1 个百分点."""
    if change is None:
        return ""
    if not change.amount:
        return f"与{before}持平"
    unit = {"percent": "%", "points": " 个百分点", "count": "", "net": ""}[change.way]
    return f"较{before} {'+' if change.amount > 0 else '−'}{_amount(change, comma=True)}{unit}"


def change_in_document(change: Change | None) -> str:
    """比上年增长 3.2% · 比上年末净增 5 · 比上年提高 6.1 个百分点 · 与上年持平; without spaces, "" for none."""
    if change is None:
        return ""
    if not change.amount:
        return "与上年末持平" if change.way == "net" else "与上年持平"
    return f"{'比上年末' if change.way == 'net' else '比上年'}{change_words(change)}"


def change_words(change: Change) -> str:
    """增长3.2% · 减少5 · 提高6.1个百分点 · 持平: behind 同比 or 环比."""
    if not change.amount:
        return "持平"
    up, amount = change.amount > 0, _amount(change)
    return {
        "percent": f"{'增长' if up else '下降'}{amount}%",
        "count": f"{'增加' if up else '减少'}{amount}",
        "net": f"{'净增' if up else '净减'}{amount}",
        "points": f"{'提高' if up else '降低'}{amount}个百分点",
    }[change.way]


def _amount(change: Change, *, comma: bool = False) -> str:
    amount = abs(change.amount)
    return f"{amount:.1f}" if change.way in ("percent", "points") else decimals(amount, comma=comma)
