"""Rules of 本人扩展信息、生活、教育就业 and of how the form was filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from yizhou.dossier.checks.words import YOUNGEST_WORKER, at_least, overlapping
from yizhou.ledgers.problems import WARN, RowRule

YOUNGEST_PUPIL = 5
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
MEMBER = ["01", "02"]


def detail_rules(today: dt.date) -> Sequence[RowRule]:
    """扩展信息."""
    return [
        at_least(YOUNGEST_WORKER, "参加工作时间", "work_started_on", "参加工作时"),
        RowRule(
            "EMAIL", "电子邮箱", ~pl.col("email").str.contains(EMAIL), "不是电子邮箱的写法", "核对邮箱", WARN
        ),
        RowRule(
            "ADDRESS",
            "家庭住址",
            pl.col("home_as_household") & pl.col("home_address").is_not_null(),
            "已填“同户籍”，又另填了家庭住址",
            "同户籍的不必再填；不同的把“家庭住址同户籍”改为“否”",
            WARN,
        ),
        RowRule(
            "ID_EXPIRY",
            "身份证有效期至",
            pl.col("id_expires_on") < today,
            "身份证已过有效期",
            "提醒本人换领，换领后更正",
            WARN,
        ),
    ]


def party_rules() -> Sequence[RowRule]:
    """党员信息: of members only (PARTY)."""
    return [
        RowRule(
            "PARTY",
            "身份证号",
            ~pl.col("beside:politics").is_in(MEMBER) & (pl.col("beside:politics") != ""),
            "人员台账的政治面貌不是党员",
            "先更正档案的政治面貌与入党时间",
            WARN,
        )
    ]


def collection_rules() -> Sequence[RowRule]:
    """采集过程: nobody checks what he collected (采集人≠审核人)."""
    ended = {"DIED": ("beside:died_on", "去世日期"), "DEREGISTER": ("beside:deregistered_on", "注销日期")}
    return [
        RowRule(
            "COLLECTOR",
            "审核人",
            pl.col("collector") == pl.col("checker"),
            "审核人与采集人是同一人",
            "换一人审核，或更正姓名",
        ),
        *(
            RowRule(
                "CHANGE",
                "变动种类",
                (pl.col("change_kind") == kind) & pl.col(field).is_null(),
                f"人员台账还没有{words}",
                f"在档案里补登{words}",
                WARN,
            )
            for kind, (field, words) in ended.items()
        ),
    ]


def health_rules() -> Sequence[RowRule]:
    """身体状况."""
    level, certificate = pl.col("civil_level"), pl.col("civil_certificate_no")
    return [
        RowRule(
            "CIVIL_DISABILITY",
            "残联残疾等级",
            level.is_null() != certificate.is_null(),
            "残联残疾等级与残疾人证号应同时填写或同时为空",
            "补填缺少的一项，或两项都清空",
        )
    ]


def house_rules() -> Sequence[RowRule]:
    """住房情况."""
    homeless = (pl.col("kind") == "NONE") & (pl.col("area_sqm") > 0)
    return [RowRule("HOUSE", "建筑面积(平方米)", homeless, "无房而填了面积", "核对住房种类与面积", WARN)]


def economy_rules() -> Sequence[RowRule]:
    """家庭经济与社会救助."""
    more = pl.col("personal_income") > pl.col("family_income")
    return [RowRule("INCOME", "本人年收入(元)", more, "本人年收入大于家庭年收入", "核对两项收入", WARN)]


def insurance_rules() -> Sequence[RowRule]:
    """参保情况, 参保中断: spells of one kind of insurance follow each other."""
    return [overlapping("险种", "同一险种的")]


def education_rules() -> Sequence[RowRule]:
    """教育经历."""
    return [
        at_least(YOUNGEST_PUPIL, "入学时间", "started_on", "入学时"),
        overlapping("入学时间", "全日制教育经历"),
    ]


def employment_rules() -> Sequence[RowRule]:
    """就业经历."""
    return [
        at_least(YOUNGEST_WORKER, "就业时间", "started_on", "就业时"),
        overlapping("就业时间", "就业经历"),
    ]
