"""Rules of 服役、奖惩、安置."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yizhou.core.configured import parameter
from yizhou.dossier.checks.words import BORN, DISCHARGED, bank_account, not_before_service, overlapping
from yizhou.ledgers.problems import WARN, RowRule
from yizhou.people.checks import age_between

YOUNGEST_SOLDIER = 17
HALF_A_YEAR = 0.5
BASIS_LATE = "《退役军人安置条例》第五十一条"
BASIS_FAKED = "《退役军人安置条例》第八十九条"


def spell_rules() -> Sequence[RowRule]:
    """服役经历."""
    told = pl.col("service_years") - years_of_service()
    return [
        RowRule(
            "AGE_ENLIST",
            "入伍时间",
            age_between(BORN, "enlisted_on") < YOUNGEST_SOLDIER,
            f"入伍时未满 {YOUNGEST_SOLDIER} 周岁",
            "核对入伍时间与出生日期",
        ),
        RowRule(
            "SERVICE_YEARS",
            "军龄(年)",
            told.abs() > HALF_A_YEAR,
            pl.format("所填军龄与起止日期推算的 {} 年相差半年以上", years_of_service().round(1)),
            "核对军龄与入伍、退役时间",
            WARN,
        ),
        RowRule(
            "DATE_ORDER",
            "退役时间",
            pl.col("discharged_on") > pl.col(DISCHARGED),
            pl.lit("晚于人员台账的退役时间 ") + pl.col(DISCHARGED).cast(pl.String),
            "核对两处的退役时间",
            WARN,
        ),
        overlapping("入伍时间", "服役经历"),
    ]


def years_of_service() -> pl.Expr:
    """From enlistment to discharge in full months (军龄满月计)."""
    first, last = pl.col("enlisted_on"), pl.col("discharged_on")
    years = last.dt.year().cast(pl.Int32) - first.dt.year()
    months = years * 12 + last.dt.month().cast(pl.Int32) - first.dt.month()
    return (months - (last.dt.day() < first.dt.day()).cast(pl.Int32)) / 12


def honour_rules() -> Sequence[RowRule]:
    """服役奖励表彰."""
    return [not_before_service("批准日期", "awarded_on", WARN)]


def punishment_rules() -> Sequence[RowRule]:
    """处分记录: those of the forces are given in service."""
    rule = not_before_service("处分日期", "decided_on", WARN)
    by_army = pl.col("kind").str.starts_with("A")
    return [RowRule(rule.code, rule.header, by_army & rule.bad, rule.message, rule.remedy, rule.level)]


def placement_rules() -> Sequence[RowRule]:
    """安置情况: the report, the archive, the account."""
    return [
        *_reporting_rules(),
        RowRule(
            "ARCHIVE",
            "档案是否弄虚作假",
            pl.col("is_archive_faked"),
            f"骗取安置待遇的取消待遇并追缴（{BASIS_FAKED}）",
            "附认定材料，报主管部门处理",
            WARN,
        ),
        bank_account(),
    ]


def _reporting_rules() -> Sequence[RowRule]:
    """The report after the discharge and in time, and the mark that says so (REPORT_DATE)."""
    reported, discharged = pl.col("reported_on"), pl.col(DISCHARGED)
    limit = parameter("report_late_days")
    late = (reported - discharged).dt.total_days() > limit
    unmarked = ~pl.col("is_late").fill_null(value=False)
    return [
        RowRule(
            "REPORT_DATE",
            "退役报到日期",
            reported < discharged,
            pl.lit("早于退役时间 ") + discharged.cast(pl.String),
            "核对报到日期与人员台账的退役时间",
        ),
        RowRule(
            "REPORT_DATE",
            "退役报到日期",
            late & unmarked,
            f"退役后超过 {limit} 日报到；无正当理由的，可能视为放弃安置待遇（{BASIS_LATE}）",
            "在“是否超期报到”填“是”并写明原因，或更正日期",
            WARN,
        ),
        RowRule(
            "REPORT_DATE",
            "超期报到原因",
            late & ~unmarked & pl.col("late_reason").is_null(),
            "超期报到而没有写明原因",
            f"写明有无正当理由，留存佐证（{BASIS_LATE}）",
            WARN,
        ),
        RowRule(
            "REPORT_DATE",
            "是否超期报到",
            ~late & ~unmarked,
            f"填了超期报到，而按日期在退役后 {limit} 日以内",
            "核对报到日期与人员台账的退役时间，或改为“否”",
            WARN,
        ),
    ]
