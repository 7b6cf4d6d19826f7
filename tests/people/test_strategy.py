"""一人一策 beside the axis: what holds, what is open, what fails, with the fact looked at; masks hold here too."""

import re

import pytest

from tests.support import county
from tests.support.client import PoliceClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
ITEM = re.compile(
    r'<b>([^<]+)</b><span class="tag ?\w*">(符合|待核实|不符合)</span>(.*?)</li>\s*(?=<li>\s*<b>|</ul>)',
    re.DOTALL,
)


def items(page: str) -> dict[str, tuple[str, str]]:
    """Items of the card: name → state and the rest."""
    card = page[page.index("一人一策") :]
    return {name: (state, rest) for name, state, rest in ITEM.findall(card)}


def opened(client: PoliceClient, role: str = "TOWN_STATION", **cells: str) -> dict[str, tuple[str, str]]:
    person = county.person(**cells)
    county.sign_in(client, role, county.COUNTY)
    return items(client.get(person.get_absolute_url()).content.decode())


def test_what_holds_what_is_open_and_what_fails(client: PoliceClient) -> None:
    found = opened(client, 户口类型="农业")
    assert "免费职业技能培训与补贴" not in found
    assert found["荣誉档案建立与先进典型推荐"][0] == "符合"
    assert found["困难退役军人帮扶援助"][0] == "符合"
    state, rest = found["农村籍退役士兵老年生活补助"]
    assert state == "待核实"
    assert "享受的待遇" in rest
    state, rest = found["残疾抚恤金与护理费发放"]
    assert state == "不符合"
    assert "不符合：</span>持残疾军人证" in rest


def test_an_open_clause_names_the_fact_that_is_missing(client: PoliceClient) -> None:
    _, rest = opened(client, 户口类型="")["农村籍退役士兵老年生活补助"]
    assert "未知：</span>农村籍" in rest
    assert "户口类型：档案里没有" in rest


def test_an_amount_stands_where_all_is_known(client: PoliceClient) -> None:
    found = opened(client, 伤残等级="06", 伤残性质="因公", 伤残证号="残军浙字第0042917号", 人员类别="D01")
    state, rest = found["残疾抚恤金与护理费发放"]
    assert state == "符合"
    assert re.search(r"每[年月] [\d,]+\.\d\d 元", rest)
    assert "伤残性质：因公；伤残等级：六级" in rest
    assert "0042917" not in rest


def test_special_facts_are_hidden_from_posts_below_them(client: PoliceClient) -> None:
    cells = {"伤残等级": "06", "伤残性质": "因公", "伤残证号": "残军浙字第0042917号", "人员类别": "D01"}
    _, rest = opened(client, "CENTER_STAFF", **cells)["残疾抚恤金与护理费发放"]
    assert "伤残等级：六级" not in rest
    assert "0042917" not in rest
    assert "伤残性质：仅限授权岗位；伤残等级：仅限授权岗位" in rest
    assert "元</p>" not in rest


def test_the_dead_are_offered_what_follows_death_only(client: PoliceClient) -> None:
    found = opened(client, 去世日期="2025-05-01")
    eligible = {name for name, (state, _) in found.items() if state == "符合"}
    assert any("身后一件事" in name for name in eligible)
    assert "困难退役军人帮扶援助" not in eligible
