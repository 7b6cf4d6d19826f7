"""The 67 items as they stand in data/, and the ways in which a broken file stops the start-up."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from yizhou.catalogue.queries import bundle, catalogue, clauses, item, items_on, search
from yizhou.catalogue.rules import Sources, read_catalogue
from yizhou.core.facts import FactError, read_all, read_toml
from yizhou.policy.queries import vocabulary

DAY = date(2025, 6, 3)
RETURN_ITEMS = read_all("items/return")


def test_there_are_67_items_in_the_order_of_life() -> None:
    codes = [found.code for found, _ in items_on(DAY)]
    assert len(codes) == 67
    assert (codes[0], codes[-1]) == ("ENL-01", "END-01")
    assert codes.index("RET-16") < codes.index("PLC-01") < codes.index("TRN-01")


def test_returning_home_is_thirteen_items_with_their_dependencies() -> None:
    home = bundle("return_home")
    assert home.items == tuple(f"RET-{number:02d}" for number in range(1, 14))
    waiting = {step.item: step.needs for step in home.steps if step.needs}
    assert waiting == {
        **{f"RET-{n}": ("RET-01",) for n in ("02", "04", "06", "07", "08", "10")},
        "RET-03": ("RET-02",),
        "RET-09": ("RET-15",),
    }
    assert home.waits_for("RET-03", {"RET-01", "RET-03"}) == ()
    assert home.waits_for("RET-03", {"RET-02", "RET-03"}) == ("RET-02",)


def test_every_item_of_the_bundle_has_a_form_and_three_have_effects() -> None:
    versions = {code: item(code, DAY) for code in bundle("return_home").items}
    assert all(version.fields for version in versions.values())
    assert {code: version.effect for code, version in versions.items() if version.effect} == {
        "RET-09": "honours.issue_card",
        "RET-10": "people.receive_archive",
        "RET-13": "honours.hang_plaque",
    }


def test_more_than_half_of_the_items_have_clauses() -> None:
    with_clauses = [found.code for found, _ in items_on(DAY) if clauses(found.code, DAY)]
    assert len(with_clauses) == 54
    assert {"BEN-07", "RET-05", "RET-08"} <= set(with_clauses)


def test_search_finds_by_code_name_target_and_material() -> None:
    assert [found.code for found, _ in search("优待证", DAY)] == ["RET-09"]
    assert [found.code for found, _ in search("ret-02", DAY)] == ["RET-02"]
    ranked = [found.code for found, _ in search("户口 登记", DAY)]
    assert ranked.index("RET-02") < ranked.index("ENL-01"), "a match in the name comes first"
    assert search("  ", DAY) == []
    assert search("没有这样的事项", DAY) == []


def test_an_item_before_its_first_version_does_not_exist() -> None:
    with pytest.raises(KeyError):
        item("RET-01", date(1999, 12, 31))


Change = Callable[[dict[str, Any]], None]


def version(**changes: object) -> Change:
    return lambda table: table["version"][0].update(changes)


def conditional(other: str, values: list[str]) -> Change:
    shown = {"field": other, "values": values}
    boxes = [
        {"name": "ticked", "label": "一", "kind": "bool"},
        {"name": "a", "label": "甲", "kind": "text", "show_when": shown},
    ]
    return version(field=boxes)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (version(promised_days=61), "承诺时限超过法定时限"),
        (version(promised_days=43), "承诺时限超过法定时限"),
        (version(promised_days=-1), "承诺时限不能为负"),
        (version(lead_dept="POLICEMEN"), "没有单位“POLICEMEN”"),
        (version(needs=["RET-99"]), "没有前置事项“RET-99”"),
        (version(effect="挂光荣牌"), "effect 应写成 包名.动作"),
        (version(benefits=["GOLD"]), "没有待遇类别“GOLD”"),
        (version(amount="标准('残疾抚恤金')"), "amount 与 amount_per 须同时写"),
        (version(eligibility=[{"label": "", "when": "岁数 > 1", "basis": ""}]), "没有“岁数”这个事实"),
        (version(eligibility=[{"label": "", "when": "年龄 > 1"}]), "缺少键“basis”"),
        (version(field=[{"name": "a", "label": "甲", "kind": "colour"}]), "不认识的 kind“colour”"),
        (version(field=[{"name": "a", "label": "甲", "kind": "code:colour"}]), "不认识的 kind“code:colour”"),
        (version(field=[{"name": "a", "label": "甲", "kind": "choice"}]), "kind 为 choice 时写 choices"),
        (version(field=[{"name": "a", "label": "甲", "kind": "text", "prefill": "岁数"}]), "没有事实“岁数”"),
        (conditional("b", ["1"]), "没有排在前面的格子“b”"),
        (conditional("ticked", ["是"]), "没有一的选项“是”"),
        (conditional("ticked", []), "没有写 values"),
        (version(result="奖杯"), "值“奖杯”不在允许之列"),
        (lambda table: table.update(stage="space"), "没有阶段“space”"),
        (lambda table: table.update(ring="SATURN"), "没有环“SATURN”"),
        (lambda table: table.update(code="RET-33"), "文件名与阶段、代码不符"),
        (lambda table: table.update(bundle="leave_home"), "套餐 leave_home 里没有本事项"),
        (lambda table: table["version"].append(table["version"][0]), "since 须各不相同"),
    ],
)
def test_a_broken_item_stops_the_start_up(change: Change, message: str) -> None:
    items = copy.deepcopy(RETURN_ITEMS)
    file = "items/return/RET-03.toml"
    change(items[file])
    with pytest.raises(FactError) as refused:
        read_catalogue(sources(items), vocabulary())
    assert message in str(refused.value)
    assert file in str(refused.value)


def test_a_bundle_whose_items_stand_before_what_they_need_is_refused() -> None:
    bundles = copy.deepcopy(read_all("bundles"))
    bundles["bundles/return_home.toml"]["step"].reverse()
    with pytest.raises(FactError, match="前置事项 RET-01 排在 RET-10 之后"):
        read_catalogue(sources(RETURN_ITEMS, bundles), vocabulary())


def sources(items: dict[str, Any], bundles: dict[str, Any] | None = None) -> Sources:
    rings = {entry["code"] for entry in read_toml("dictionaries/ring.toml")["entry"]}
    stages, departments = read_toml("stages.toml"), read_toml("departments.toml")
    return Sources(items, bundles or read_all("bundles"), stages, departments, rings)


def test_the_catalogue_names_the_effects_it_needs() -> None:
    assert catalogue().effects == {"honours.issue_card", "honours.hang_plaque", "people.receive_archive"}
