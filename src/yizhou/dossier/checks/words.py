"""What the rules of several ledgers share."""

from __future__ import annotations

import polars as pl

from yizhou.ledgers.problems import ERROR, WARN, RowRule
from yizhou.people.checks import age_between, luhn

BORN = "beside:birth_on"
ENLISTED = "beside:enlisted_on"
DISCHARGED = "beside:discharged_on"
OVERLAPS = pl.col("beside:overlaps")
YOUNGEST_WORKER = 16


def not_before_service(header: str, field: str, level: str = ERROR) -> RowRule:
    """A date that belongs to the service cannot lie before it."""
    return RowRule(
        "DATE_ORDER",
        header,
        pl.col(field) < pl.col(ENLISTED),
        pl.lit(f"“{header}”早于入伍时间 ") + pl.col(ENLISTED).cast(pl.String),
        f"核对“{header}”与人员台账的入伍时间",
        level,
    )


def at_least(age: int, header: str, field: str, words: str) -> RowRule:
    """A doubt about a date at which the person was younger than that."""
    young = age_between(BORN, field) < age
    return RowRule("AGE", header, young, f"{words}不满 {age} 周岁", f"核对“{header}”与出生日期", WARN)


def overlapping(header: str, words: str) -> RowRule:
    """A doubt about spells of one person that overlap."""
    return RowRule("OVERLAP", header, OVERLAPS, f"与本人另一段{words}时间重叠", "核对起止时间", WARN)


def bank_account(field: str = "bank_account", header: str = "开户账号") -> RowRule:
    """The check digit of a card."""
    account = pl.col(field)
    bad = account.str.contains(r"^\d{16,19}$") & ~luhn(account)
    return RowRule("BANK", header, bad, "银行卡号校验位不对", "对照银行卡核对；存折账号可不改", WARN)
