"""Missing values, zeros, changes and punctuation of report sentences, by table (report_outline.md §0)."""

import dataclasses

import pytest

from yizhou.indicators.comparing import compare
from yizhou.indicators.facts import Fact, facts
from yizhou.indicators.queries import NOT_STARTED, Figure
from yizhou.indicators.report.compose import Setting, fill, written
from yizhou.indicators.report.facts import Sentence, form
from yizhou.indicators.wording import change_in_document, chinese, counting

Value = float | int | None


def fact(code: str) -> Fact:
    nature = {"f": "flow", "s": "stock", "r": "rate", "c": "config"}[code[0]]
    kind = "rate" if nature == "rate" else "count"
    return Fact(code, 1, code, "%" if kind == "rate" else "个", kind, nature, "", "")  # type: ignore[arg-type]  # literals


class Table:
    """Numbers by code: what is not in the table is not in use; rates come as (numerator, denominator)."""

    def __init__(self, now: dict[str, object], before: dict[str, object] | None = None) -> None:
        self.tables = (now, before or {})

    def now(self, code: str) -> Figure:
        return self._figure(code, self.tables[0])

    def before(self, code: str) -> Figure:
        return self._figure(code, self.tables[1])

    @staticmethod
    def _figure(code: str, table: dict[str, object]) -> Figure:
        value = table.get(code)
        if isinstance(value, tuple):
            numerator, denominator = value
            rate = 100 * numerator / denominator if denominator else None
            return Figure(fact(code), rate, numerator, denominator, "" if denominator else "分母为 0")
        if value is None:
            return Figure(fact(code), None, reason=NOT_STARTED)
        return Figure(fact(code), value, names=("甲", "乙"))  # type: ignore[arg-type]  # numbers


def said(
    text: str, now: dict[str, object], before: dict[str, object] | None = None, **rule: object
) -> str | None:
    """The sentence as a document prints it; None where it goes."""
    sentence = dataclasses.replace(Sentence("X1", text, ""), **{"missing": "clause", **rule})  # type: ignore[arg-type]  # rules of the table
    context = {"year": "2025", "next_year": "2026", "area": "全县", "org": "局", "to": "2025年12月31日"}
    filled = fill(sentence, Setting(Table(now, before), context, {"r_x": 90.0}, {"r_x": "%"}))
    return filled.text if filled else None


@pytest.mark.parametrize(
    ("rule", "now", "expected"),
    [
        # 分: the clause goes
        ({}, {"f_a": 3, "f_b": 4}, "来访3人，来电4件。"),
        ({}, {"f_a": 3}, "来访3人。"),
        ({}, {"f_b": 4}, "来电4件。"),
        ({}, {}, None),
        # 句: the sentence goes where a number outside brackets is missing
        ({"missing": "sentence"}, {"f_b": 4}, None),
        ({"missing": "sentence"}, {"f_a": 3}, "来访3人。"),
        # 线: a dash, brackets still go
        ({"missing": "dash", "missing_reason": "未登记"}, {}, "来访—（台账未启用）人。"),
        ({"missing": "dash", "missing_reason": "未登记"}, {"f_b": 4}, "来访—（台账未启用）人，来电4件。"),
        # 零：写 prints a real zero, 删 takes it for missing
        ({"zero": "print"}, {"f_a": 0, "f_b": 0}, "来访0人，来电0件。"),
        ({"zero": "drop"}, {"f_a": 0, "f_b": 4}, "来电4件。"),
        ({"zero": "drop", "missing": "sentence"}, {"f_a": 0, "f_b": 4}, None),
    ],
)
def test_missing_values_and_zeros(
    rule: dict[str, object], now: dict[str, object], expected: str | None
) -> None:
    assert said("来访 {f_a:int} 人[，来电 {f_b:int} 件]。", now, **rule) == expected


def test_an_empty_denominator_prints_the_reason_of_the_sentence() -> None:
    rule = {"missing": "dash", "missing_reason": "无在册对象"}
    assert said("覆盖率 {r_a:%}{r_a:nd}{r_a:yoy}。", {"r_a": (0, 0)}, **rule) == "覆盖率—（无在册对象）。"
    assert said("覆盖率 {r_a:%}{r_a:nd}。", {}, **rule) == "覆盖率—（台账未启用）。"
    assert said("覆盖率 {r_a:%}{r_a:nd}。", {"r_a": (0, 5)}, **rule) == "覆盖率0.0%（0/5）。"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"f_a": 1, "f_b": 2, "f_c": 3}, "有画册1册、照片2张，视频3部。"),
        ({"f_b": 2, "f_c": 3}, "有照片2张，视频3部。"),
        ({"f_c": 3}, "有视频3部。"),
        ({"f_a": 1}, "有画册1册。"),
        ({}, None),
    ],
)
def test_the_first_clause_left_begins_as_the_first_would_have(
    now: dict[str, object], expected: str | None
) -> None:
    text = "有[画册 {f_a:int} 册][、照片 {f_b:int} 张][，视频 {f_c:int} 部]。"
    assert said(text, now, drop_when_empty=True) == expected


def test_words_stay_where_only_clauses_went() -> None:
    assert said("线上对接[，求职 {f_a:int} 人][，企业 {f_b:int} 家]。", {}) == "线上对接。"
    assert said("部署[{f_a:cn}项活动、]{c_b:cn}个坚持。", {"c_b": 4}) == "部署四个坚持。"
    assert said("部署[{f_a:cn}项活动、]{c_b:cn}个坚持。", {"f_a": 2, "c_b": 4}) == "部署两项活动、四个坚持。"


