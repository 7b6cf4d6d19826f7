"""What a clause may say, and the words with which everything else is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yizhou.policy.queries import standard, vocabulary
from yizhou.policy.rules import ClauseError, Columns, Value, amount_fen, judge, parse, read_clause, show
from yizhou.policy.rules import to_sql as compile_sql
from yizhou.policy.rules.judge import full_months, full_years

DAY = date(2024, 6, 30)


def holds(text: str, facts: dict[str, Value], on: date = DAY) -> bool | None:
    clause = read_clause("", text, "", vocabulary())
    return judge([clause], facts, on, vocabulary()).eligible


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("岁数 >= 60", "没有“岁数”这个事实"),
        ("入伍时间 > date '2000-01-01'", "没有“入伍时间”这个事实。是否指“入伍日期”"),
        ("年龄 >= 60; drop table people", "只能写一个条件，不能有分号或注释"),
        ("年龄 >= 60 -- 注", "只能写一个条件，不能有分号或注释"),
        ("性别 in (select sex from people)", "in 后面只能列出具体的值，不能用子查询"),
        ("exists (select 1)", "不允许出现在条件里"),
        ("people.birth_on > date '2000-01-01'", "不能带表名"),
        ("lower(伤残证号) = 'a'", "不允许出现在条件里"),
        ("pg_sleep(9) = 1", "没有“pg_sleep”这个函数"),
        ("满年(年龄, 今日) > 1", "满年 的括号里应依次是日期、日期"),
        ("年龄", "结果应为是否，现为数"),
        ("年龄 and 是否孤老", "“年龄”不是可以判断真假的条件"),
        ("性别 = '先生'", "性别里没有“先生”。可写：男、女"),
        ("性别 > '男'", "代码不能比大小"),
        ("年龄 >= '60'", "数与文字不能比较"),
        ("出生日期 >= '1960-01-01'", "日期与文字不能比较"),
        ("出生日期 < date '1960-02-30'", "“1960-02-30”不是日期"),
        ("人员类别 = 'A04'", "“人员类别”有多个值，不能直接比较"),
        ("具有类别('老兵')", "人员类别里没有“老兵”"),
        ("姓名 = '张三'", "“姓名”只用于填表，不能作条件"),
        ("退役日期 - 入伍日期 > 700", "日期与日期不能用“-”计算"),
        ("月收入 > 标准('残疾抚恤金')", "标准“残疾抚恤金”的名称之后应写：伤残等级、伤残性质"),
        ("月收入 > 标准('最低工资')", "没有“最低工资”这个标准"),
        ("年龄 >=", "写法读不懂"),
        ("是否孤老 is true", "is 后面只能写 null 或 not null"),
        ("case when 年龄 > 60 then true else false end", "不允许出现在条件里"),
        ("cast(年龄 as text) = '60'", "不允许出现在条件里"),
        (" or ".join(["年龄 >= 60"] * 60), "超过 600 字"),
    ],
)
def test_what_is_not_allowed_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ClauseError) as refused:
        parse(text, vocabulary())
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "facts", "answer"),
    [
        ("月收入 <= 2070.50", {"月收入": 207050}, True),
        ("月收入 <= 2070.50", {"月收入": 207051}, False),
        ("年龄 between 59 and 60", {"出生日期": date(1964, 6, 30)}, True),
        ("年龄 not in (59, 60)", {"出生日期": date(1964, 6, 30)}, False),
        ("性别 = '男性'", {"性别": "1"}, True),
        ("伤残等级 <= 6", {"伤残等级": "06"}, True),
        ("伤残等级 = '六级'", {"伤残等级": 6}, True),
        ("困难类型 is null", {"困难类型": None}, True),
        ("困难类型 is null", {}, None),
        ("困难类型 is not null", {"困难类型": "1"}, True),
        ("年龄 is null", {"出生日期": None}, True),
        ("not 是否参战", {"是否参战": None}, None),
        ("是否参战 or 是否孤老", {"是否参战": None, "是否孤老": True}, True),
        ("是否参战 and 是否孤老", {"是否参战": None, "是否孤老": False}, False),
        ("是否参战 and 是否孤老", {"是否参战": None, "是否孤老": True}, None),
        ("具有类别('退役军人类')", {"人员类别": {"D02"}}, False),
        ("具有类别('退役军人类')", {"人员类别": {"D02", "A04"}}, True),
        ("天数(退役日期, 今日) <= 30", {"退役日期": date(2024, 5, 31)}, True),
        ("天数(退役日期, 今日) <= 30", {"退役日期": date(2024, 5, 30)}, False),
        ("实年(义务兵月数) = 2.25", {"义务兵月数": 27}, True),
        ("-年龄 < 0", {"出生日期": date(1964, 6, 30)}, True),
        ("年龄 / 0 > 1", {"出生日期": date(1964, 6, 30)}, None),
    ],
)
def test_what_is_allowed_is_judged_in_three_values(
    text: str, facts: dict[str, Value], answer: bool | None
) -> None:
    assert holds(text, facts) is answer


def test_two_years_three_months_by_either_rule() -> None:
    words, facts = vocabulary(), {"义务兵月数": 27}
    up = parse("标准('农村籍退役士兵老年生活补助') * 进位年(义务兵月数)", words, wanted="money")
    exact = parse("标准('农村籍退役士兵老年生活补助') * 实年(义务兵月数)", words, wanted="money")
    on = date(2021, 8, 1)
    assert (amount_fen(up, facts, on), amount_fen(exact, facts, on)) == (14400, 10800)


def test_an_amount_is_rounded_half_up_to_the_fen() -> None:
    node = parse("标准('残疾抚恤金', '一级', '因战') / 12", vocabulary(), wanted="money")
    assert amount_fen(node, {}, date(2018, 9, 1)) == 667833
    assert amount_fen(node, {}, date(2019, 9, 1)) == 734583


def test_a_standard_goes_by_the_day_it_takes_effect() -> None:
    before, after = (standard("残疾抚恤金", date(2019, m, d), "一级", "因战") for m, d in ((7, 31), (8, 1)))
    assert before is not None
    assert after is not None
    assert (before.fen, before.status, after.fen, after.status) == (8014000, "verified", 8815000, "verified")
    assert standard("残疾抚恤金", date(2005, 6, 30), "一级", "因战") is None


def test_a_verdict_names_the_fact_and_shows_it() -> None:
    clause = read_clause("年满 60 周岁", "年龄 >= 60", "条例", vocabulary())
    verdict = judge([clause], {"出生日期": date(1964, 7, 1)}, DAY, vocabulary()).verdicts[0]
    assert (verdict.holds, verdict.fact, verdict.value, verdict.seen[0].shown) == (False, "年龄", 59, "59")
    missing = judge([clause], {"出生日期": None}, DAY, vocabulary()).verdicts[0]
    assert (missing.holds, missing.fact, missing.value) == (None, "出生日期", None)
    assert missing.missing == ("出生日期",)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("安置方式", "SELF_EMPLOYMENT", "自主就业"),
        ("伤残等级", 6, "六级"),
        ("人员类别", {"A04", "D01"}, "农村籍老年退役士兵、残疾军人"),
        ("是否参战", False, "否"),
        ("月收入", 207050, "2070.50 元"),
        ("退役日期", date(2024, 5, 1), "2024-05-01"),
        ("义务兵月数", Decimal(27), "27"),
        ("民族", None, "—"),
    ],
)
def test_values_are_shown_as_a_clerk_reads_them(name: str, value: Value, shown: str) -> None:
    assert show(vocabulary().facts[name], value, vocabulary()) == shown


def test_years_and_months_of_a_leap_day() -> None:
    assert full_years(date(2004, 2, 29), date(2021, 2, 28)) == 16
    assert full_years(date(2004, 2, 29), date(2021, 3, 1)) == 17
    assert full_months(date(2020, 9, 15), date(2022, 9, 14)) == 23
    assert full_months(date(2020, 9, 15), date(2022, 9, 15)) == 24


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("sqlite", "((birth_on) <= '1990-01-01')"),
        ("postgres", "((birth_on) <= date '1990-01-01')"),
        ("duckdb", "((birth_on) <= date '1990-01-01')"),
    ],
)
def test_sql_for_each_database(dialect: str, sql: str) -> None:
    node = parse("出生日期 <= date '1990-01-01'", vocabulary())
    columns = Columns({"出生日期": "birth_on"})
    assert compile_sql(node, dialect, columns, DAY) == sql  # type: ignore[arg-type]  # parametrised


def test_sql_refuses_a_fact_without_a_column() -> None:
    with pytest.raises(LookupError, match="查询没有给出事实“出生日期”的列"):
        compile_sql(parse("年龄 >= 60", vocabulary()), "sqlite", Columns({}), DAY)
