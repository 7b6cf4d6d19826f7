"""The rules of handbook §3 over whole columns: named, with level, reason and remedy.

Those that the ledger contract lists as errors (ledgers.md §4) reject the row; every other doubt is a warning.
ID_FORMAT, PHONE, REGION's existence of the code, DATE_ORDER and the required essentials follow from the columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from yizhou.core import id_numbers
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.problems import WARN, RowRule
from yizhou.people.essentials import missing_expr

OLDEST = 120
LONGEST_SERVICE_YEARS = 42


def age_between(birth: str | pl.Expr, day: str | pl.Expr) -> pl.Expr:
    """Full years of age on a day; somebody born on 29 February turns on 1 March."""
    born = pl.col(birth) if isinstance(birth, str) else birth
    then = pl.col(day) if isinstance(day, str) else day
    return (_number(then) - _number(born)) // 10_000


def _number(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int32) * 10_000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def people_rules(today: dt.date) -> Sequence[RowRule]:
    """All special rules of the people ledger for a file checked on ``today``."""
    return [
        *_identity(today),
        *_service(),
        *_placement(),
        *_standing(today),
        *_relations(),
        *_file(),
    ]


def _identity(today: dt.date) -> list[RowRule]:
    born = pl.col("birth_on")
    by_number = id_numbers.birth_expr("id_number")
    return [
        RowRule(
            "ID_BIRTH",
            "出生日期",
            pl.col("id_number").is_not_null() & (by_number.is_null() | (born != by_number)),
            pl.lit("与身份证号第 7–14 位不一致"),
            "对照身份证核对出生日期与身份证号",
        ),
        RowRule(
            "ID_BIRTH",
            "出生日期",
            (born > today) | (age_between("birth_on", pl.lit(today)) > OLDEST),
            f"晚于今天，或年龄超过 {OLDEST} 岁",
            "核对出生日期",
        ),
        RowRule(
            "ID_SEX",
            "性别",
            pl.col("sex") != id_numbers.sex_expr("id_number"),
            "与身份证号第 17 位不一致（单数为男，双数为女）",
            "对照身份证核对性别与身份证号",
        ),
        RowRule(
            "SAME_PERSON",
            "姓名",
            pl.col("id_number").drop_nulls().n_unique().over("name", "birth_on", "household_area") > 1,
            "本文件中有姓名、出生日期、户籍地都相同而证件号不同的人，疑似同一人",
            "核对是否重复建档；确是两人则不必改",
            WARN,
        ),
    ]


def _service() -> list[RowRule]:
    age = age_between("birth_on", "enlisted_on")
    served = age_between("enlisted_on", "discharged_on")
    return [
        RowRule("AGE_ENLIST", "入伍时间", age < 17, "入伍时未满 17 周岁", "核对入伍时间与出生日期"),
        RowRule(
            "AGE_ENLIST",
            "入伍时间",
            age == 17,
            "入伍时 17 周岁",
            "17 周岁应征须本人自愿，请核对并留存依据",
            WARN,
        ),
        RowRule(
            "AGE_ENLIST",
            "入伍时间",
            (age > 26) & (pl.col("sex") == "1"),
            "入伍时超过 26 周岁",
            "历史政策不同；请核对入伍时间",
            WARN,
        ),
        RowRule(
            "SERVICE_YEARS",
            "退役时间",
            served > LONGEST_SERVICE_YEARS,
            f"服役超过 {LONGEST_SERVICE_YEARS} 年",
            "核对入伍时间与退役时间",
            WARN,
        ),
    ]


def _placement() -> list[RowRule]:
    conscript = pl.col("rank").str.contains("列兵|上等兵|义务兵")
    mode = pl.col("placement_mode")
    discharged = pl.col("discharged_on").dt.year()
    return [
        RowRule(
            "RANK_MODE",
            "安置方式",
            conscript & mode.is_in(["RETIRE", "MONTHLY_PENSION"]),
            "义务兵的安置方式不应为退休或逐月领取退役金",
            "核对退役军衔与安置方式，并补佐证材料",
            WARN,
        ),
        RowRule(
            "MODE_PERIOD",
            "安置方式",
            ((mode == "MONTHLY_PENSION") & (discharged < 2021))
            | ((mode == "SELF_CAREER") & (discharged > 2021)),
            "安置方式与退役年份不相符",
            "逐月领取退役金自 2021 年起，自主择业为存量；核对退役时间",
            WARN,
        ),
        RowRule(
            "REPORT_DATE",
            "采集日期",
            pl.col("collected_on") < pl.col("discharged_on"),
            "采集日期早于退役时间",
            "核对采集日期与退役时间",
            WARN,
        ),
    ]


def _standing(today: dt.date) -> list[RowRule]:
    member = pl.col("politics").is_in(["01", "02"])
    joined = pl.col("party_joined_on")
    level, cert = pl.col("disability_level"), pl.col("disability_cert_no")
    return [
        RowRule(
            "PARTY", "入党时间", member & joined.is_null(), "政治面貌为党员而入党时间为空", "补填入党时间"
        ),
        RowRule(
            "PARTY",
            "入党时间",
            age_between("birth_on", "party_joined_on") < 18,
            "入党时未满 18 周岁",
            "核对入党时间与出生日期",
        ),
        RowRule(
            "DISABILITY",
            "伤残等级",
            level.is_null() != cert.is_null(),
            "伤残等级与伤残证号应同时填写或同时为空",
            "补填缺少的一项，或两项都清空",
        ),
        RowRule(
            "DISABILITY",
            "伤残等级",
            (pl.col("disability_cause") == "3") & level.is_in(["07", "08", "09", "10"]),
            "因病致残的等级只能是一级至六级",
            "核对伤残性质与等级",
        ),
        RowRule(
            "MINOR",
            "出生日期",
            age_between("birth_on", pl.lit(today)) < 14,
            "不满 14 周岁，属敏感个人信息",
            "须取得监护人同意并留存",
            WARN,
        ),
    ]


def _relations() -> list[RowRule]:
    bereaved = pl.col("category").is_in(["S01", "S02", "S03", "F01"])
    account = pl.col("bank_account")
    return [
        RowRule(
            "SURVIVOR",
            "军人(烈士)姓名",
            bereaved & (pl.col("soldier_name").is_null() | pl.col("soldier_relation").is_null()),
            "遗属、军属未填军人（烈士）姓名或与其关系",
            "补填军人（烈士）姓名和与军人关系",
            WARN,
        ),
        RowRule(
            "BANK",
            "开户账号",
            account.str.contains(r"^\d{16,19}$") & ~luhn(account),
            "银行卡号校验位不对",
            "对照银行卡核对；存折账号可不改",
            WARN,
        ),
        RowRule(
            "REGION",
            "常住地区划",
            (pl.col("residence_area") != pl.col("household_area")) & pl.col("residence_address").is_null(),
            "人户分离而未填常住地址",
            "补填常住地址",
            WARN,
        ),
    ]


def luhn(account: pl.Expr) -> pl.Expr:
    """True where the check digit of a card number of up to 19 digits is right (ISO/IEC 7812)."""
    backwards = account.str.reverse()
    total = pl.lit(0, dtype=pl.Int32)
    for place in range(19):
        digit = backwards.str.slice(place, 1).cast(pl.Int32, strict=False).fill_null(0)
        total = total + (digit if place % 2 == 0 else digit * 2 - pl.when(digit > 4).then(9).otherwise(0))
    return total % 10 == 0


def _file() -> list[RowRule]:
    return [
        RowRule(
            "COMPLETENESS",
            "建档日期",
            pl.col("archived_on").is_not_null() & (missing_expr(layouts()["people"]) > 0),
            pl.format("已建档而要素不全，缺 {} 项", missing_expr(layouts()["people"])),
            "补齐全部要素；要素不全不计入全要素建档立卡",
            WARN,
        ),
    ]