def test_context_targets_and_lists() -> None:
    assert said("{@year} 年，{@org}在{@area}。", {}) == "2025年，局在全县。"
    assert said("分{c_a:list}{c_a:cn}类。", {"c_a": 2}) == "分甲、乙两类。"
    aim = "提高质量[，由 {r_x:%} 到 {@target:r_x}][，由 {r_y:%} 到 {@target:r_y}]。"
    assert said(aim, {"r_x": (1, 2), "r_y": (1, 2)}) == "提高质量，由50.0%到90.0%。"
    assert said("扩大[，到 {@target:r_x}]。", {}) == "扩大。"


CHANGES = ["change", "difference", "points"]


@pytest.mark.parametrize(
    ("code", "now", "before", "expected"),
    [
        ("f_a", 120, 100, "（比上年增长20.0%）"),
        ("f_a", 90, 120, "（比上年下降25.0%）"),
        ("f_a", 1, 3, "（比上年减少2）"),
        ("f_a", 40, 19, "（比上年增加21）"),
        ("f_a", 40, 20, "（比上年增长100.0%）"),
        ("f_a", 20, 20, "（与上年持平）"),
        ("f_a", 20, 0, ""),
        ("f_a", 20, None, ""),
        ("s_a", 15, 10, "（比上年末净增5）"),
        ("s_a", 5, 1005, "（比上年末净减1000）"),
        ("s_a", 5, 5, "（与上年末持平）"),
        ("c_a", 5, 4, ""),
    ],
)
def test_the_change_beside_a_number(code: str, now: Value, before: Value, expected: str) -> None:
    text = f"有 {{{code}:int}} 个{{{code}:yoy}}。"
    assert said(text, {code: now}, {code: before}, compare=CHANGES) == f"有{now}个{expected}。"


def test_points_join_numerator_and_denominator_in_one_bracket() -> None:
    said_now = said("率 {r_a:%}{r_a:nd}{r_a:yoy}。", {"r_a": (3, 4)}, {"r_a": (1, 2)}, compare=CHANGES)
    assert said_now == "率75.0%（3/4，比上年提高25.0个百分点）。"
    assert said("率 {r_a:%}{r_a:yoy}。", {"r_a": (1, 4)}, {"r_a": (1, 2)}, compare=CHANGES) == (
        "率25.0%（比上年降低25.0个百分点）。"
    )


def test_a_change_the_sentence_does_not_want_is_not_told() -> None:
    assert said("有 {f_a:int} 个{f_a:yoy}。", {"f_a": 120}, {"f_a": 100}, compare=["points"]) == "有120个。"


@pytest.mark.parametrize(
    ("form_of", "value", "expected"),
    [
        ("%", 84.3, "84.3%"),
        ("%", 100.0, "100%"),
        ("万元", 2531.0, "2531 万元"),
        ("万元", 15.855, "15.86 万元"),
        ("亿元", 0.5, "0.5 亿元"),
        ("亿元", 0.001, "10 万元"),
        ("亿元", 0.00000001, "1 元"),
        ("亿元", 0, "0 亿元"),
        ("万平方米", 0.00005, "0.5 平方米"),
        ("2", 34.6, "34.60"),
        ("date", 20201028, "2020年10月28日"),
        ("cn", 2, "两"),
        ("cn", 13, "十三"),
        ("ord", 2, "二"),
        ("int", 8112, "8112"),
    ],
)
def test_formats(form_of: str, value: float, expected: str) -> None:
    assert written(form_of, value, ()) == expected


def test_chinese_numbers() -> None:
    numbers = (0, 1, 2, 10, 11, 20, 35, 100, 101, 110, 111, 200, 1000, 1001, 1010, 1100, 9999)
    words = (
        "零 一 二 十 十一 二十 三十五 一百 一百零一 一百一十 一百一十一 二百 一千 一千零一 一千零一十 一千一百 "
        "九千九百九十九"
    )
    assert [chinese(n) for n in numbers] == words.split()
    assert (counting(2), counting(12), counting(1)) == ("两", "十二", "一")


@pytest.mark.parametrize(
    ("sentence", "now", "expected"),
    [
        ("A4.2-3", {"received_cadres": 0, "cadre_household_done": 0}, None),
        ("A4.2-3", {"received_cadres": 5, "cadre_household_done": 0}, "为0名军转干部办结落户。"),
        ("B0-2", {"special_work_award": 1, "double_support_city_streak": 1}, "年度考核获“特别工作奖”1次。"),
        ("B0-2", {"double_support_city_streak": 2}, "全国双拥模范城创建实现二连冠。"),
        ("B0-2", {"double_support_city_streak": 1}, None),
        (
            "B2.2-1",
            {"received_cadres_2020": 0, "received_ncos": 3, "self_career_cadres": 0, "self_employed_ncos": 1},
            "年内移交接收军转干部0名、转业士官3名，选择自主就业的士官1名。",
        ),
        ("A3.1-4", {"exclusive_halls": 0, "license_spot_issue_rate": (2, 2)}, "证照类办件当日制发率100%。"),
        ("A3.1-4", {"exclusive_halls": 0}, None),
    ],
)
def test_exceptions_of_single_sentences(
    sentence: str, now: dict[str, object], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.indicators.test_report_sentences.fact", _real_fact)
    name = "city" if sentence.startswith("A") else "county"
    filled = fill(form(name).sentences[sentence], Setting(Table(now), {}))  # type: ignore[arg-type]  # the two names
    assert (filled.text if filled else None) == expected


def _real_fact(code: str) -> Fact:
    return facts()[code]


def test_compare_says_nothing_without_a_base() -> None:
    assert compare("rate", 50.0, 0) is None
    assert compare("flow", None, 5) is None
    assert change_in_document(compare("rate", 84.3, 78.2)) == "比上年提高6.1个百分点"
