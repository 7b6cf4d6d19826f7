"""Rules of 待遇、伤残、遗属."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yizhou.core.configured import parameter
from yizhou.dossier.checks.words import BORN, not_before_service
from yizhou.dossier.stacking import exclusive_with
from yizhou.ledgers.columns import code_name, code_table
from yizhou.ledgers.problems import WARN, RowRule

BY_ILLNESS = "3"
NOT_BY_ILLNESS = ["07", "08", "09", "10"]
CHILD, SIBLING = ["20", "30"], ["70"]
POSTHUMOUS_DAYS = 300
"""A child may be born so long after its father's death."""


def standing_rules() -> Sequence[RowRule]:
    """待遇享受: what must not be drawn together (待遇叠加规则)."""
    others = pl.col("beside:others")
    found = []
    for benefit in code_table("benefit_type").names:
        for other, rule in exclusive_with(benefit).items():
            found.append(
                RowRule(
                    "STACK",
                    "待遇类别",
                    (pl.col("benefit") == benefit) & others.str.contains(other, literal=True),
                    f"与已在享受的“{code_name('benefit_type', other)}”不得同时享受：{rule.basis}",
                    "核对后停发其中一项，或说明依据",
                    WARN,
                )
            )
    return found


def assessment_rules() -> Sequence[RowRule]:
    """伤残评定 (DISABILITY; 军人抚恤优待条例第27、29条)."""
    level, certificate = pl.col("level"), pl.col("certificate_no")
    assessed, last = pl.col("assessed_on"), pl.col("beside:last_assessed_on")
    months = parameter("disability_adjust_months")
    return [
        not_before_service("评定日期", "assessed_on"),
        not_before_service("致残时间", "injured_on", WARN),
        RowRule(
            "DISABILITY",
            "伤残等级",
            level.is_null() != certificate.is_null(),
            "伤残等级与伤残证号应同时填写或同时为空",
            "补填缺少的一项，或两项都清空",
        ),
        RowRule(
            "DISABILITY",
            "伤残等级",
            (pl.col("cause") == BY_ILLNESS) & level.is_in(NOT_BY_ILLNESS),
            "因病致残的等级只能是一级至六级",
            "核对伤残性质与等级",
        ),
        RowRule(
            "DISABILITY",
            "评定日期",
            (pl.col("kind") == "ADJUST") & (assessed < last.dt.offset_by(f"{months}mo")),
            pl.format("距上次评定（{}）不满 " + str(months) + " 个月，不能调整等级", last),
            "核对评定日期；满期后再申请调整",
        ),
        RowRule(
            "DISABILITY",
            "致残时间",
            pl.col("injured_on") > assessed,
            "致残时间晚于评定日期",
            "核对致残时间与评定日期",
        ),
    ]


def survivor_rules() -> Sequence[RowRule]:
    """遗属信息 (SURVIVOR): tied to the file of the deceased, or naming him; the dates fit the relation."""
    died = pl.coalesce([pl.col("died_on"), pl.col("beside:deceased_died_on")])
    born, relation = pl.col(BORN), pl.col("relation")
    late_child = died.dt.offset_by(f"{POSTHUMOUS_DAYS}d") < born
    unlikely = pl.when(relation.is_in(CHILD)).then(late_child).otherwise(died < born)
    return [
        RowRule(
            "SURVIVOR",
            "逝者身份证号",
            pl.col("deceased_id_number") == pl.col("id_number"),
            "逝者与遗属是同一人",
            "改填逝者的身份证号",
        ),
        *_against_the_file(),
        RowRule(
            "SURVIVOR",
            "逝者去世日期",
            unlikely & ~relation.is_in(SIBLING),
            "逝者在遗属出生之前去世，与所填关系不合",
            "核对去世日期、出生日期与关系",
            WARN,
        ),
    ]


def _against_the_file() -> list[RowRule]:
    """What the form says of the deceased against his own file, where it is named."""
    on_file, in_file = pl.col("beside:deceased_name"), pl.col("beside:deceased_died_on")
    return [
        RowRule(
            "SURVIVOR",
            "逝者姓名",
            on_file != pl.col("deceased_name"),
            pl.format("与所关联档案的姓名“{}”不一致", on_file),
            "核对逝者姓名与身份证号",
            WARN,
        ),
        RowRule(
            "SURVIVOR",
            "逝者身份证号",
            on_file.is_not_null() & in_file.is_null(),
            "所关联的档案没有去世日期",
            "先在逝者档案补登去世日期，或核对证件号",
            WARN,
        ),
        RowRule(
            "SURVIVOR",
            "逝者去世日期",
            pl.col("died_on") != in_file,
            pl.format("与所关联档案的去世日期 {} 不一致", in_file),
            "核对两处的去世日期",
            WARN,
        ),
    ]
